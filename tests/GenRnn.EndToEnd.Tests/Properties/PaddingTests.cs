using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.EndToEnd.Tests.Declaring;
using GenRnn.Fingerprint;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>Rows that pad a partial batch weigh nothing, whatever stood in the workspace before.</summary>
public sealed class PaddingTests
{
    public static IEnumerable<object[]> Models() => PropertyModels.Names();

    /// <summary>Models that give equal rows equal outputs: no masks are drawn.</summary>
    public static IEnumerable<object[]> EqualRows() => PropertyModels.All.Where(m => !m.IsRandom).Select(m => new object[] { m.Name });

    [Theory]
    [MemberData(nameof(Models))]
    public void WhatAnEarlierPassLeftIsNotSeen(string name)
    {
        foreach (int batch in new[] { 5, 32 })
        {
            IModel<float> model = PropertyModels.Create(name, new Variant(batch));
            ModelInfo info = model.Info;
            var random = new RandomValues(21);
            float[] x = random.Next<float>(3 * info.InputLength), upstream = random.Next<float>(3 * info.OutputLength);

            (float[] outputs, float[] gradients, float[] inputGradients) = Pass(model, x, upstream, model.CreateWorkspace());
            ModelWorkspace<float> used = model.CreateWorkspace();
            float[] poison = Enumerable.Repeat(float.NaN, batch * info.InputLength).ToArray();
            Pass(model, poison, Enumerable.Repeat(float.NaN, batch * info.OutputLength).ToArray(), used);
            (float[] outputs2, float[] gradients2, float[] inputGradients2) = Pass(model, x, upstream, used);

            Bits.AssertEqual<float>(outputs, outputs2, $"{name}, batch {batch}, outputs");
            Bits.AssertEqual<float>(gradients, gradients2, $"{name}, batch {batch}, gradients");
            Bits.AssertEqual<float>(inputGradients, inputGradients2, $"{name}, batch {batch}, input gradients");
        }
    }

    [Theory]
    [MemberData(nameof(EqualRows))]
    public void GradientsOfAPartialBatchAreThoseOfItsRows(string name)
    {
        IModel<float> model = PropertyModels.Create(name, new Variant(32));
        ModelInfo info = model.Info;
        var random = new RandomValues(22);
        float[] x = random.Next<float>(info.InputLength), upstream = random.Next<float>(info.OutputLength);

        (_, float[] one, _) = Pass(model, x, upstream, model.CreateWorkspace());
        // The same row three times: three times the gradient, if no other row counts.
        (_, float[] three, _) = Pass(model, Thrice(info.Inputs, x), Thrice(info.Outputs, upstream), model.CreateWorkspace());

        double scale = one.Max(Math.Abs);
        Assert.True(scale > 0);
        for (int i = 0; i < one.Length; i++)
            Assert.True(Math.Abs(three[i] - 3 * one[i]) <= 3e-6 * scale, $"{name}: gradient {i} is {three[i]} for three rows, {one[i]} for one.");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void AnEmptyInputGradientChangesNoOther(string name)
    {
        foreach (int batch in new[] { 5, 32 })
        {
            IModel<float> model = PropertyModels.Create(name, new Variant(batch));
            ModelInfo info = model.Info;
            var random = new RandomValues(23);
            float[] x = random.Next<float>(batch * info.InputLength), upstream = random.Next<float>(batch * info.OutputLength);
            ModelWorkspace<float> workspace = model.CreateWorkspace();

            (_, float[] with, _) = Pass(model, x, upstream, workspace);
            workspace.TrainingCalls = 0;
            model.Forward(x, new float[upstream.Length], null, workspace, training: true);
            model.Backward(upstream, default, workspace);

            Bits.AssertEqual<float>(with, workspace.Gradients, $"{name}, batch {batch}");
        }
    }

    private static (float[] Outputs, float[] Gradients, float[] InputGradients) Pass(
        IModel<float> model, float[] x, float[] upstream, ModelWorkspace<float> workspace)
    {
        var outputs = new float[upstream.Length];
        var inputGradients = new float[x.Length];
        // The same training call each time, so the same masks.
        workspace.TrainingCalls = 0;
        model.Forward(x, outputs, null, workspace, training: true);
        model.Backward(upstream, inputGradients, workspace);
        return (outputs, workspace.Gradients.ToArray(), inputGradients);
    }

    /// <summary>One packed row of every item, three times.</summary>
    private static float[] Thrice(IReadOnlyList<TensorInfo> items, float[] row)
    {
        var packed = new List<float>();
        int offset = 0;
        foreach (TensorInfo item in items)
        {
            for (int copy = 0; copy < 3; copy++)
                packed.AddRange(row.AsSpan(offset, item.Length));
            offset += item.Length;
        }

        return packed.ToArray();
    }
}
