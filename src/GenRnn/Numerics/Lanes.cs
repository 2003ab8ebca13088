using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GenRnn.CompilerServices;

namespace GenRnn;

/// <summary>The fixed 16-lane reductions of <see cref="LaneReduction"/>, generic in the element type.</summary>
/// <remarks>They may read up to 16 elements past the end (without letting them count): spans lie in an <see cref="AlignedBuffer{T}"/>.</remarks>
internal static class Lanes
{
    public static T Sum<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref T origin = ref MemoryMarshal.GetReference(values);
        if (typeof(T) == typeof(float))
            return T.CreateTruncating(LaneReduction.Sum(ref Unsafe.As<T, float>(ref origin), values.Length));
        if (typeof(T) == typeof(double))
            return T.CreateTruncating(LaneReduction.Sum(ref Unsafe.As<T, double>(ref origin), values.Length));
        throw Unsupported<T>();
    }

    /// <summary>The largest value; NaN if one is.</summary>
    public static T Max<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref T origin = ref MemoryMarshal.GetReference(values);
        if (typeof(T) == typeof(float))
            return T.CreateTruncating(LaneReduction.Max(ref Unsafe.As<T, float>(ref origin), values.Length));
        if (typeof(T) == typeof(double))
            return T.CreateTruncating(LaneReduction.Max(ref Unsafe.As<T, double>(ref origin), values.Length));
        throw Unsupported<T>();
    }

    /// <summary>The sum of products, of spans that are equally long.</summary>
    public static T Dot<T>(ReadOnlySpan<T> xs, ReadOnlySpan<T> ys)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref T x = ref MemoryMarshal.GetReference(xs);
        ref T y = ref MemoryMarshal.GetReference(ys[..xs.Length]);
        if (typeof(T) == typeof(float))
            return T.CreateTruncating(LaneReduction.Dot(ref Unsafe.As<T, float>(ref x), ref Unsafe.As<T, float>(ref y), xs.Length));
        if (typeof(T) == typeof(double))
            return T.CreateTruncating(LaneReduction.Dot(ref Unsafe.As<T, double>(ref x), ref Unsafe.As<T, double>(ref y), xs.Length));
        throw Unsupported<T>();
    }

    /// <summary>The L2 norm.</summary>
    public static T Norm<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref T origin = ref MemoryMarshal.GetReference(values);
        if (typeof(T) == typeof(float))
        {
            ref float x = ref Unsafe.As<T, float>(ref origin);
            return T.CreateTruncating(float.Sqrt(LaneReduction.Dot(ref x, ref x, values.Length)));
        }

        if (typeof(T) == typeof(double))
        {
            ref double x = ref Unsafe.As<T, double>(ref origin);
            return T.CreateTruncating(double.Sqrt(LaneReduction.Dot(ref x, ref x, values.Length)));
        }

        throw Unsupported<T>();
    }

    private static NotSupportedException Unsupported<T>() => new($"Models are of float or double, not of {typeof(T).Name}.");
}
