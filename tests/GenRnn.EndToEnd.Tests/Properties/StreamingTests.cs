using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.EndToEnd.Tests.Declaring;
using GenRnn.EndToEnd.Tests.Reading;
using GenRnn.EndToEnd.Tests.Running;
using GenRnn.Fingerprint;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>Step over a sequence is Forward over the sequence, bit for bit.</summary>
public sealed class StreamingTests
{
    public static IEnumerable<object[]> Models() => PropertyModels.StreamingNames();

    public static IEnumerable<object[]> OtherModels() => PropertyModels.All.Where(m => !m.Streams).Select(m => new object[] { m.Name });

    [Theory]
    [MemberData(nameof(Models))]
    public void OneRowEqualsForward(string name)
    {
        foreach (Variant variant in PropertyModels.Variants.Where(v => !v.IsDouble))
            Check(name, variant, rows: 1);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void ABatchEqualsForward(string name)
    {
        foreach (Variant variant in PropertyModels.Variants.Where(v => !v.IsDouble))
            Check(name, variant, variant.Batch);
    }

    /// <summary>The state says how many rows a step has; what it carries is as it was.</summary>
    [Fact]
    public void AStepOfOtherRowsThanItsStateIsRefused()
    {
        IModel<float> model = PropertyModels.Create("SequenceHead", new Variant(5));
        var stepper = (IStreamingModel<float>)model;
        ModelState<float> state = model.CreateState(5);
        var random = new RandomValues(5);
        float[] first = random.Next<float>(25), next = random.Next<float>(25);
        float[] expected = new float[15], found = new float[15];
        ModelState<float> untouched = model.CreateState(5);
        stepper.Step(first, expected, untouched);
        stepper.Step(next, expected, untouched);

        stepper.Step(first, found, state);
        ArgumentException input = Assert.Throws<ArgumentException>(() => stepper.Step(next.AsSpan(0, 5), found, state));
        ArgumentException output = Assert.Throws<ArgumentException>(() => stepper.Step(next, found.AsSpan(0, 3), state));
        Assert.Contains("Found 5 values; expected 25: the state was made for 5 rows, each of 5.", input.Message, StringComparison.Ordinal);
        Assert.Contains("Found 3 values; expected 15: the state was made for 5 rows, each of 3.", output.Message, StringComparison.Ordinal);

        stepper.Step(next, found, state);
        Bits.AssertEqual<float>(expected, found, "the step after those that were refused");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void StepsContinueWhatPredictLeft(string name)
    {
        var variant = new Variant(2);
        IModel<float> model = PropertyModels.Create(name, variant);
        ModelInfo info = model.Info;
        var random = new RandomValues(5);
        float[] first = random.Next<float>(info.InputLength), next = random.Next<float>(info.Inputs[0].Features);
        int width = info.Outputs.Sum(o => o.Features);

        ModelState<float> predicted = model.CreateState(1), stepped = model.CreateState(1);
        model.Predict(first, new float[info.OutputLength], predicted);
        foreach (float[] sample in first.Chunk(next.Length))
            ((IStreamingModel<float>)model).Step(sample, new float[width], stepped);
        float[] afterPredict = new float[width], afterSteps = new float[width];
        ((IStreamingModel<float>)model).Step(next, afterPredict, predicted);
        ((IStreamingModel<float>)model).Step(next, afterSteps, stepped);

        Bits.AssertEqual<float>(afterSteps, afterPredict, name);
    }

    [Theory]
    [MemberData(nameof(OtherModels))]
    public void OtherModelsHaveNoStep(string name) =>
        Assert.False(PropertyModels.Create(name, new Variant(2)) is IStreamingModel<float>);

    private static void Check(string name, Variant variant, int rows)
    {
        IModel<float> model = PropertyModels.Create(name, variant);
        ModelInfo info = model.Info;
        TensorInfo input = info.Inputs[0];
        var x = new Tensor([rows, input.TimeSteps, input.Features], new RandomValues(3).Next<float>(rows * input.Length));
        float[] packed = Packing.Pack<float>(info.Inputs, [x], variant.IsTimeMajor);
        var outputs = new float[rows * info.OutputLength];
        model.Forward(packed, outputs, null, model.CreateWorkspace(), training: false);
        Tensor[] expected = Packing.Unpack(info.Outputs, outputs, rows, variant.IsTimeMajor);

        var stepper = (IStreamingModel<float>)model;
        ModelState<float> state = model.CreateState(rows);
        Tensor byTime = x.SwapFirstAxes();
        var stepOutputs = new float[rows * info.Outputs.Sum(o => o.Features)];
        for (int t = 0; t < input.TimeSteps; t++)
        {
            stepper.Step(byTime.At(t).Values, stepOutputs, state);
            int offset = 0;
            for (int i = 0; i < expected.Length; i++)
            {
                ReadOnlySpan<float> step = stepOutputs.AsSpan(offset, rows * info.Outputs[i].Features);
                offset += step.Length;
                // What has no time axis is what the sequence would give if it ended here: known at its end.
                if (info.Outputs[i].TimeSteps > 0)
                    Bits.AssertEqual(expected[i].SwapFirstAxes().At(t).Values, step, $"{name} {variant.ClassName}, {rows} rows, output {i}, step {t}");
                else if (t == input.TimeSteps - 1)
                    Bits.AssertEqual(expected[i].Values, step, $"{name} {variant.ClassName}, {rows} rows, output {i}");
            }
        }
    }
}
