using System;
using System.Threading.Tasks;
using GenRnn.Analyzers.Tests.Hosting;
using GenRnn.CodeFixes;
using Xunit;

namespace GenRnn.Analyzers.Tests.Fixes;

/// <summary>[TimeDistributed] is written where a layer runs at every step, and nowhere else.</summary>
public class WrapTests
{
    private const string Input = "using GenRnn;\n[Input(TimeSteps = 9, Features = 2)] ";
    private const string Class = " public partial class M;";

    [Theory]
    [InlineData("[Lstm(5, ReturnSequences = true)] [Dense(3)]", "Write [TimeDistributed] in front of Dense(3)", "[Lstm(5, ReturnSequences = true)] [TimeDistributed] [Dense(3)]")]
    [InlineData("[Lstm(5, ReturnSequences = true), Dense(3)]", "Write [TimeDistributed] in front of Dense(3)", "[Lstm(5, ReturnSequences = true), TimeDistributed, Dense(3)]")]
    [InlineData("[Lstm(5)] [Dense(3)]", null, null)]
    [InlineData("[Lstm(5, ReturnSequences = true)] [TimeDistributed] [Dense(3)]", null, null)]
    [InlineData("[Lstm(0)] [Dense(3)]", null, null)]
    public async Task The_wrapper_is_written(string layers, string? title, string? wrapped)
    {
        string source = Input + layers + Class;
        using var host = new FixHost([source]);

        Assert.Equal(title, await host.RefactorAsync(new WrapTimeDistributedRefactoring(), source.IndexOf("Dense", StringComparison.Ordinal)));

        Assert.Equal(Input + (wrapped ?? layers) + Class, host.Texts[0]);
    }
}
