using System;
using GenRnn.Compiler.Ir;

namespace GenRnn.Interpreter;

/// <summary>
/// Rule 4 of the numeric contract: element j goes to lane j mod 16, each lane starts from +0 and runs over ascending j;
/// then s[i] += s[i + 8], s[i + 4], s[i + 2], s[i + 1].
/// </summary>
internal static class LaneTree
{
    public const int Lanes = 16;

    /// <summary>Folds 16 partial sums, or what is left of them, leaving the sum in the first; the others are overwritten.</summary>
    public static T Fold<T, TNumbers>(Span<T> lanes)
        where T : unmanaged
        where TNumbers : struct, INumbers<T>
    {
        for (int half = lanes.Length / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
                lanes[i] = default(TNumbers).Binary(OpCode.Add, lanes[i], lanes[i + half]);
        }

        return lanes[0];
    }

    public static T Sum<T, TNumbers>(ReadOnlySpan<T> values)
        where T : unmanaged
        where TNumbers : struct, INumbers<T>
    {
        Span<T> lanes = stackalloc T[Lanes];
        lanes.Clear();
        for (int j = 0; j < values.Length; j++)
            lanes[j % Lanes] = default(TNumbers).Binary(OpCode.Add, lanes[j % Lanes], values[j]);
        return Fold<T, TNumbers>(lanes);
    }

    /// <summary>The largest value, NaN if there is one. Of two zeros the later one.</summary>
    public static T Max<T, TNumbers>(ReadOnlySpan<T> values)
        where T : unmanaged
        where TNumbers : struct, INumbers<T>
    {
        T largest = values[0];
        for (int j = 1; j < values.Length; j++)
            largest = default(TNumbers).Binary(OpCode.LaneMax, largest, values[j]);
        return largest;
    }
}
