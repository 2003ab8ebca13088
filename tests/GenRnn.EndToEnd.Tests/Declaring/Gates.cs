using System.Linq;
using GenRnn.EndToEnd.Tests.Reading;

namespace GenRnn.EndToEnd.Tests.Declaring;

/// <summary>Gates of a fused weight: equal blocks of its last axis.</summary>
internal static class Gates
{
    /// <summary>Block i of the result is block <paramref name="order"/>[i] of the weight.</summary>
    public static Tensor Reorder(Tensor weight, params int[] order)
    {
        int columns = weight.Shape[^1], units = columns / order.Length;
        float[] values = Enumerable.Range(0, weight.Values.Length)
            .Select(i => weight.Values[i / columns * columns + order[i % columns / units] * units + i % units])
            .ToArray();
        return weight with { Values = values };
    }

    /// <summary>Weights side by side along the last axis.</summary>
    public static Tensor Join(Tensor left, Tensor right)
    {
        int a = left.Shape[^1], b = right.Shape[^1], rows = left.Values.Length / a;
        float[] values = Enumerable.Range(0, rows)
            .SelectMany(row => left.Values.Skip(row * a).Take(a).Concat(right.Values.Skip(row * b).Take(b)))
            .ToArray();
        return left with { Shape = [.. left.Shape[..^1], a + b], Values = values };
    }

    /// <summary>Two vectors as the rows of a matrix.</summary>
    public static Tensor Stack(Tensor first, Tensor second) =>
        first with { Shape = [2, first.Shape[0]], Values = [.. first.Values, .. second.Values] };
}
