using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using GenRnn.CompilerServices;

namespace GenRnn;

/// <summary>The functions of <see cref="VectorMath"/>, generic in the element type, which is float or double; which, the JIT knows.</summary>
internal static class Functions
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Exp<T>(Vector<T> x)
        where T : unmanaged => typeof(T) == typeof(float)
        ? VectorMath.Exp(x.As<T, float>()).As<float, T>()
        : VectorMath.Exp(x.As<T, double>()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Log<T>(Vector<T> x)
        where T : unmanaged => typeof(T) == typeof(float)
        ? VectorMath.Log(x.As<T, float>()).As<float, T>()
        : VectorMath.Log(x.As<T, double>()).As<double, T>();

    /// <summary>The same of one number.</summary>
    public static T Log<T>(T x)
        where T : unmanaged => Log(new Vector<T>(x))[0];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Log1p<T>(Vector<T> x)
        where T : unmanaged => typeof(T) == typeof(float)
        ? VectorMath.Log1p(x.As<T, float>()).As<float, T>()
        : VectorMath.Log1p(x.As<T, double>()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Tanh<T>(Vector<T> x)
        where T : unmanaged => typeof(T) == typeof(float)
        ? VectorMath.Tanh(x.As<T, float>()).As<float, T>()
        : VectorMath.Tanh(x.As<T, double>()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Sigmoid<T>(Vector<T> x)
        where T : unmanaged => typeof(T) == typeof(float)
        ? VectorMath.Sigmoid(x.As<T, float>()).As<float, T>()
        : VectorMath.Sigmoid(x.As<T, double>()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Softplus<T>(Vector<T> x)
        where T : unmanaged => typeof(T) == typeof(float)
        ? VectorMath.Softplus(x.As<T, float>()).As<float, T>()
        : VectorMath.Softplus(x.As<T, double>()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Abs<T>(Vector<T> x)
        where T : unmanaged => typeof(T) == typeof(float)
        ? VectorMath.Abs(x.As<T, float>()).As<float, T>()
        : VectorMath.Abs(x.As<T, double>()).As<double, T>();

    /// <summary>x where it lies between the bounds, else the nearer bound. NaN passes: no comparison with it holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Clip<T>(Vector<T> x, Vector<T> low, Vector<T> high)
        where T : unmanaged =>
        Vector.ConditionalSelect(Vector.GreaterThan(x, high), high, AtLeast(x, low));

    /// <summary>The larger of x and a bound; NaN passes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> AtLeast<T>(Vector<T> x, Vector<T> low)
        where T : unmanaged =>
        Vector.ConditionalSelect(Vector.LessThan(x, low), low, x);

    /// <summary>A value where x lies between the bounds, else 0: what <see cref="Clip"/> lets through of a gradient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Inside<T>(Vector<T> x, Vector<T> low, Vector<T> high, Vector<T> value)
        where T : unmanaged =>
        Vector.ConditionalSelect(Vector.BitwiseOr(Vector.LessThan(x, low), Vector.GreaterThan(x, high)), Vector<T>.Zero, value);

    /// <summary>-1, 0 or 1; NaN passes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Sign<T>(Vector<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // What is neither above nor below zero passes: zero, and NaN.
        Vector<T> notAbove = Vector.ConditionalSelect(Vector.LessThan(x, Vector<T>.Zero), -Vector<T>.One, x);
        return Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<T>.Zero), Vector<T>.One, notAbove);
    }
}
