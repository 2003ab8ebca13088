using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GenRnn.CompilerServices;

/// <summary>
/// Sums, dot products and maxima with one fixed order, so that they have the same bits at every vector width: element j
/// goes to lane j mod 16, each lane runs from its start over ascending j, and the lanes fold as
/// <c>s[i] += s[i+8], s[i+4], s[i+2], s[i+1]</c>.
/// </summary>
/// <remarks>
/// Elements past the count do not influence a result, whatever they hold, but up to 16 of them are read: arguments lie in
/// an <see cref="AlignedBuffer{T}"/>. Nothing is checked: a reference or a count that is wrong reads other memory.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LaneReduction
{
    private const int Lanes = 16;

    /// <summary>Sum of a[j] b[j], each lane a chain of fused multiply-adds from +0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Dot(ref float a, ref float b, int n) => Reduce<float, DotStep>(ref a, ref b, n);

    /// <inheritdoc cref="Dot(ref float, ref float, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ref double a, ref double b, int n) => Reduce<double, DotStep>(ref a, ref b, n);

    /// <summary>Sum of a[j], each lane from +0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Sum(ref float a, int n) => Reduce<float, SumStep>(ref a, ref a, n);

    /// <inheritdoc cref="Sum(ref float, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Sum(ref double a, int n) => Reduce<double, SumStep>(ref a, ref a, n);

    /// <summary>The largest a[j], NaN if one is; each lane from -infinity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Max(ref float a, int n) => Reduce<float, MaxStep>(ref a, ref a, n);

    /// <inheritdoc cref="Max(ref float, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Max(ref double a, int n) => Reduce<double, MaxStep>(ref a, ref a, n);

    /// <summary>Folds the lanes of one vector in halves: the end of the tree, where whole vectors were folded already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Fold(Vector<float> lanes) => FoldLanes<float, SumStep>(lanes);

    /// <inheritdoc cref="Fold(Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Fold(Vector<double> lanes) => FoldLanes<double, SumStep>(lanes);

    /// <summary>The 16 lanes are one to eight vectors; which, the JIT knows, and the others vanish.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Reduce<T, TStep>(ref T a, ref T b, int n)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TStep : struct, IStep
    {
        // Not in a local: the JIT drops a branch on a constant before it inlines what stands there, and its budget would not last for the dead ones.
        Vector<T> s0 = TStep.Start<T>();
        Vector<T> s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
        int full = n & -Lanes;
        for (int j = 0; j < full; j += Lanes)
        {
            s0 = Step<T, TStep>(ref a, ref b, j, s0);
            if (Vector<T>.Count <= 8)
                s1 = Step<T, TStep>(ref a, ref b, j + Vector<T>.Count, s1);
            if (Vector<T>.Count <= 4)
            {
                s2 = Step<T, TStep>(ref a, ref b, j + 2 * Vector<T>.Count, s2);
                s3 = Step<T, TStep>(ref a, ref b, j + 3 * Vector<T>.Count, s3);
            }

            if (Vector<T>.Count <= 2)
            {
                s4 = Step<T, TStep>(ref a, ref b, j + 4 * Vector<T>.Count, s4);
                s5 = Step<T, TStep>(ref a, ref b, j + 5 * Vector<T>.Count, s5);
                s6 = Step<T, TStep>(ref a, ref b, j + 6 * Vector<T>.Count, s6);
                s7 = Step<T, TStep>(ref a, ref b, j + 7 * Vector<T>.Count, s7);
            }
        }

        if (full != n)
        {
            s0 = Tail<T, TStep>(ref a, ref b, full, n, s0);
            if (Vector<T>.Count <= 8)
                s1 = Tail<T, TStep>(ref a, ref b, full + Vector<T>.Count, n, s1);
            if (Vector<T>.Count <= 4)
            {
                s2 = Tail<T, TStep>(ref a, ref b, full + 2 * Vector<T>.Count, n, s2);
                s3 = Tail<T, TStep>(ref a, ref b, full + 3 * Vector<T>.Count, n, s3);
            }

            if (Vector<T>.Count <= 2)
            {
                s4 = Tail<T, TStep>(ref a, ref b, full + 4 * Vector<T>.Count, n, s4);
                s5 = Tail<T, TStep>(ref a, ref b, full + 5 * Vector<T>.Count, n, s5);
                s6 = Tail<T, TStep>(ref a, ref b, full + 6 * Vector<T>.Count, n, s6);
                s7 = Tail<T, TStep>(ref a, ref b, full + 7 * Vector<T>.Count, n, s7);
            }
        }

        // The tree, first over whole vectors, then inside the one that is left.
        if (Vector<T>.Count == 2)
        {
            s0 = TStep.Fold(s0, s4);
            s1 = TStep.Fold(s1, s5);
            s2 = TStep.Fold(s2, s6);
            s3 = TStep.Fold(s3, s7);
        }

        if (Vector<T>.Count <= 4)
        {
            s0 = TStep.Fold(s0, s2);
            s1 = TStep.Fold(s1, s3);
        }

        if (Vector<T>.Count <= 8)
            s0 = TStep.Fold(s0, s1);

        return FoldLanes<T, TStep>(s0);
    }

    // Lanes from the half on are computed and never read again.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T FoldLanes<T, TStep>(Vector<T> s0)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TStep : struct, IStep
    {
        if (Unsafe.SizeOf<Vector<T>>() == 64)
            s0 = TStep.Fold(s0, s0.AsVector512().GetUpper().ToVector512Unsafe().AsVector());
        if (Unsafe.SizeOf<Vector<T>>() >= 32)
            s0 = TStep.Fold(s0, s0.AsVector256().GetUpper().ToVector256Unsafe().AsVector());
        s0 = TStep.Fold(s0, Vector128.Shuffle(s0.AsVector128().AsInt64(), Vector128.Create(1L, 1L)).As<long, T>().AsVector());
        if (Unsafe.SizeOf<T>() == sizeof(float))
            s0 = TStep.Fold(s0, Vector128.Shuffle(s0.AsVector128().AsInt32(), Vector128.Create(1, 1, 1, 1)).As<int, T>().AsVector());
        return s0.ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Step<T, TStep>(ref T a, ref T b, int j, Vector<T> lanes)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TStep : struct, IStep =>
        TStep.Next(Vector.LoadUnsafe(ref a, (nuint)j), Vector.LoadUnsafe(ref b, (nuint)j), lanes);

    /// <summary>A step of which only the lanes before n count. Adding a zero instead would turn a lane of -0 into +0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Tail<T, TStep>(ref T a, ref T b, int j, int n, Vector<T> lanes)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TStep : struct, IStep
    {
        if (j >= n)
            return lanes;
        Vector<T> mask = Vector.LessThan(Vector<T>.Indices, new Vector<T>(T.CreateTruncating(n - j)));
        return Vector.ConditionalSelect(mask, Step<T, TStep>(ref a, ref b, j, lanes), lanes);
    }

    /// <summary>What a reduction does with a lane.</summary>
    private interface IStep
    {
        static abstract Vector<T> Start<T>() where T : unmanaged, IFloatingPointIeee754<T>;

        static abstract Vector<T> Next<T>(Vector<T> a, Vector<T> b, Vector<T> lanes) where T : unmanaged, IFloatingPointIeee754<T>;

        static abstract Vector<T> Fold<T>(Vector<T> x, Vector<T> y) where T : unmanaged, IFloatingPointIeee754<T>;
    }

    private readonly struct DotStep : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<T> Start<T>() where T : unmanaged, IFloatingPointIeee754<T> => Vector<T>.Zero;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<T> Next<T>(Vector<T> a, Vector<T> b, Vector<T> lanes) where T : unmanaged, IFloatingPointIeee754<T> =>
            typeof(T) == typeof(float)
                ? VectorMath.FusedMultiplyAdd(a.As<T, float>(), b.As<T, float>(), lanes.As<T, float>()).As<float, T>()
                : VectorMath.FusedMultiplyAdd(a.As<T, double>(), b.As<T, double>(), lanes.As<T, double>()).As<double, T>();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<T> Fold<T>(Vector<T> x, Vector<T> y) where T : unmanaged, IFloatingPointIeee754<T> => x + y;
    }

    private readonly struct SumStep : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<T> Start<T>() where T : unmanaged, IFloatingPointIeee754<T> => Vector<T>.Zero;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<T> Next<T>(Vector<T> a, Vector<T> b, Vector<T> lanes) where T : unmanaged, IFloatingPointIeee754<T> => lanes + a;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<T> Fold<T>(Vector<T> x, Vector<T> y) where T : unmanaged, IFloatingPointIeee754<T> => x + y;
    }

    private readonly struct MaxStep : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<T> Start<T>() where T : unmanaged, IFloatingPointIeee754<T> => new(T.NegativeInfinity);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<T> Next<T>(Vector<T> a, Vector<T> b, Vector<T> lanes) where T : unmanaged, IFloatingPointIeee754<T> => Fold(lanes, a);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<T> Fold<T>(Vector<T> x, Vector<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
            typeof(T) == typeof(float)
                ? VectorMath.Max(x.As<T, float>(), y.As<T, float>()).As<float, T>()
                : VectorMath.Max(x.As<T, double>(), y.As<T, double>()).As<double, T>();
    }
}
