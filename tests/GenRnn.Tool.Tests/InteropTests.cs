using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;
using Xunit.Abstractions;

namespace GenRnn.Tool.Tests;

/// <summary>Networks of Keras 1.1 to 3.15, of PyTorch and ONNX through the tool, the compiler and a model, against what those computed.</summary>
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
        ["graph_residual_lstm"] = "reads 'x' and 'ys' beside what other layers make of it: a network that branches",
        ["refused_weights_as_inputs"] = "3 inputs ('x', 'W', 'R'); a chain of layers has one",
        ["rnn_reverse"] = "direction = reverse with all its steps",
        ["torch_lstm_projection"] = "beside 4 units: a projection, which ONNX' node does not have",
        ["torch_rnn"] = "(Slice) on the axes",
        ["torch_code_in_pickle"] = "it calls '__builtin__.print', which no file of weights needs",
        ["torch_quantised_dynamic"] = "the storage type 'torch.QInt8Storage'",
        ["truncated"] = "The file is damaged",
    };

    /// <summary>The project's own files, or those of the folder that GEN_INTEROP names: what is imported is equal, and what must be refused is.</summary>
    [Fact]
    public void NetworksOfOtherToolsComputeWhatThoseComputed()
    {
        string? others = Environment.GetEnvironmentVariable("GEN_INTEROP");
        IReadOnlyList<InteropOutcome> outcomes = InteropRunner.Run(InteropCase.In(others ?? Path.Combine(AppContext.BaseDirectory, "Interop")));

        Write(outcomes);
        Assert.NotEmpty(outcomes);
        Assert.All(outcomes, o => Assert.True(o.IsRefused || (!o.Case.IsRefused && o.Error <= Tolerance), o.ToString()));
        if (others is not null)
            return;
        Assert.Equal(43, outcomes.Count);
        Assert.All(outcomes.Where(o => o.IsRefused), o => Assert.Contains(s_refusals.GetValueOrDefault(o.Case.Name, "(must be imported)"), o.Refusal, StringComparison.Ordinal));
        Assert.Equal(s_refusals.Keys.Order(StringComparer.Ordinal), outcomes.Where(o => o.IsRefused).Select(o => o.Case.Name));
    }

    private void Write(IEnumerable<InteropOutcome> outcomes)
    {
        string[] lines = [.. outcomes.Select(o => o.ToString())];
        File.WriteAllLines(Path.Combine(AppContext.BaseDirectory, "interop.txt"), lines);
        foreach (string line in lines)
            output.WriteLine(line);
    }
}
