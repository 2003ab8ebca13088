using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using GenRnn.EndToEnd.Tests.Reading;

namespace GenRnn.EndToEnd.Tests.Declaring;

/// <summary>TensorFlow 1's cells as Keras layers: joint [x, h] kernels are split into kernel and recurrent kernel.</summary>
internal static class Tf1Planner
{
    public static PassPlan Plan(Tf1Golden golden)
    {
        if (golden.IsBidirectional)
            throw new NotSupportedCaseException("bidirectional_dynamic_rnn");
        if (golden.SequenceLength is not null)
            throw new NotSupportedCaseException("sequence_length");
        foreach (Tf1Cell cell in golden.Cells)
        {
            if (cell.Class != "BasicRNNCell")
                throw new NotSupportedCaseException($"the cell {cell.Class}");
            if (cell.UsePeepholes || cell.CellClip is not null || cell.Projection is not null || cell.ProjectionClip is not null)
                throw new NotSupportedCaseException("peepholes, clipping or projection of a cell");
        }

        Tensor x = RowsFirst(golden.X);
        var stateInputs = new List<InputText>();
        var inputs = new List<Tensor> { x };
        var layers = new List<AttributeText>();
        for (int i = 0; i < golden.Cells.Length; i++)
        {
            Tf1Cell cell = golden.Cells[i];
            string[] states = golden.InitialState is null ? [] : Planner.StateNames(1, i);
            if (states.Length > 0)
            {
                layers.Add(new AttributeText("InitialState", [$"\"{states[0]}\""]));
                stateInputs.Add(new InputText(states[0], 0, cell.Units));
                inputs.Add(golden.InitialState![i]);
            }

            var arguments = new List<string> { cell.Units.ToString(CultureInfo.InvariantCulture) };
            if (cell.Activation != "tanh")
                arguments.Add($"Activation = {KerasFlag.ActivationText(JsonSerializer.SerializeToElement(cell.Activation))}");
            // dynamic_rnn returns whole sequences and the final state of every cell.
            arguments.AddRange(["ReturnSequences = true", "ReturnState = true"]);
            layers.Add(new AttributeText("SimpleRnn", arguments));
        }

        var branch = new Branch(new InputText("", x.Shape[1], x.Shape[2]), stateInputs, layers);
        var inputGradients = new Tensor?[inputs.Count];
        inputGradients[0] = RowsFirst(golden.GradX) with { Path = "gradient of x" };
        return new PassPlan(
            golden, new Declaration([branch]), x.Shape[0], Split(golden.Weights), inputs,
            Planner.Named("y", golden.Outputs.Select((t, i) => i == 0 ? RowsFirst(t) : t)),
            golden.Upstream.Select((t, i) => i == 0 ? RowsFirst(t) : t).ToArray(),
            Planner.Named("gradient of", Split(golden.GradWeights)), inputGradients);

        Tensor RowsFirst(Tensor tensor) => golden.IsTimeMajor ? tensor.SwapFirstAxes() : tensor;
    }

    /// <summary>[kernel of (inputs + units) x units, bias] a cell becomes [kernel, recurrent kernel, bias].</summary>
    private static Tensor[] Split(Tensor[] weights)
    {
        var split = new List<Tensor>();
        for (int i = 0; i < weights.Length; i += 2)
        {
            Tensor joint = weights[i];
            int units = joint.Shape[1], features = joint.Shape[0] - units;
            split.Add(joint.Slice(0, features) with { Path = joint.Path + " (inputs)" });
            split.Add(joint.Slice(features, units) with { Path = joint.Path + " (state)" });
            split.Add(weights[i + 1]);
        }

        return split.ToArray();
    }
}
