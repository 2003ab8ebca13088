using System;
using GenRnn.Compiler.Ir;

namespace GenRnn.Interpreter;

/// <summary>Rule 5 of the numeric contract: a parameter's gradient as a sum over steps (last step first) and rows.</summary>
internal static class GradientSum<T, TNumbers>
    where T : unmanaged
    where TNumbers : struct, INumbers<T>
{
    private const int RowsAndStepsOfAChunk = 256;

    /// <summary>Adds to <paramref name="gradients"/>, the dense buffer of all parameters.</summary>
    public static void Add(ParameterGradient gradient, Tensors<T> tensors, GradientOrder order, T[] gradients)
    {
        T[] sum = Sum(gradient, tensors, order);
        ParameterView target = gradient.Target;
        for (int i = 0; i < target.Rows; i++)
        {
            for (int j = 0; j < target.Columns; j++)
                Add(ref gradients[target.Parameter.Offset + target.Offset + i * target.RowStride + j * target.ColumnStride], sum[i * target.Columns + j]);
        }
    }

    /// <summary>The sum alone, [rows, columns] of its target.</summary>
    public static T[] Sum(ParameterGradient gradient, Tensors<T> tensors, GradientOrder order) => gradient.IsScatter ? SumInRows(gradient, tensors)
        : order.RowsInLanes ? SumInLanes(gradient, tensors)
        : SumInChunks(gradient, tensors, Math.Max(1, RowsAndStepsOfAChunk / order.Batch));

    // What all rows share was summed over them before.
    private static int RowsOf(ParameterGradient gradient, Tensors<T> tensors) => gradient.Right.IsShared ? 1 : tensors.Rows;

    // A table: each element is one chain over the steps (last first) and rows whose id names its row.
    private static T[] SumInRows(ParameterGradient gradient, Tensors<T> tensors)
    {
        T[] sum = new T[gradient.Target.Rows * gradient.Target.Columns];
        for (int step = gradient.Steps - 1; step >= 0; step--)
        {
            for (int row = 0; row < tensors.Rows; row++)
            {
                T id = tensors.At(gradient.Left!, gradient.LeftAccess, row, step, gradient.Steps)[0];
                Span<T> right = tensors.At(gradient.Right, gradient.Right.IsVector ? TimeAccess.Whole : TimeAccess.Same, row, step, gradient.Steps);
                for (int j = 0; j < right.Length; j++)
                {
                    ref T entry = ref sum[default(TNumbers).Truncate(id) * right.Length + j];
                    entry = default(TNumbers).Binary(OpCode.Add, default(TNumbers).Entry(entry, id), right[j]);
                }
            }
        }

        return sum;
    }

    // Each chunk is a chain of its own from +0; the chunks are added in order.
    private static T[] SumInChunks(ParameterGradient gradient, Tensors<T> tensors, int stepsOfAChunk)
    {
        T[]? total = null;
        for (int last = gradient.Steps - 1; last >= 0; last -= stepsOfAChunk)
        {
            T[] chunk = new T[gradient.Target.Rows * gradient.Target.Columns];
            for (int step = last; step > last - stepsOfAChunk && step >= 0; step--)
            {
                for (int row = 0; row < RowsOf(gradient, tensors); row++)
                    Accumulate(gradient, tensors, row, step, chunk);
            }

            if (total is null)
                total = chunk;
            else
                AddInPlace(total, chunk);
        }

        return total!;
    }

    // Row r goes to lane r mod 16, one chain a lane; then rule 4's tree.
    private static T[] SumInLanes(ParameterGradient gradient, Tensors<T> tensors)
    {
        T[][] lanes = new T[LaneTree.Lanes][];
        for (int lane = 0; lane < LaneTree.Lanes; lane++)
        {
            lanes[lane] = new T[gradient.Target.Rows * gradient.Target.Columns];
            for (int step = gradient.Steps - 1; step >= 0; step--)
            {
                for (int row = lane; row < RowsOf(gradient, tensors); row += LaneTree.Lanes)
                    Accumulate(gradient, tensors, row, step, lanes[lane]);
            }
        }

        for (int half = LaneTree.Lanes / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
                AddInPlace(lanes[i], lanes[i + half]);
        }

        return lanes[0];
    }

    /// <summary>One link: sum[i, j] = left[i] right[j] + sum[i, j], or without left sum[j] + right[j].</summary>
    private static void Accumulate(ParameterGradient gradient, Tensors<T> tensors, int row, int step, T[] sum)
    {
        TNumbers numbers = default;
        Span<T> right = tensors.At(gradient.Right, gradient.Right.IsVector ? TimeAccess.Whole : TimeAccess.Same, row, step, gradient.Steps);
        if (gradient.Left is null)
        {
            for (int j = 0; j < right.Length; j++)
                Add(ref sum[j], right[j]);
            return;
        }

        Span<T> left = tensors.At(gradient.Left, gradient.LeftAccess, row, step, gradient.Steps);
        for (int i = 0; i < left.Length; i++)
        {
            for (int j = 0; j < right.Length; j++)
            {
                ref T link = ref sum[i * right.Length + j];
                link = numbers.MultiplyAdd(left[i], right[j], link);
            }
        }
    }

    private static void AddInPlace(T[] sum, T[] values)
    {
        for (int i = 0; i < sum.Length; i++)
            Add(ref sum[i], values[i]);
    }

    private static void Add(ref T sum, T value) => sum = default(TNumbers).Binary(OpCode.Add, sum, value);
}
