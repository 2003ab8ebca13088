using System;
using System.Collections.Generic;
using System.Numerics;
using GenRnn.EndToEnd.Tests.Reading;

namespace GenRnn.EndToEnd.Tests.Running;

/// <summary>Tensors with rows first, to and from a model's packed buffers: item after item, sequences in the model's layout.</summary>
internal static class Packing
{
    public static T[] Pack<T>(IReadOnlyList<TensorInfo> items, IReadOnlyList<Tensor> tensors, bool timeMajor)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (items.Count != tensors.Count)
            throw new InvalidOperationException($"The model has {items.Count} items; the case has {tensors.Count}.");
        var packed = new List<T>();
        for (int i = 0; i < items.Count; i++)
        {
            Tensor tensor = tensors[i];
            if (tensor.Values.Length != tensor.Shape[0] * items[i].Length)
                throw new InvalidOperationException($"{items[i]} does not hold a row of [{string.Join(", ", tensor.Shape)}].");
            packed.AddRange((timeMajor && items[i].TimeSteps > 0 ? tensor.SwapFirstAxes() : tensor).ValuesAs<T>());
        }

        return packed.ToArray();
    }

    public static Tensor[] Unpack<T>(IReadOnlyList<TensorInfo> items, ReadOnlySpan<T> packed, int rows, bool timeMajor)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var tensors = new Tensor[items.Count];
        for (int i = 0; i < items.Count; i++)
        {
            TensorInfo item = items[i];
            float[] values = Tensor.Rounded(packed[..(rows * item.Length)]);
            packed = packed[values.Length..];
            bool swap = timeMajor && item.TimeSteps > 0;
            var tensor = new Tensor(
                item.TimeSteps == 0 ? [rows, item.Features] : swap ? [item.TimeSteps, rows, item.Features] : [rows, item.TimeSteps, item.Features], values);
            tensors[i] = swap ? tensor.SwapFirstAxes() : tensor;
        }

        if (packed.Length > 0)
            throw new InvalidOperationException($"{packed.Length} values are left over.");
        return tensors;
    }
}
