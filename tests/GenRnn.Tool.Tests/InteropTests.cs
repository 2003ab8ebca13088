using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;
using Xunit.Abstractions;

namespace GenRnn.Tool.Tests;

/// <summary>Networks of Keras 1.1 to 3.15 through the tool, the compiler and a model, against what Keras computed.</summary>
public sealed class InteropTests(ITestOutputHelper output)
{
    private const double Tolerance = 1e-5;

    /// <summary>What the project's own files are refused for; all others must be imported.</summary>
    private static readonly Dictionary<string, string> s_refusals = new()
    {
        ["git_lfs_pointer"] = "git lfs pull",
        ["keras_float16_weights"] = "the layer 'lstm' of the class LSTM computes in float16",
        ["keras_functional_residual"] = "reads 'series' where a chain has 'body': a network that branches",
        ["keras_lambda_layer"] = "of the class Lambda: it holds Python code, which is never run",
        ["truncated"] = "The file is damaged",
    };

    [Fact]
    public void NetworksOfEveryVersionComputeWhatKerasComputed()
    {
        IReadOnlyList<InteropOutcome> outcomes = InteropRunner.Run(InteropCase.In(Path.Combine(AppContext.BaseDirectory, "Interop")));

        Write(outcomes);
        Assert.Equal(16, outcomes.Count);
        Assert.All(outcomes.Where(o => s_refusals.ContainsKey(o.Case.Name)), o => Assert.Contains(s_refusals[o.Case.Name], o.Refusal, StringComparison.Ordinal));
        Assert.All(outcomes.Where(o => !s_refusals.ContainsKey(o.Case.Name)), o =>
        {
            Assert.Empty(o.Refusal);
            Assert.InRange(o.Error, 0, Tolerance);
        });
    }

    /// <summary>Any folder of such files: what is imported is equal, and what must be refused is.</summary>
    [Fact]
    public void AFolderOfOthersFiles()
    {
        if (Environment.GetEnvironmentVariable("GEN_INTEROP") is not { Length: > 0 } folder)
            return;
        IReadOnlyList<InteropOutcome> outcomes = InteropRunner.Run(InteropCase.In(folder));

        Write(outcomes);
        File.WriteAllLines(Path.Combine(AppContext.BaseDirectory, "interop.txt"), outcomes.Select(o => o.ToString()));
        Assert.NotEmpty(outcomes);
        Assert.All(outcomes.Where(o => o.Case.IsRefused), o => Assert.True(o.IsRefused, o.ToString()));
        Assert.All(outcomes.Where(o => !o.IsRefused), o => Assert.True(o.Error <= Tolerance, o.ToString()));
    }

    private void Write(IEnumerable<InteropOutcome> outcomes)
    {
        foreach (InteropOutcome outcome in outcomes)
            output.WriteLine(outcome.ToString());
    }
}
