using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using GenRnn.EndToEnd.Tests.Reading;

namespace GenRnn.EndToEnd.Tests.Declaring;

/// <summary>PyTorch's recurrent modules as Keras layers: weights are transposed, the two biases added (or stacked, in a GRU).</summary>
internal static class TorchPlanner
{
    public static PassPlan Plan(TorchGolden golden)
    {
        var arguments = new List<string> { golden.HiddenSize.ToString(CultureInfo.InvariantCulture) };
        if (golden.Nonlinearity is { } nonlinearity and not "tanh")
            arguments.Add($"Activation = {WrappedLayer.ActivationOf(nonlinearity)}");
        if (golden.ProjectionSize != 0)
            arguments.Add(string.Create(CultureInfo.InvariantCulture, $"Projection = {golden.ProjectionSize}"));
        if (!golden.HasBias)
            arguments.Add("UseBias = false");
        // Outputs are whole sequences, and h_n (and c_n) hold the final states of every layer.
        arguments.AddRange(["ReturnSequences = true", "ReturnState = true"]);
        var layer = new AttributeText(Attribute(golden.Class), arguments);
        AttributeText[] layers = Enumerable.Repeat<AttributeText[]>(golden.IsBidirectional ? [new AttributeText("Bidirectional", []), layer] : [layer], golden.Layers)
            .SelectMany(attributes => attributes)
            .ToArray();

        Tensor x = RowsFirst(golden.X);
        Tensor[] lengths = Planner.Lengths(golden.Lengths);
        return new PassPlan(
            golden, new Declaration([new Branch(new InputText("", x.Shape[1], x.Shape[2], golden.Lengths is not null), [], layers)]), x.Shape[0],
            Weights(golden, golden.StateDict, Sum), [x, .. lengths], Planner.Named("y", Outputs(golden.Outputs)), Outputs(golden.Upstream),
            Planner.Named("gradient of", Weights(golden, golden.GradStateDict, Same)), [RowsFirst(golden.GradX) with { Path = "gradient of x" }, .. lengths.Select(_ => (Tensor?)null)]);

        Tensor RowsFirst(Tensor tensor) => golden.IsBatchFirst ? tensor : tensor.SwapFirstAxes();

        // h_n and c_n stand layer by layer, in each forward then backward, and rows stay second even where the batch is first.
        Tensor[] Outputs(Tensor[] tensors) =>
            [RowsFirst(tensors[0]), .. Enumerable.Range(0, tensors[1].Shape[0]).SelectMany(half => tensors.Skip(1).Select(states => states.At(half)))];

        // A sum's gradient is the gradient of both terms.
        Tensor Same(Tensor input, Tensor state) => input.Values.SequenceEqual(state.Values)
            ? input
            : throw new InvalidDataException($"{golden.Name}: the gradients of the two biases differ.");
    }

    private static string Attribute(string module) => module switch
    {
        "RNN" => "SimpleRnn",
        "LSTM" => "Lstm",
        "GRU" => "Gru",
        _ => throw new NotSupportedCaseException($"nn.{module}"),
    };

    private static Tensor Sum(Tensor input, Tensor state) => input + state;

    /// <param name="combine">How the two biases of an RNN or LSTM become one.</param>
    private static Tensor[] Weights(TorchGolden golden, IReadOnlyDictionary<string, Tensor> tensors, Func<Tensor, Tensor, Tensor> combine)
    {
        var weights = new List<Tensor>();
        string[] halves = golden.IsBidirectional ? ["", "_reverse"] : [""];
        foreach (string half in Enumerable.Range(0, golden.Layers).SelectMany(layer => halves.Select(h => $"l{layer}{h}")))
        {
            weights.Add(Ordered(Named($"weight_ih_{half}").SwapFirstAxes()));
            weights.Add(Ordered(Named($"weight_hh_{half}").SwapFirstAxes()));
            if (golden.HasBias)
            {
                Tensor input = Ordered(Named($"bias_ih_{half}")), state = Ordered(Named($"bias_hh_{half}"));
                weights.Add(golden.Class == "GRU" ? Gates.Stack(input, state) : combine(input, state));
            }

            if (golden.ProjectionSize != 0)
                weights.Add(Named($"weight_hr_{half}").SwapFirstAxes());
        }

        return weights.ToArray();

        Tensor Named(string key) => tensors[key] with { Path = key };

        // PyTorch's LSTM has Keras' order of gates; its GRU has r, z, n for z, r, h.
        Tensor Ordered(Tensor weight) => golden.Class == "GRU" ? Gates.Reorder(weight, 1, 0, 2) : weight;
    }
}
