using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using GenRnn.EndToEnd.Tests.Declaring;
using GenRnn.Fingerprint;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>What a state carries: the whole past, row by row, through bytes and copies.</summary>
public sealed class StateTests
{
    public static IEnumerable<object[]> Models() => PropertyModels.StreamingNames();

    [Theory]
    [MemberData(nameof(Models))]
    public void AStateSurvivesBytesAndCopies(string name)
    {
        var variant = new Variant(5);
        IModel<float> model = PropertyModels.Create(name, variant);
        ModelInfo info = model.Info;
        var random = new RandomValues(41);
        float[] past = random.Next<float>(5 * info.InputLength), next = random.Next<float>(5 * info.InputLength);
        ModelState<float> state = model.CreateState(5), read = model.CreateState(5), copy = model.CreateState(5);
        model.Predict(past, new float[5 * info.OutputLength], state);
        var bytes = new byte[state.ByteCount];
        state.Write(bytes);
        read.Read(bytes);
        state.CopyTo(copy);

        float[] expected = Predict(state);
        Bits.AssertEqual<float>(expected, Predict(read), "read");
        Bits.AssertEqual<float>(expected, Predict(copy), "copied");
        copy.Reset();
        Bits.AssertEqual<float>(Predict(model.CreateState(5)), Predict(copy), "reset");
        if (info.Inputs[0].TimeSteps < 50)
            Assert.NotEqual(expected, Predict(model.CreateState(5)));

        float[] Predict(ModelState<float> from)
        {
            var y = new float[5 * info.OutputLength];
            model.Predict(next, y, from);
            return y;
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void OneRowStartsAnewAndTheOthersGoOn(string name)
    {
        IModel<float> model = PropertyModels.Create(name, new Variant(5));
        ModelInfo info = model.Info;
        var random = new RandomValues(43);
        float[] past = random.Next<float>(5 * info.InputLength), next = random.Next<float>(5 * info.InputLength);
        ModelState<float> state = model.CreateState(5), alone = model.CreateState(1);
        model.Predict(past, new float[5 * info.OutputLength], state);
        float[] expected = OutputsFrom(state), fresh = new float[info.OutputLength];
        model.Predict(past, new float[5 * info.OutputLength], state = model.CreateState(5));
        state.Reset(3);
        float[] actual = OutputsFrom(state);
        model.Predict(next.AsSpan(3 * info.InputLength, info.InputLength), fresh, alone);
        int offset = 0, offsetAlone = 0;
        foreach (TensorInfo item in info.Outputs)
        {
            for (int row = 0; row < 5; row++)
            {
                Bits.AssertEqual<float>(
                    row == 3 ? fresh.AsSpan(offsetAlone, item.Length) : expected.AsSpan(offset + row * item.Length, item.Length),
                    actual.AsSpan(offset + row * item.Length, item.Length),
                    $"{name}, {item.Name}, row {row}");
            }

            offset += 5 * item.Length;
            offsetAlone += item.Length;
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => state.Reset(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => state.Reset(-1));

        float[] OutputsFrom(ModelState<float> from)
        {
            var y = new float[5 * info.OutputLength];
            model.Predict(next, y, from);
            return y;
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void RowsOfAStateAreApart(string name)
    {
        var variant = new Variant(5);
        IModel<float> model = PropertyModels.Create(name, variant);
        ModelInfo info = model.Info;
        Assert.Single(info.Inputs);
        float[] x = new RandomValues(42).Next<float>(10 * info.InputLength);
        int half = 5 * info.InputLength;
        ModelState<float> together = model.CreateState(5);
        var outputs = new float[5 * info.OutputLength];
        model.Predict(x.AsSpan(0, half), outputs, together);
        model.Predict(x.AsSpan(half), outputs, together);

        for (int row = 0; row < 5; row++)
        {
            ModelState<float> alone = model.CreateState(1);
            var y = new float[info.OutputLength];
            model.Predict(x.AsSpan(row * info.InputLength, info.InputLength), y, alone);
            model.Predict(x.AsSpan(half + row * info.InputLength, info.InputLength), y, alone);
            // Packed item after item: gather this row of each.
            var expected = new List<float>();
            int offset = 0;
            foreach (TensorInfo item in info.Outputs)
            {
                expected.AddRange(outputs.AsSpan(offset + row * item.Length, item.Length));
                offset += 5 * item.Length;
            }

            Bits.AssertEqual<float>(expected.ToArray(), y, $"{name}, row {row}");
        }
    }

    [Fact]
    public void BytesOfAnotherModelAreRefused()
    {
        ModelState<float> state = PropertyModels.Create("Forecaster", new Variant(5)).CreateState(5);
        ModelState<float> other = PropertyModels.Create("Wide", new Variant(5)).CreateState(5);
        var bytes = new byte[other.ByteCount];
        other.Write(bytes);
        var before = new byte[state.ByteCount];
        state.Write(before);

        Assert.Throws<InvalidDataException>(() => state.Read(bytes));
        Assert.Throws<InvalidDataException>(() => state.Read(before.AsSpan(0, before.Length - 1)));

        var after = new byte[state.ByteCount];
        state.Write(after);
        Assert.Equal(before, after);
    }
}
