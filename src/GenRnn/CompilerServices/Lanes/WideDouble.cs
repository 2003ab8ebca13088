using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GenRnn.CompilerServices;

/// <summary>Doubles in 512 bits, where the processor multiplies and adds as many at once: <see cref="LaneChoice"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct WideDouble : ILanes<Vector512<double>, double>
{
    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<double>.Count;
    }

    /// <inheritdoc/>
    public static Vector512<double> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<double>.Zero;
    }

    /// <inheritdoc/>
    public static Vector512<double> One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<double>.One;
    }

    /// <inheritdoc/>
    public static Vector512<double> Indices
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<double>.Indices;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Splat(double value) => Vector512.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> SplatLane(ref double origin, int index)
    {
        Vector512<double> holder = Vector512.LoadUnsafe(ref origin, (nuint)(index & -Vector512<double>.Count));
        return Vector512.Shuffle(holder, Vector512.Create((long)(index & (Vector512<double>.Count - 1))));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Add(Vector512<double> x, Vector512<double> y) => x + y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Subtract(Vector512<double> x, Vector512<double> y) => x - y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Multiply(Vector512<double> x, Vector512<double> y) => x * y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Divide(Vector512<double> x, Vector512<double> y) => x / y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> FusedMultiplyAdd(Vector512<double> x, Vector512<double> y, Vector512<double> z) => Vector512.FusedMultiplyAdd(x, y, z);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Sqrt(Vector512<double> x) => Vector512.Sqrt(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Less(Vector512<double> x, Vector512<double> y) => Vector512.LessThan(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Greater(Vector512<double> x, Vector512<double> y) => Vector512.GreaterThan(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> GreaterOrEqual(Vector512<double> x, Vector512<double> y) => Vector512.GreaterThanOrEqual(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Equal(Vector512<double> x, Vector512<double> y) => Vector512.Equals(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Select(Vector512<double> mask, Vector512<double> x, Vector512<double> y) => Vector512.ConditionalSelect(mask, x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> MinNative(Vector512<double> x, Vector512<double> y) => Vector512.MinNative(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> MaxNative(Vector512<double> x, Vector512<double> y) => Vector512.MaxNative(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> And(Vector512<double> x, Vector512<double> y) => x & y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> AndNot(Vector512<double> x, Vector512<double> y) => Vector512.AndNot(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Or(Vector512<double> x, Vector512<double> y) => x | y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Xor(Vector512<double> x, Vector512<double> y) => x ^ y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> SplatBits(long bits) => Vector512.Create(bits).AsDouble();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> AddBits(Vector512<double> x, Vector512<double> y) => (x.AsInt64() + y.AsInt64()).AsDouble();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ShiftLeftBits(Vector512<double> x, int count) => Vector512.ShiftLeft(x.AsInt64(), count).AsDouble();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ShiftRightBits(Vector512<double> x, int count) => Vector512.ShiftRightLogical(x.AsUInt64(), count).AsDouble();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Fold(Vector512<double> lanes)
    {
        Vector256<double> half = lanes.GetLower() + lanes.GetUpper();
        Vector128<double> quarter = half.GetLower() + half.GetUpper();
        quarter += Vector128.Shuffle(quarter, Vector128.Create(1L, 1L));
        return quarter.ToScalar();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Abs(Vector512<double> x) => LaneFunctions<WideDouble, Vector512<double>, double>.Abs(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Negate(Vector512<double> x) => LaneFunctions<WideDouble, Vector512<double>, double>.Negate(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Max(Vector512<double> x, Vector512<double> y) => LaneFunctions<WideDouble, Vector512<double>, double>.Max(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> x) => DoubleFunctions<WideDouble, Vector512<double>>.Exp(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> x) => DoubleFunctions<WideDouble, Vector512<double>>.Log(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log1p(Vector512<double> x) => DoubleFunctions<WideDouble, Vector512<double>>.Log1p(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Sigmoid(Vector512<double> x) => DoubleFunctions<WideDouble, Vector512<double>>.Sigmoid(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<double> X, Vector512<double> Y) Sigmoid(Vector512<double> x, Vector512<double> y) => (DoubleFunctions<WideDouble, Vector512<double>>.Sigmoid(x), DoubleFunctions<WideDouble, Vector512<double>>.Sigmoid(y));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Tanh(Vector512<double> x) => DoubleFunctions<WideDouble, Vector512<double>>.Tanh(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<double> X, Vector512<double> Y) Tanh(Vector512<double> x, Vector512<double> y) => (DoubleFunctions<WideDouble, Vector512<double>>.Tanh(x), DoubleFunctions<WideDouble, Vector512<double>>.Tanh(y));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Softplus(Vector512<double> x) => DoubleFunctions<WideDouble, Vector512<double>>.Softplus(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Erf(Vector512<double> x) => DoubleFunctions<WideDouble, Vector512<double>>.Erf(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Keep(ref double key, LaneIndex position, LaneIndex row, int dropped, double scale)
    {
        // Drawn in pieces of the portable width: one text says what the numbers are.
        Unsafe.SkipInit(out Vector512<double> drawn);
        ref double first = ref Unsafe.As<Vector512<double>, double>(ref drawn);
        for (int i = 0; i < Vector512<double>.Count; i += Vector<double>.Count)
            Vector.StoreUnsafe(VectorRandom.Keep(ref key, position.Of(i), row.Of(i), dropped, scale), ref first, (nuint)i);
        return drawn;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Normal(ref double key, LaneIndex position, LaneIndex row, double deviation)
    {
        // Drawn in pieces of the portable width: one text says what the numbers are.
        Unsafe.SkipInit(out Vector512<double> drawn);
        ref double first = ref Unsafe.As<Vector512<double>, double>(ref drawn);
        for (int i = 0; i < Vector512<double>.Count; i += Vector<double>.Count)
            Vector.StoreUnsafe(VectorRandom.Normal(ref key, position.Of(i), row.Of(i), deviation), ref first, (nuint)i);
        return drawn;
    }
}
