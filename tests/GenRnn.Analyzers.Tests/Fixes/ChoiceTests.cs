using System.Threading.Tasks;
using GenRnn.Analyzers.Tests.Hosting;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace GenRnn.Analyzers.Tests.Fixes;

/// <summary>Mistakes with several answers: all are offered, the likeliest first, and each can be applied everywhere.</summary>
public class ChoiceTests
{
    private const string Input = "using GenRnn;\n[Input(TimeSteps = 9, Features = 2, Batch = 4)] ";
    private const string Class = " public partial class M;";

    [Theory]
    [InlineData("[Bidirectional(MergeMode.Avg)] [Lstm(5)]", "CS0117", "Change to 'Ave'")]
    [InlineData("[Bidirectional(MergeMode.Stack)] [Lstm(5)]", "CS0117", "Change to 'MergeMode.Concat'", "Change to 'MergeMode.Sum'", "Change to 'MergeMode.Mul'", "Change to 'MergeMode.Ave'")]
    [InlineData("[Bidirectional(MergeMode.Stack)] [Lstm(5)]", "GEN0202", "Change to 'MergeMode.Concat'", "Change to 'MergeMode.Sum'", "Change to 'MergeMode.Mul'", "Change to 'MergeMode.Ave'")]
    [InlineData("[Bidirectional(\"stack\")] [Lstm(5)]", "CS1503", "Change to 'MergeMode.Concat'", "Change to 'MergeMode.Sum'", "Change to 'MergeMode.Mul'", "Change to 'MergeMode.Ave'")]
    [InlineData("[Bidirectional(null)] [Lstm(5)]", "GEN0203", "Change to 'MergeMode.Concat'", "Change to 'MergeMode.Sum'", "Change to 'MergeMode.Mul'", "Change to 'MergeMode.Ave'")]
    [InlineData("[SimpleRnn(5, Activation = Activation.Cosine)]", "GEN0202")]
    [InlineData("[SimpleRnn(5, Stateful = true, GoBackwards = true)]", "GEN0209", "Remove GoBackwards", "Remove Stateful")]
    [InlineData("[SimpleRnn(5, ReturnSequences = true, GoBackwards = true)]", "GEN0210", "Remove GoBackwards", "Remove ReturnSequences")]
    [InlineData("[SimpleRnn(5, ReturnSequences = true, GoBackwards = true)] [Lstm(4)]", "GEN0210", "Remove GoBackwards")]
    [InlineData("[Lstm(5)] [TimeDistributed] [Dense(3)]", "GEN0306", "Add ReturnSequences = true to Lstm(5)", "Remove [TimeDistributed]")]
    [InlineData("[DropoutWrapper(OutputKeep = 0.5)] [Bidirectional] [Lstm(5)]", "GEN0307", "Move [DropoutWrapper] behind [Bidirectional]", "Remove [DropoutWrapper]")]
    [InlineData("[Lstm(5)] [TimeDistributed]", "GEN0105", "Move [TimeDistributed] in front of Lstm(5)", "Remove [TimeDistributed]")]
    [InlineData("[RepeatVector(3)]", "GEN0306")]
    public async Task Are_offered(string layers, string id, params string[] titles)
    {
        using var host = new FixHost([Input + layers + Class]);
        Assert.Equal(titles, await host.TitlesAsync(id));
    }

    [Theory]
    [InlineData(0, "[SimpleRnn(5, Stateful = true)]")]
    [InlineData(1, "[SimpleRnn(5, GoBackwards = true)]")]
    public async Task One_answer_is_given_everywhere(int choice, string layer)
    {
        const string Mistaken = Input + "[SimpleRnn(5, Stateful = true, GoBackwards = true)]" + Class;
        using var host = new FixHost([Mistaken, Mistaken.Replace(" M;", " N;", System.StringComparison.Ordinal)]);

        await host.FixAllAsync("GEN0209", FixAllScope.Project, choice);

        Assert.Equal([Input + layer + Class, Input + layer + " public partial class N;"], host.Texts);
    }
}
