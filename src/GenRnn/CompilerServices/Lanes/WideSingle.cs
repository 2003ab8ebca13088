using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GenRnn.CompilerServices;

/// <summary>Floats in 512 bits, where the processor multiplies and adds as many at once: <see cref="LaneChoice"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct WideSingle : ILanes<Vector512<float>, float>
{
    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<float>.Count;
    }

    /// <inheritdoc/>
    public static Vector512<float> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<float>.Zero;
    }

    /// <inheritdoc/>
    public static Vector512<float> One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<float>.One;
    }

    /// <inheritdoc/>
    public static Vector512<float> Indices
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<float>.Indices;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Splat(float value) => Vector512.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SplatLane(ref float origin, int index)
    {
        Vector512<float> holder = Vector512.LoadUnsafe(ref origin, (nuint)(index & -Vector512<float>.Count));
        return Vector512.Shuffle(holder, Vector512.Create((int)(index & (Vector512<float>.Count - 1))));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> x, Vector512<float> y) => x + y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Subtract(Vector512<float> x, Vector512<float> y) => x - y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Multiply(Vector512<float> x, Vector512<float> y) => x * y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Divide(Vector512<float> x, Vector512<float> y) => x / y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FusedMultiplyAdd(Vector512<float> x, Vector512<float> y, Vector512<float> z) => Vector512.FusedMultiplyAdd(x, y, z);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sqrt(Vector512<float> x) => Vector512.Sqrt(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Less(Vector512<float> x, Vector512<float> y) => Vector512.LessThan(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Greater(Vector512<float> x, Vector512<float> y) => Vector512.GreaterThan(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> GreaterOrEqual(Vector512<float> x, Vector512<float> y) => Vector512.GreaterThanOrEqual(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Equal(Vector512<float> x, Vector512<float> y) => Vector512.Equals(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Select(Vector512<float> mask, Vector512<float> x, Vector512<float> y) => Vector512.ConditionalSelect(mask, x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MinNative(Vector512<float> x, Vector512<float> y) => Vector512.MinNative(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MaxNative(Vector512<float> x, Vector512<float> y) => Vector512.MaxNative(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> And(Vector512<float> x, Vector512<float> y) => x & y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AndNot(Vector512<float> x, Vector512<float> y) => Vector512.AndNot(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Or(Vector512<float> x, Vector512<float> y) => x | y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Xor(Vector512<float> x, Vector512<float> y) => x ^ y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SplatBits(long bits) => Vector512.Create((int)bits).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddBits(Vector512<float> x, Vector512<float> y) => (x.AsInt32() + y.AsInt32()).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ShiftLeftBits(Vector512<float> x, int count) => Vector512.ShiftLeft(x.AsInt32(), count).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ShiftRightBits(Vector512<float> x, int count) => Vector512.ShiftRightLogical(x.AsUInt32(), count).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Fold(Vector512<float> lanes)
    {
        Vector256<float> half = lanes.GetLower() + lanes.GetUpper();
        Vector128<float> quarter = half.GetLower() + half.GetUpper();
        quarter += Vector128.Shuffle(quarter, Vector128.Create(2, 3, 2, 3));
        quarter += Vector128.Shuffle(quarter, Vector128.Create(1, 1, 1, 1));
        return quarter.ToScalar();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Abs(Vector512<float> x) => LaneFunctions<WideSingle, Vector512<float>, float>.Abs(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Negate(Vector512<float> x) => LaneFunctions<WideSingle, Vector512<float>, float>.Negate(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Max(Vector512<float> x, Vector512<float> y) => LaneFunctions<WideSingle, Vector512<float>, float>.Max(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x) => SingleFunctions<WideSingle, Vector512<float>>.Exp(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x) => SingleFunctions<WideSingle, Vector512<float>>.Log(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log1p(Vector512<float> x) => SingleFunctions<WideSingle, Vector512<float>>.Log1p(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => SingleFunctions<WideSingle, Vector512<float>>.Sigmoid(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<float> X, Vector512<float> Y) Sigmoid(Vector512<float> x, Vector512<float> y) => SingleFunctions<WideSingle, Vector512<float>>.Sigmoid(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x) => SingleFunctions<WideSingle, Vector512<float>>.Tanh(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<float> X, Vector512<float> Y) Tanh(Vector512<float> x, Vector512<float> y) => SingleFunctions<WideSingle, Vector512<float>>.Tanh(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Softplus(Vector512<float> x) => SingleFunctions<WideSingle, Vector512<float>>.Softplus(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Erf(Vector512<float> x) => SingleFunctions<WideSingle, Vector512<float>>.Erf(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Keep(ref float key, LaneIndex position, LaneIndex row, int dropped, float scale)
    {
        // Drawn in pieces of the portable width: one text says what the numbers are.
        Unsafe.SkipInit(out Vector512<float> drawn);
        ref float first = ref Unsafe.As<Vector512<float>, float>(ref drawn);
        for (int i = 0; i < Vector512<float>.Count; i += Vector<float>.Count)
            Vector.StoreUnsafe(VectorRandom.Keep(ref key, position.Of(i), row.Of(i), dropped, scale), ref first, (nuint)i);
        return drawn;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Normal(ref float key, LaneIndex position, LaneIndex row, float deviation)
    {
        // Drawn in pieces of the portable width: one text says what the numbers are.
        Unsafe.SkipInit(out Vector512<float> drawn);
        ref float first = ref Unsafe.As<Vector512<float>, float>(ref drawn);
        for (int i = 0; i < Vector512<float>.Count; i += Vector<float>.Count)
            Vector.StoreUnsafe(VectorRandom.Normal(ref key, position.Of(i), row.Of(i), deviation), ref first, (nuint)i);
        return drawn;
    }
}
