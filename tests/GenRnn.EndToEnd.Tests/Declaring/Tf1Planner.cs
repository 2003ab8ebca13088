using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.EndToEnd.Tests.Reading;

namespace GenRnn.EndToEnd.Tests.Declaring;

/// <summary>TensorFlow 1's cells as Keras layers: joint [x, h] kernels are split into kernel and recurrent kernel, gates put in order.</summary>
internal static class Tf1Planner
{
    public static PassPlan Plan(Tf1Golden golden)
    {
        if (golden.IsBidirectional && (golden.Cells.Length > 1 || golden.InitialState is not null))
            throw new NotSupportedCaseException("bidirectional_dynamic_rnn of several cells, or with initial states");
        Tf1CellKind[] kinds = golden.Cells.Select(c => Tf1CellKind.Of(c.Class)).ToArray();

        Tensor x = RowsFirst(golden.X);
        var stateInputs = new List<InputText>();
        var layers = new List<AttributeText>();
        for (int i = 0; i < golden.Cells.Length; i++)
        {
            Tf1Cell cell = golden.Cells[i];
            if (golden.InitialState is not null)
            {
                string[] states = Planner.StateNames(kinds[i].States, i);
                layers.Add(new AttributeText("InitialState", states.Select(s => $"\"{s}\"").ToArray()));
                stateInputs.AddRange(states.Select((s, state) => new InputText(s, 0, state == 0 ? cell.OutputWidth : cell.Units)));
            }

            var arguments = new List<string> { cell.Units.ToString(CultureInfo.InvariantCulture) };
            if (cell.Activation != "tanh")
                arguments.Add($"Activation = {WrappedLayer.ActivationOf(cell.Activation)}");
            arguments.AddRange(kinds[i].Arguments(cell));
            // dynamic_rnn returns whole sequences and the final state of every cell.
            arguments.AddRange(["ReturnSequences = true", "ReturnState = true"]);
            if (golden.IsBidirectional)
                layers.Add(new AttributeText("Bidirectional", []));
            layers.Add(new AttributeText(kinds[i].Attribute, arguments));
        }

        // Both directions have weights and states of their own.
        if (golden.IsBidirectional)
            kinds = [kinds[0], kinds[0]];
        var branch = new Branch(new InputText("", x.Shape[1], x.Shape[2], golden.SequenceLength is not null), stateInputs, layers);
        Tensor[] inputs = [x, .. Planner.Lengths(golden.SequenceLength), .. States(golden.InitialState ?? [])];
        var inputGradients = new Tensor?[inputs.Length];
        inputGradients[0] = RowsFirst(golden.GradX) with { Path = "gradient of x" };
        return new PassPlan(
            golden, new Declaration([branch]), x.Shape[0], Weights(golden.Weights), inputs,
            Planner.Named("y", Outputs(golden.Outputs)), Outputs(golden.Upstream),
            Planner.Named("gradient of", Weights(golden.GradWeights)), inputGradients);

        Tensor RowsFirst(Tensor tensor) => golden.IsTimeMajor ? tensor.SwapFirstAxes() : tensor;

        Tensor[] Outputs(Tensor[] tensors) => golden.IsBidirectional
            ? [RowsFirst(Gates.Join(tensors[0], tensors[1])), .. States(tensors[2..])]
            : [RowsFirst(tensors[0]), .. States(tensors[1..])];

        // LSTMStateTuple is (c, h); the declaration's order is h, c.
        IEnumerable<Tensor> States(Tensor[] tensors)
        {
            int first = 0;
            foreach (Tf1CellKind kind in tensors.Length == 0 ? [] : kinds)
            {
                foreach (Tensor state in tensors[first..(first + kind.States)].Reverse())
                    yield return state;
                first += kind.States;
            }
        }

        Tensor[] Weights(Tensor[] tensors)
        {
            var weights = new List<Tensor>();
            int first = 0;
            for (int i = 0; i < kinds.Length; i++)
            {
                Tf1Cell cell = golden.Cells[golden.IsBidirectional ? 0 : i];
                weights.AddRange(kinds[i].Convert(cell, tensors[first..(first + kinds[i].Weights(cell))]));
                first += kinds[i].Weights(cell);
            }

            return weights.ToArray();
        }
    }
}
