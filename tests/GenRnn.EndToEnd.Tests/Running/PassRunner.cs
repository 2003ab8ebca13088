using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.EndToEnd.Tests.Declaring;
using GenRnn.EndToEnd.Tests.Reading;

namespace GenRnn.EndToEnd.Tests.Running;

/// <summary>Predict in one call and row by row, Forward and Backward, each compared with the reference.</summary>
internal static class PassRunner
{
    public static List<TensorError> Run(PassPlan plan, IModel<float> model, bool timeMajor)
    {
        ModelInfo info = model.GetInfo();
        model.SetWeights(plan.Weights.Select(w => w.Values).ToArray());
        float[] inputs = Packing.Pack(info.Inputs, plan.Inputs, timeMajor);
        var outputs = new float[plan.Rows * info.OutputLength];
        var errors = new List<TensorError>();

        model.Predict(inputs, outputs);
        CompareOutputs("Predict", outputs);
        errors.AddRange(RowByRow(plan, model, timeMajor));

        ModelWorkspace<float> workspace = model.CreateWorkspace();
        outputs.AsSpan().Fill(float.NaN);
        model.Forward(inputs, outputs, null, workspace, training: false);
        CompareOutputs("Forward", outputs);
        if (plan.Upstream.Count == 0)
            return errors;

        bool hasInputGradient = plan.InputGradients.Any(g => g is not null);
        var inputGradients = new float[hasInputGradient ? plan.Rows * info.InputLength : 0];
        inputGradients.AsSpan().Fill(float.NaN);
        model.Backward(Packing.Pack(info.Outputs, plan.Upstream, timeMajor), inputGradients, workspace);
        errors.AddRange(Compare(TensorRole.WeightGradient, "", workspace.GetGradients(), plan.WeightGradients));
        if (!hasInputGradient)
            return errors;
        Tensor[] ours = Packing.Unpack(info.Inputs, inputGradients, plan.Rows, timeMajor);
        errors.AddRange(plan.InputGradients.Zip(ours)
            .Where(pair => pair.First is not null)
            .Select(pair => TensorError.Of(TensorRole.InputGradient, pair.First!.Path, pair.Second.Values, pair.First.Values)));
        return errors;

        void CompareOutputs(string how, float[] packed) => errors.AddRange(Compare(
            TensorRole.Output, how + ": ", Packing.Unpack(info.Outputs, packed, plan.Rows, timeMajor).Select(t => t.Values).ToArray(), plan.Outputs));
    }

    private static IEnumerable<TensorError> RowByRow(PassPlan plan, IModel<float> model, bool timeMajor)
    {
        ModelInfo info = model.GetInfo();
        List<float>[] collected = plan.Outputs.Select(_ => new List<float>()).ToArray();
        var output = new float[info.OutputLength];
        for (int row = 0; row < plan.Rows; row++)
        {
            model.Predict(Packing.Pack(info.Inputs, plan.Inputs.Select(t => t.Slice(row, 1)).ToArray(), timeMajor), output);
            Tensor[] items = Packing.Unpack(info.Outputs, output, 1, timeMajor);
            for (int i = 0; i < items.Length; i++)
                collected[i].AddRange(items[i].Values);
        }

        return Compare(TensorRole.Output, "row by row: ", collected.Select(v => v.ToArray()).ToArray(), plan.Outputs);
    }

    private static IEnumerable<TensorError> Compare(TensorRole role, string prefix, float[][] ours, IReadOnlyList<Tensor> reference)
    {
        if (ours.Length != reference.Count)
            throw new InvalidOperationException($"{prefix}{ours.Length} tensors; the reference has {reference.Count}.");
        return ours.Zip(reference, (a, b) => TensorError.Of(role, prefix + b.Path, a, b.Values));
    }
}
