using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.EndToEnd.Tests.Declaring;
using GenRnn.EndToEnd.Tests.Reading;
using GenRnn.EndToEnd.Tests.Running;
using GenRnn.Fingerprint;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>In inference mode a row's values depend on the row alone: not on the call, the batch, the layout or the row's place.</summary>
public sealed class RowInvarianceTests
{
    private const int Rows = 70;

    public static IEnumerable<object[]> Models() => PropertyModels.Names();

    [Theory]
    [MemberData(nameof(Models))]
    public void EveryWayToPredictGivesTheSameBits(string name)
    {
        Tensor[]? first = null;
        foreach (Variant variant in VariantsOf(name))
        {
            IModel<float> model = PropertyModels.Create(name, variant);
            first ??= Predict(model, variant, [Rows]);
            // One call; one row a call; calls that leave remainders and shift rows within a pass.
            foreach (int[] calls in new[] { [Rows], Enumerable.Repeat(1, Rows).ToArray(), new[] { 3, 33, 31, 2, 1 }, [17, 53] })
                AssertSame(first, Predict(model, variant, calls), $"{name} {variant.ClassName} in {calls.Length} calls");
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void ForwardGivesWhatPredictGives(string name)
    {
        foreach (Variant variant in VariantsOf(name))
        {
            IModel<float> model = PropertyModels.Create(name, variant);
            ModelInfo info = model.Info;
            ModelWorkspace<float> workspace = model.CreateWorkspace();
            foreach (int rows in new[] { variant.Batch, 1, Math.Max(1, variant.Batch - 1) })
            {
                float[] x = new RandomValues((ulong)rows).Next<float>(rows * info.InputLength);
                float[] predicted = new float[rows * info.OutputLength], forward = new float[predicted.Length], inTraining = new float[predicted.Length];
                model.Predict(x, predicted);
                model.Forward(x, forward, null, workspace, training: false);
                model.Forward(x, inTraining, null, workspace, training: true);
                Bits.AssertEqual<float>(predicted, forward, $"{name} {variant.ClassName}, {rows} rows");
                if (PropertyModels.Find(name).IsRandom)
                    Assert.NotEqual(predicted, inTraining);
                else
                    Bits.AssertEqual<float>(predicted, inTraining, $"{name} {variant.ClassName}, {rows} rows, training");
            }
        }
    }

    private static IEnumerable<Variant> VariantsOf(string name) =>
        PropertyModels.Variants.Where(v => !v.IsDouble && (!v.IsTimeMajor || PropertyModels.Find(name).Declaration.HasSequences));

    private static Tensor[] Predict(IModel<float> model, Variant variant, int[] calls)
    {
        ModelInfo info = model.Info;
        var random = new RandomValues(11);
        Tensor[] inputs = info.Inputs.Select(i => new Tensor(
            i.TimeSteps > 0 ? [Rows, i.TimeSteps, i.Features] : [Rows, i.Features], random.Next<float>(Rows * i.Length))).ToArray();
        List<float>[] outputs = info.Outputs.Select(_ => new List<float>()).ToArray();
        int row = 0;
        foreach (int count in calls)
        {
            var packed = new float[count * info.OutputLength];
            model.Predict(Packing.Pack<float>(info.Inputs, inputs.Select(t => t.Slice(row, count)).ToArray(), variant.IsTimeMajor), packed);
            Tensor[] items = Packing.Unpack(info.Outputs, packed, count, variant.IsTimeMajor);
            for (int i = 0; i < items.Length; i++)
                outputs[i].AddRange(items[i].Values);
            row += count;
        }

        Assert.Equal(Rows, row);
        return outputs.Select(o => new Tensor([o.Count], o.ToArray())).ToArray();
    }

    private static void AssertSame(Tensor[] expected, Tensor[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Bits.AssertEqual<float>(expected[i].Values, actual[i].Values, $"{what}, output {i}");
    }
}
