using System;
using System.Numerics;

namespace GenRnn.Interpreter;

/// <summary>
/// Rule 4 of the numeric contract: element j goes to lane j mod 16, each lane starts from +0 and runs over ascending j;
/// then s[i] += s[i + 8], s[i + 4], s[i + 2], s[i + 1].
/// </summary>
internal static class LaneTree
{
    public const int Lanes = 16;

    /// <summary>Folds 16 partial sums, leaving the sum in the first; the others are overwritten.</summary>
    public static T Fold<T>(Span<T> lanes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int half = Lanes / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
                lanes[i] += lanes[i + half];
        }

        return lanes[0];
    }

    public static T Sum<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> lanes = stackalloc T[Lanes];
        lanes.Clear();
        for (int j = 0; j < values.Length; j++)
            lanes[j % Lanes] += values[j];
        return Fold(lanes);
    }

    /// <summary>The largest value, NaN if there is one. Of two zeros the later one.</summary>
    public static T Max<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T largest = values[0];
        for (int j = 1; j < values.Length; j++)
            largest = largest > values[j] || T.IsNaN(largest) ? largest : values[j];
        return largest;
    }
}
