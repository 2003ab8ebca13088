using System.Linq;
using GenRnn.Generator.Tests.Hosting;
using Microsoft.CodeAnalysis;
using Xunit;

namespace GenRnn.Generator.Tests.Parsing;

/// <summary>Mistakes inside an attribute's brackets: what is said, where, and what the rest of the compiler goes on with.</summary>
public class FlagMistakeTests
{
    // The generator sees neither model's constants, an analyzer those of both; the one with a number of its own has no mistake.
    [Theory]
    [InlineData("Other.OutputLength", "'Features' of Input takes a whole number (int); found 'Other.OutputLength', which Gen writes itself and so cannot read; write the value, or a constant of your own for both")]
    [InlineData("2 * Other.Features", null)]
    [InlineData("InputLength", null)]
    [InlineData("Sizes.OutputLength", "")]
    public void A_constant_that_Gen_writes_cannot_be_read(string features, string? message)
    {
        GeneratorResult result = GeneratorHost.Run(
            "using GenRnn;\nstatic class Sizes { public const int OutputLength = 4; }\n[Input(TimeSteps = 3, Features = 2)]\n[SimpleRnn(5)]\npublic partial class Other;\n",
            "using GenRnn;\n[Input(TimeSteps = 3, Features = " + features + ")]\n[SimpleRnn(5)]\npublic partial class Model;\n");

        Diagnostic? found = result.Diagnostics.SingleOrDefault(d => d.Id != "GEN0001");
        Assert.Equal(message == "" ? null : "GEN0203", found?.Id);
        if (message is { Length: > 0 })
            Assert.Equal(message, found!.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(GeneratorHost.ParseModel(result.Before, "Model").Spec, GeneratorHost.ParseModel(result.After, "Model").Spec);
        Assert.Equal(GeneratorHost.ParseModel(result.Before, "Model").Findings, GeneratorHost.ParseModel(result.After, "Model").Findings);
    }

    // The text between « and » is what must be underlined.
    [Theory]
    [InlineData("[SimpleRnn(5, «ReturnSequence» = true)]", "GEN0201", "'ReturnSequence' is not an option of SimpleRnn; did you mean 'ReturnSequences'?")]
    [InlineData("[SimpleRnn(5, «return_sequences» = true)]", "GEN0201", "'return_sequences' is not an option of SimpleRnn; did you mean 'ReturnSequences'?")]
    [InlineData("[SimpleRnn(5, «return_sequence» = true)]", "GEN0201", "'return_sequence' is not an option of SimpleRnn; did you mean 'ReturnSequences'?")]
    [InlineData("[SimpleRnn(5, «returnSequences» = true)]", "GEN0201", "'returnSequences' is not an option of SimpleRnn; did you mean 'ReturnSequences'?")]
    [InlineData("[SimpleRnn(5, «returnSequences»: true)]", "GEN0201", "'returnSequences' is not an option of SimpleRnn; write 'ReturnSequences = ...'")]
    [InlineData("[SimpleRnn(«Units» = 5)]", "GEN0201", "'Units' is not an option of SimpleRnn; write 'units: ...', or the value alone")]
    [InlineData("[SimpleRnn(5, «kernel_initialiser» = Initializer.Zeros)]", "GEN0201", "'kernel_initialiser' is not an option of SimpleRnn; did you mean 'KernelInitializer'?")]
    [InlineData("[Dense(4, «ReturnSequences» = true)]", "GEN0201", "'ReturnSequences' is not an option of Dense; it is one of SimpleRnn, Lstm, Gru, Rnn")]
    [InlineData("[Gru(4)] [Dense(4, «return_sequences» = true)]", "GEN0201", "'return_sequences' is not an option of Dense; 'ReturnSequences' belongs to Gru(4) before it")]
    [InlineData("[Gru(4)] [Dense(4)] [Activation(Activation.Tanh, «GoBackwards» = true)]", "GEN0201", "'GoBackwards' is not an option of Activation; it belongs to Gru(4) before it")]
    [InlineData("[Activation(Activation.Tanh, «Beta» = 1)]", "GEN0201", "'Beta' is not an option of Activation; its options are Alpha, Name")]
    [InlineData("[SimpleRnn(5, Activation = Activation.«Tahn»)]", "GEN0202", "'Tahn' is not a member of Activation; did you mean 'Tanh'?")]
    [InlineData("[SimpleRnn(5, Activation = Activation.«tanh»)]", "GEN0202", "'tanh' is not a member of Activation; did you mean 'Tanh'?")]
    [InlineData("[SimpleRnn(5, Activation = GenRnn.Activation.«LeakyReLU6»)]", "GEN0202", null)]
    [InlineData("[SimpleRnn(5, Activation = «(Activation)99»)]", "GEN0202", "'99' is not a member of Activation")]
    [InlineData("[SimpleRnn(5, Activation = «\"tanh\"»)]", "GEN0203", "'Activation' of SimpleRnn takes a member of Activation; found '\"tanh\"'; write 'Activation.Tanh'")]
    [InlineData("[SimpleRnn(5, Activation = «Tanh»)]", "GEN0203", "'Activation' of SimpleRnn takes a member of Activation; found 'Tanh'; write 'Activation.Tanh'")]
    [InlineData("[SimpleRnn(5, Activation = «Initializer.Ones»)]", "GEN0203", "'Activation' of SimpleRnn takes a member of Activation; found 'Initializer.Ones'")]
    [InlineData("[SimpleRnn(«\"5\"»)]", "GEN0203", "'Units' of SimpleRnn takes a whole number (int); found '\"5\"'; write '5'")]
    [InlineData("[SimpleRnn(«5.0»)]", "GEN0203", "'Units' of SimpleRnn takes a whole number (int); found '5.0'; write '5'")]
    [InlineData("[SimpleRnn(«5000000000»)]", "GEN0203", "'Units' of SimpleRnn takes a whole number (int); found '5000000000'")]
    [InlineData("[SimpleRnn(5, UseBias = «False»)]", "GEN0203", "'UseBias' of SimpleRnn takes true or false; found 'False'; write 'false'")]
    [InlineData("[SimpleRnn(5, UseBias = «1»)]", "GEN0203", "'UseBias' of SimpleRnn takes true or false; found '1'; write 'true'")]
    [InlineData("[SimpleRnn(5, Unroll = «true»)]", "GEN0203", "'Unroll' of SimpleRnn takes a whole number (int); found 'true'; write 'Unroll.Full'")]
    [InlineData("[SimpleRnn(5, «true»)]", "GEN0203", "'Arguments' of SimpleRnn takes options by name, as in 'Name = \"...\"'; found 'true'")]
    [InlineData("[«SimpleRnn»]", "GEN0203", "'Units' of SimpleRnn takes a whole number (int); found nothing")]
    [InlineData("[SimpleRnn(«Width.Value»)]", "GEN0203", "'Units' of SimpleRnn takes a whole number (int); found 'Width.Value', which is not a constant")]
    [InlineData("[«SimpleRNN»(5)]", "GEN0109", "'SimpleRNN' is neither a layer nor a modifier of Gen; did you mean 'SimpleRnn'?")]
    [InlineData("[«Linear»(8)]", "GEN0109", "'Linear' is neither a layer nor a modifier of Gen; did you mean 'Dense'?")]
    [InlineData("[«RNN»(8)]", "GEN0109", "'RNN' is neither a layer nor a modifier of Gen; did you mean 'SimpleRnn'?")]
    [InlineData("[«LayerNorm»]", "GEN0109", "'LayerNorm' is neither a layer nor a modifier of Gen; did you mean 'LayerNormalization'?")]
    [InlineData("[SimpleRnn(«HiddenSize» = 5)]", "GEN0201", "'HiddenSize' is not an option of SimpleRnn; write 'units: ...', or the value alone")]
    [InlineData("[SimpleRnn(5, «bias» = false)]", "GEN0201", "'bias' is not an option of SimpleRnn; did you mean 'UseBias'?")]
    [InlineData("[«Attention»(5)]", "GEN0109", "'Attention' is neither a layer nor a modifier of Gen")]
    [InlineData("[«InitialState()»] [SimpleRnn(5)]", "GEN0203", "'Sources' of InitialState takes names; found nothing")]
    [InlineData("[InitialState(«(string)null!»)] [SimpleRnn(5)]", "GEN0203", null)]
    public void A_mistake_is_reported_where_it_stands(string marked, string id, string? message)
    {
        int start = marked.IndexOf('«', System.StringComparison.Ordinal);
        int length = marked.IndexOf('»', System.StringComparison.Ordinal) - start - 1;
        const string Before = "using GenRnn;\nstatic class Width { public static int Value => 5; }\n[Input(TimeSteps = 3, Features = 2)]\n";
        string attribute = marked.Replace("«", "", System.StringComparison.Ordinal).Replace("»", "", System.StringComparison.Ordinal);

        GeneratorResult result = GeneratorHost.Run(Before + attribute + "\npublic partial class Model;\n");

        Diagnostic found = Assert.Single(result.Diagnostics, d => d.Id != "GEN0001");
        Assert.Equal(id, found.Id);
        if (message is not null)
            Assert.Equal(message, found.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal((Before.Length + start, length), (found.Location.SourceSpan.Start, found.Location.SourceSpan.Length));
        Assert.Equal("Source0.cs", found.Location.GetLineSpan().Path);
        Assert.Equal((3, start), (found.Location.GetLineSpan().StartLinePosition.Line, found.Location.GetLineSpan().StartLinePosition.Character));

        Diagnostic notGenerated = Assert.Single(result.With("GEN0001"));
        Assert.Contains(found.GetMessage(System.Globalization.CultureInfo.InvariantCulture), notGenerated.GetMessage(System.Globalization.CultureInfo.InvariantCulture), System.StringComparison.Ordinal);
        Assert.Contains(result.After.GetDiagnostics().Concat(result.Diagnostics), d => d.Severity == DiagnosticSeverity.Error);
    }

    // Keras' Input(shape=(20, 3)); C# only says that there is no such constructor.
    [Theory]
    [InlineData("Input(«20, 3»)", "Input(TimeSteps = 20, Features = 3)", "'20, 3'; write 'TimeSteps = 20, Features = 3'")]
    [InlineData("Input(«20, 3», Batch = 4)", "Input(TimeSteps = 20, Features = 3, Batch = 4)", "'20, 3'; write 'TimeSteps = 20, Features = 3'")]
    [InlineData("Input(«3»)", "Input(Features = 3)", "'3'; write 'Features = 3'")]
    public void The_sizes_of_an_input_have_names(string marked, string meant, string found)
    {
        string written = marked.Replace("«", "", System.StringComparison.Ordinal).Replace("»", "", System.StringComparison.Ordinal);
        const string Before = "using GenRnn;\n[";
        string Source(string input) => Before + input + "]\n[Dense(1)]\npublic partial class Model;\n";

        Diagnostic diagnostic = Assert.Single(GeneratorHost.Run(Source(written)).Diagnostics, d => d.Id != "GEN0001");

        Assert.Equal("'Arguments' of Input takes options by name; found " + found, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(Before.Length + marked.IndexOf('«', System.StringComparison.Ordinal), diagnostic.Location.SourceSpan.Start);
        Assert.Equal(marked.IndexOf('»', System.StringComparison.Ordinal) - marked.IndexOf('«', System.StringComparison.Ordinal) - 1, diagnostic.Location.SourceSpan.Length);
        Assert.Equal(
            GeneratorHost.ParseModel(GeneratorHost.Compile(Source(meant)), "Model").Spec,
            GeneratorHost.ParseModel(GeneratorHost.Compile(Source(written)), "Model").Spec);
    }

    [Theory]
    [InlineData("Input(20, 3, 32)", 3)]
    [InlineData("Input(20, 3, Features = 3)", 2)]
    public void Numbers_that_may_mean_anything_are_reported_one_by_one(string input, int count) => Assert.Equal(
        count, GeneratorHost.Run("using GenRnn;\n[" + input + "]\n[Dense(1)]\npublic partial class Model;\n").Diagnostics.Count(d => d.Id == "GEN0203"));

    // Both lines must mean the same to everything after the parser.
    [Theory]
    [InlineData("[SimpleRnn(5, return_sequence = true)]", "[SimpleRnn(5, ReturnSequences = true)]")]
    [InlineData("[SimpleRnn(units: 5, Activation = Activation.tahn)]", "[SimpleRnn(5, Activation = Activation.Tanh)]")]
    [InlineData("[SimpleRnn(Units = 5)]", "[SimpleRnn(5)]")]
    [InlineData("[SimpleRnn(\"5\", UseBias = False)]", "[SimpleRnn(5, UseBias = false)]")]
    [InlineData("[SimpleRNN(5, Activation = Activation.Relu, Name = \"A\")]", "[SimpleRnn(5, Activation = Activation.Relu, Name = \"A\")]")]
    [InlineData("[SimpleRnn(5.0, ReturnState = true, ActivationAlpha = 1)]", "[SimpleRnn(5, ReturnState = true, ActivationAlpha = 1.0)]")]
    [InlineData("[Linear(5)]", "[Dense(5)]")]
    [InlineData("[RNN(5, Bias = false)]", "[SimpleRnn(5, UseBias = false)]")]
    [InlineData("[InitialStates(\"A\", \"B\")] [Dense(1)]", "[InitialState(\"A\", \"B\")] [Dense(1)]")]
    public void One_clear_meaning_counts(string written, string meant)
    {
        Assert.Equal(SpecOf(meant), SpecOf(written));

        static GenRnn.Compiler.Spec.ModelSpec SpecOf(string attributes) => GeneratorHost.ParseModel(
            GeneratorHost.Compile("using GenRnn;\n[Input(TimeSteps = 3, Features = 2)]" + attributes + "partial class Model;"), "Model").Spec;
    }

    [Theory]
    [InlineData("Gain = double.NaN", "NaN")]
    [InlineData("Gain = 1.0 / 0.0", "Infinity")]
    [InlineData("Gain = float.NegativeInfinity", "-Infinity")]
    public void Numbers_must_be_finite(string flag, string found)
    {
        var model = GeneratorHost.ParseModel(GeneratorHost.Compile(
            "using GenRnn;\n[Input(Features = 2)]\n[Initialize(Weight.Kernel, Initializer.Orthogonal, " + flag + ")]\n[Dense(1)]\npartial class Model;"), "Model");

        var finding = Assert.Single(model.Findings);
        Assert.Equal("GEN0205", finding.Id);
        Assert.Equal("'Gain' of Initialize must be finite; found " + found, finding.Arguments[0]);
        Assert.Null(model.Spec.Items[1].Modifiers[0].Find("Gain"));
        Assert.Equal(2, model.Locate(finding).GetLineSpan().StartLinePosition.Line);
    }

    [Fact]
    public void A_flag_that_is_set_is_not_what_was_meant_by_another()
    {
        var model = GeneratorHost.ParseModel(GeneratorHost.Compile(
            "using GenRnn;\n[Input(Features = 2, TimeSteps = 3)][SimpleRnn(1, ReturnSequence = true, ReturnSequences = false)] partial class Model;"), "Model");

        Assert.StartsWith("; its options are", Assert.Single(model.Findings).Arguments[2], System.StringComparison.Ordinal);
        Assert.False(model.Spec.Items[1].GetBoolean("ReturnSequences", absent: true));
    }
}
