using System.Linq;
using System.Threading.Tasks;
using GenRnn.Analyzers.Tests.Hosting;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace GenRnn.Analyzers.Tests.Fixes;

/// <summary>Misspelt words: mended for Gen's diagnostic and for the compiler's, and nowhere else.</summary>
public class RenameTests
{
    private const string Input = "using GenRnn;\n[Input(TimeSteps = 9, Features = 2)]\n";

    [Theory]
    [InlineData("[SimpleRnn(5, ReturnSequence = true)]", "[SimpleRnn(5, ReturnSequences = true)]", "GEN0201", "CS0246")]
    [InlineData("[SimpleRnn(5, return_sequences = true)]", "[SimpleRnn(5, ReturnSequences = true)]", "GEN0201", "CS0246")]
    [InlineData("[SimpleRnn(5, returnSequences = true)]", "[SimpleRnn(5, ReturnSequences = true)]", "GEN0201", "CS0246")]
    [InlineData("[SimpleRnn(Units = 5)]", "[SimpleRnn(units: 5)]", "GEN0201", "CS0617")]
    [InlineData("[SimpleRnn(5, UseBias: false)]", "[SimpleRnn(5, UseBias = false)]", "GEN0201", "CS1739")]
    [InlineData("[SimpleRNN(5)]", "[SimpleRnn(5)]", "GEN0109", "CS0246")]
    [InlineData("[GenRnn.SimpleRNN(5)]", "[GenRnn.SimpleRnn(5)]", "GEN0109", "CS0234")]
    [InlineData("[LSTM(5)]", "[Lstm(5)]", "GEN0109", "CS0246")]
    [InlineData("[Lsmt(5)]", "[Lstm(5)]", "GEN0109", "CS0246")]
    [InlineData("[Linear(5)]", "[Dense(5)]", "GEN0109", "CS0246")]
    [InlineData("[RNN(5)]", "[SimpleRnn(5)]", "GEN0109", "CS0246")]
    [InlineData("[SimpleRnn(5, Activation = Activation.TanH)]", "[SimpleRnn(5, Activation = Activation.Tanh)]", "GEN0202", "CS0117")]
    [InlineData("[SimpleRnn(5, Activation = \"tanh\")]", "[SimpleRnn(5, Activation = Activation.Tanh)]", "GEN0203", "CS0029")]
    [InlineData("[SimpleRnn(5, Activation = Tanh)]", "[SimpleRnn(5, Activation = Activation.Tanh)]", "GEN0203", "CS0103")]
    [InlineData("[SimpleRnn(5, UseBias = False)]", "[SimpleRnn(5, UseBias = false)]", "GEN0203", "CS0103")]
    [InlineData("[SimpleRnn(5, Unroll = true)]", "[SimpleRnn(5, Unroll = Unroll.Full)]", "GEN0203", "CS0029")]
    [InlineData("[SimpleRnn(\"5\")]", "[SimpleRnn(5)]", "GEN0203", "CS1503")]
    [InlineData("[Gru(4)] [Dense(5, ReturnSequences = true)]", "[Gru(4, ReturnSequences = true)] [Dense(5)]", "GEN0201", "CS0246")]
    [InlineData("[Gru(4, ReturnSequences = false)] [Dense(5, return_sequences = true, UseBias = false)]", "[Gru(4, ReturnSequences = true)] [Dense(5, UseBias = false)]", "CS0246")]
    public async Task The_word_that_was_meant_is_written(string written, string meant, params string[] ids)
    {
        foreach (string id in ids)
        {
            using var host = new FixHost([Input + written + "\npublic partial class M;\n"]);
            string? title = await host.FixAsync(id);

            Assert.True(title is not null, id + " offers no fix for " + written);
            Assert.Equal(Input + meant + "\npublic partial class M;\n", host.Texts[0]);
            Assert.Empty(await AnalyzerHost.FindAllAsync(host.Texts[0]));
        }
    }

    [Theory]
    [InlineData("GEN0203"), InlineData("CS1729")]
    public async Task The_sizes_of_an_input_get_their_names(string id)
    {
        using var host = new FixHost(["using GenRnn;\n[Input(20, 3, Batch = 4)] [SimpleRnn(5)] public partial class M;\n"]);

        Assert.Equal("Change to 'TimeSteps = 20, Features = 3'", await host.FixAsync(id));

        Assert.Equal("using GenRnn;\n[Input(TimeSteps = 20, Features = 3, Batch = 4)] [SimpleRnn(5)] public partial class M;\n", host.Texts[0]);
        Assert.Empty(await AnalyzerHost.FindAllAsync(host.Texts[0]));
    }

    [Fact]
    public async Task A_number_gets_its_f()
    {
        const string Cell = "using GenRnn;\n[Cell(4)] public static class Half { public static Vec Step(CellWeights w, Vec x, Vec h) => h * 0.5 + w.Linear(\"g\", 4, x); }\n";
        using var host = new FixHost([Cell]);

        Assert.Equal("Change to '0.5f'", await host.FixAsync("GEN0704"));

        Assert.Equal(Cell.Replace("0.5", "0.5f", System.StringComparison.Ordinal), host.Texts[0]);
        Assert.Empty(await AnalyzerHost.FindAllAsync(host.Texts[0]));
    }

    [Theory]
    [InlineData("using GenRnn; [SimpleRNN(5)] class NotAModel;", "CS0246")]
    [InlineData("[Obsolet] class Other;", "CS0246")]
    [InlineData("using GenRnn; [System.Obsolete(Mesage = \"x\")] class Other;", "CS0246")]
    [InlineData("class Other { int x = Maths.Abs(1); }", "CS0103")]
    [InlineData(Input + "[Dense(3)] [Inputs] partial class M { int x = Tanh; }", "CS0103")]
    [InlineData(Input + "[SimpleRnn(5, ReturnSequence = true, ReturnSequences = true)] partial class M;", "CS0246")]
    [InlineData(Input + "[SimpleRnn(ReturnState = true, Units = 5)] partial class M;", "CS0617")]
    public async Task Elsewhere_nothing_is_offered(string source, string id)
    {
        using var host = new FixHost([source]);
        Assert.Null(await host.FixAsync(id));
    }

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task All_at_once(FixAllScope scope, int documents)
    {
        const string Two = Input + "[SimpleRnn(5)]\n[SimpleRnn(6)]\n[SimpleRnn(7)]\npublic partial class A{0};\n[Input(TimeSteps = 9, Features = 2)] [SimpleRnn(5)] [SimpleRnn(6)] public partial class B{0};\n";
        const string Mended = Input + "[SimpleRnn(5, ReturnSequences = true)]\n[SimpleRnn(6, ReturnSequences = true)]\n[SimpleRnn(7)]\npublic partial class A{0};\n[Input(TimeSteps = 9, Features = 2)] [SimpleRnn(5, ReturnSequences = true)] [SimpleRnn(6)] public partial class B{0};\n";
        using var host = new FixHost([Number(Two, 0), Number(Two, 1)], [Number(Two, 2)]);

        await host.FixAllAsync("GEN0301", scope);

        Assert.Equal(Enumerable.Range(0, 3).Select(i => Number(i < documents ? Mended : Two, i)), host.Texts);

        static string Number(string text, int number) => text.Replace("{0}", number.ToString(System.Globalization.CultureInfo.InvariantCulture), System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task Misspelt_flags_are_renamed_all_at_once()
    {
        using var host = new FixHost([Input + "[SimpleRnn(5, return_sequences = true, use_bias = false)] [SimpleRnn(6, go_backwards = true)] public partial class M;"]);
        await host.FixAllAsync("CS0246", FixAllScope.Document);
        Assert.Equal(Input + "[SimpleRnn(5, ReturnSequences = true, UseBias = false)] [SimpleRnn(6, GoBackwards = true)] public partial class M;", host.Texts[0]);
    }

    [Fact]
    public void Every_fix_can_be_applied_to_all_and_editors_need_no_assembly_for_it()
    {
        Assert.NotEmpty(FixHost.Providers);
        Assert.All(FixHost.Providers, p => Assert.NotNull(p.GetFixAllProvider()));
        Assert.DoesNotContain(typeof(CodeFixes.RenameCodeFix).Assembly.GetReferencedAssemblies(), a => a.Name!.StartsWith("System.Composition", System.StringComparison.Ordinal));
    }
}
