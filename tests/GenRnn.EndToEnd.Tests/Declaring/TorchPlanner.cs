using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using GenRnn.EndToEnd.Tests.Reading;

namespace GenRnn.EndToEnd.Tests.Declaring;

/// <summary>PyTorch's recurrent modules as Keras layers: weights are transposed, the two biases added.</summary>
internal static class TorchPlanner
{
    public static PassPlan Plan(TorchGolden golden)
    {
        if (golden.Class != "RNN")
            throw new NotSupportedCaseException($"nn.{golden.Class}");
        if (golden.IsBidirectional)
            throw new NotSupportedCaseException("bidirectional = True");
        if (golden.Lengths is not null)
            throw new NotSupportedCaseException("packed sequences");
        if (golden.ProjectionSize != 0)
            throw new NotSupportedCaseException("proj_size");

        var arguments = new List<string> { golden.HiddenSize.ToString(CultureInfo.InvariantCulture) };
        if (golden.Nonlinearity is { } nonlinearity and not "tanh")
            arguments.Add($"Activation = {KerasFlag.ActivationText(JsonSerializer.SerializeToElement(nonlinearity))}");
        if (!golden.HasBias)
            arguments.Add("UseBias = false");
        // Outputs are whole sequences, and h_n holds the final state of every layer.
        arguments.AddRange(["ReturnSequences = true", "ReturnState = true"]);
        AttributeText[] layers = Enumerable.Repeat(new AttributeText("SimpleRnn", arguments), golden.Layers).ToArray();

        Tensor x = RowsFirst(golden.X);
        return new PassPlan(
            golden, new Declaration([new Branch(new InputText("", x.Shape[1], x.Shape[2]), [], layers)]), x.Shape[0],
            Weights(golden), [x], Planner.Named("y", Outputs(golden.Outputs)), Outputs(golden.Upstream),
            Planner.Named("gradient of", Gradients(golden)), [RowsFirst(golden.GradX) with { Path = "gradient of x" }]);

        Tensor RowsFirst(Tensor tensor) => golden.IsBatchFirst ? tensor : tensor.SwapFirstAxes();

        // The states stand layer by layer, and rows stay second even where the batch is first.
        Tensor[] Outputs(Tensor[] tensors) => [RowsFirst(tensors[0]), .. Enumerable.Range(0, golden.Layers).Select(tensors[1].At)];
    }

    private static Tensor[] Weights(TorchGolden golden)
    {
        var weights = new List<Tensor>();
        for (int layer = 0; layer < golden.Layers; layer++)
        {
            weights.Add(golden.StateDict[$"weight_ih_l{layer}"].SwapFirstAxes());
            weights.Add(golden.StateDict[$"weight_hh_l{layer}"].SwapFirstAxes());
            if (golden.HasBias)
                weights.Add(golden.StateDict[$"bias_ih_l{layer}"] + golden.StateDict[$"bias_hh_l{layer}"]);
        }

        return weights.ToArray();
    }

    private static Tensor[] Gradients(TorchGolden golden)
    {
        var gradients = new List<Tensor>();
        for (int layer = 0; layer < golden.Layers; layer++)
        {
            gradients.Add(Named($"weight_ih_l{layer}").SwapFirstAxes());
            gradients.Add(Named($"weight_hh_l{layer}").SwapFirstAxes());
            if (!golden.HasBias)
                continue;
            // A sum's gradient is the gradient of both terms.
            Tensor bias = Named($"bias_ih_l{layer}");
            if (!bias.Values.SequenceEqual(golden.GradStateDict[$"bias_hh_l{layer}"].Values))
                throw new InvalidDataException($"{golden.Name}: the gradients of the two biases differ.");
            gradients.Add(bias);
        }

        return gradients.ToArray();

        Tensor Named(string key) => golden.GradStateDict[key] with { Path = key };
    }
}
