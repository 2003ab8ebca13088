using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using GenRnn.EndToEnd.Tests.Declaring;
using GenRnn.EndToEnd.Tests.Reading;

namespace GenRnn.EndToEnd.Tests.Running;

/// <summary>Predict in one call and row by row, Forward and Backward, each compared with the reference.</summary>
internal static class PassRunner
{
    public static List<TensorError> Run<T>(PassPlan plan, IModel<T> model, bool timeMajor)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ModelInfo info = model.Info;
        model.SetWeights(plan.Weights.Select(w => w.ValuesAs<T>()).ToArray());
        T[] inputs = Packing.Pack<T>(info.Inputs, plan.Inputs, timeMajor);
        var outputs = new T[plan.Rows * info.OutputLength];
        var errors = new List<TensorError>();

        model.Predict(inputs, outputs);
        CompareOutputs("Predict", outputs);
        errors.AddRange(RowByRow(plan, model, timeMajor));

        ModelWorkspace<T> workspace = model.CreateWorkspace();
        outputs.AsSpan().Fill(T.NaN);
        model.Forward(inputs, outputs, null, workspace, training: false);
        CompareOutputs("Forward", outputs);
        if (plan.Upstream.Count == 0)
            return errors;

        bool hasInputGradient = plan.InputGradients.Any(g => g is not null);
        var inputGradients = new T[hasInputGradient ? plan.Rows * info.InputLength : 0];
        inputGradients.AsSpan().Fill(T.NaN);
        model.Backward(Packing.Pack<T>(info.Outputs, plan.Upstream, timeMajor), inputGradients, workspace);
        errors.AddRange(Compare<T>(TensorRole.WeightGradient, "", [.. workspace.GetGradients().Select(g => Tensor.Rounded<T>(g))], plan.WeightGradients));
        if (!hasInputGradient)
            return errors;
        Tensor[] ours = Packing.Unpack<T>(info.Inputs, inputGradients, plan.Rows, timeMajor);
        for (int i = 0; i < ours.Length; i++)
        {
            if (plan.InputGradients[i] is { } reference)
                errors.Add(TensorError.Of(RoleOf(plan, info.Inputs[i]), reference.Path, ours[i].Values, reference.Values, TensorError.GateOf<T>()));
        }

        return errors;

        void CompareOutputs(string how, T[] packed) => errors.AddRange(Compare<T>(
            TensorRole.Output, how + ": ", Packing.Unpack<T>(info.Outputs, packed, plan.Rows, timeMajor).Select(t => t.Values).ToArray(), plan.Outputs));
    }

    // A class's members are in another case than what it declares.
    private static TensorRole RoleOf(PassPlan plan, TensorInfo input) =>
        plan.Declaration.Branches.Any(b => b.StateInputs.Any(s => s.Name.Equals(input.Name, StringComparison.OrdinalIgnoreCase))) ? TensorRole.StateGradient : TensorRole.InputGradient;

    private static IEnumerable<TensorError> RowByRow<T>(PassPlan plan, IModel<T> model, bool timeMajor)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ModelInfo info = model.Info;
        List<float>[] collected = plan.Outputs.Select(_ => new List<float>()).ToArray();
        var output = new T[info.OutputLength];
        for (int row = 0; row < plan.Rows; row++)
        {
            model.Predict(Packing.Pack<T>(info.Inputs, plan.Inputs.Select(t => t.Slice(row, 1)).ToArray(), timeMajor), output);
            Tensor[] items = Packing.Unpack<T>(info.Outputs, output, 1, timeMajor);
            for (int i = 0; i < items.Length; i++)
                collected[i].AddRange(items[i].Values);
        }

        return Compare<T>(TensorRole.Output, "row by row: ", collected.Select(v => v.ToArray()).ToArray(), plan.Outputs);
    }

    private static IEnumerable<TensorError> Compare<T>(TensorRole role, string prefix, float[][] ours, IReadOnlyList<Tensor> reference)
    {
        if (ours.Length != reference.Count)
            throw new InvalidOperationException($"{prefix}{ours.Length} tensors; the reference has {reference.Count}.");
        return ours.Zip(reference, (a, b) => TensorError.Of(role, prefix + b.Path, a, b.Values, TensorError.GateOf<T>()));
    }
}
