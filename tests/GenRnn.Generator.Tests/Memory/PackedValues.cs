using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace GenRnn.Generator.Tests.Memory;

/// <summary>Random values of packed spans: item after item, each rows x its length, batch-major as the interpreter has them, or in a model's own layout.</summary>
internal static class PackedValues
{
    /// <summary>Inputs of so many rows: ids below their number, lengths from 1 to the time steps, and numbers in [-0.5, 0.5).</summary>
    public static T[] Inputs<T>(ModelInfo info, int rows, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] inputs = Numbers<T>(rows * info.InputLength, random);
        int index = 0;
        for (int i = 0; i < info.Inputs.Count; i++)
        {
            TensorInfo input = info.Inputs[i];
            for (int end = index + rows * input.Length; index < end; index++)
            {
                if (input.IsLengths)
                    inputs[index] = T.CreateChecked(1 + random.Next(info.Inputs[i - 1].TimeSteps));
                else if (input.Vocabulary > 0)
                    inputs[index] = T.Floor((inputs[index] + T.CreateChecked(0.5)) * T.CreateChecked(input.Vocabulary));
            }
        }

        return inputs;
    }

    /// <summary>Numbers in [-0.5, 0.5).</summary>
    public static T[] Numbers<T>(int count, Random random)
        where T : unmanaged, IFloatingPointIeee754<T> => [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(random.NextSingle() - 0.5f))];

    /// <summary>The first rows of batch-major values.</summary>
    public static T[] FirstRows<T>(IReadOnlyList<TensorInfo> items, T[] values, int rows)
    {
        int all = values.Length / items.Sum(i => i.Length), start = 0;
        var first = new List<T>();
        foreach (TensorInfo item in items)
        {
            first.AddRange(values.AsSpan(start, rows * item.Length));
            start += all * item.Length;
        }

        return [.. first];
    }

    /// <summary>Batch-major values in the model's layout, or back.</summary>
    public static T[] Turn<T>(ModelInfo info, IReadOnlyList<TensorInfo> items, T[] values, int rows, bool back)
    {
        T[] turned = (T[])values.Clone();
        int start = 0;
        foreach (TensorInfo item in items)
        {
            for (int row = 0; row < rows && info.Layout == DataLayout.TimeMajor && item.TimeSteps > 0; row++)
            {
                for (int step = 0; step < item.TimeSteps; step++)
                {
                    int batchMajor = start + (row * item.TimeSteps + step) * item.Features;
                    int timeMajor = start + (step * rows + row) * item.Features;
                    Array.Copy(values, back ? timeMajor : batchMajor, turned, back ? batchMajor : timeMajor, item.Features);
                }
            }

            start += rows * item.Length;
        }

        return turned;
    }
}
