using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GenRnn;

/// <summary>Tensors whose names are one word with numbers (<c>0</c>, <c>1</c>, …; <c>arr_0</c>, <c>arr_1</c>, …): the order of the model's variables.</summary>
internal static class NumberedTensors
{
    /// <summary>The tensors by their numbers; null if these are no such names.</summary>
    public static IReadOnlyList<StoredTensor>? InOrder(IReadOnlyList<StoredTensor> tensors)
    {
        var numbered = new SortedDictionary<long, StoredTensor>();
        string? word = null;
        foreach (StoredTensor tensor in tensors)
        {
            int start = tensor.Name.Length;
            while (start > 0 && char.IsAsciiDigit(tensor.Name[start - 1]))
                start--;
            if (!long.TryParse(tensor.Name.AsSpan(start), NumberStyles.None, CultureInfo.InvariantCulture, out long number) || !numbered.TryAdd(number, tensor))
                return null;
            if ((word ??= tensor.Name[..start]) != tensor.Name[..start])
                return null;
        }

        return [.. numbered.Values];
    }
}
