using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn.CompilerServices;

/// <summary>Floats in <see cref="Vector{T}"/>, as wide as the runtime makes it: 128 bits on ARM64 and WebAssembly, 256 on x64.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct PortableSingle : ILanes<Vector<float>, float>
{
    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector<float>.Count;
    }

    /// <inheritdoc/>
    public static Vector<float> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector<float>.Zero;
    }

    /// <inheritdoc/>
    public static Vector<float> One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector<float>.One;
    }

    /// <inheritdoc/>
    public static Vector<float> Indices
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector<float>.Indices;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Splat(float value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> SplatLane(ref float origin, int index) => VectorLanes.Splat(ref origin, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Add(Vector<float> x, Vector<float> y) => x + y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Subtract(Vector<float> x, Vector<float> y) => x - y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Multiply(Vector<float> x, Vector<float> y) => x * y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Divide(Vector<float> x, Vector<float> y) => x / y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> FusedMultiplyAdd(Vector<float> x, Vector<float> y, Vector<float> z) => VectorMath.FusedMultiplyAdd(x, y, z);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sqrt(Vector<float> x) => Vector.SquareRoot(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Less(Vector<float> x, Vector<float> y) => Vector.LessThan<float>(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Greater(Vector<float> x, Vector<float> y) => Vector.GreaterThan<float>(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> GreaterOrEqual(Vector<float> x, Vector<float> y) => Vector.GreaterThanOrEqual<float>(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Equal(Vector<float> x, Vector<float> y) => Vector.Equals<float>(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Select(Vector<float> mask, Vector<float> x, Vector<float> y) => Vector.ConditionalSelect(mask, x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> MinNative(Vector<float> x, Vector<float> y) => Vector.MinNative(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> MaxNative(Vector<float> x, Vector<float> y) => Vector.MaxNative(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> And(Vector<float> x, Vector<float> y) => x & y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> AndNot(Vector<float> x, Vector<float> y) => Vector.AndNot(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Or(Vector<float> x, Vector<float> y) => x | y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Xor(Vector<float> x, Vector<float> y) => x ^ y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> SplatBits(long bits) => new Vector<int>((int)bits).As<int, float>();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> AddBits(Vector<float> x, Vector<float> y) => (x.As<float, int>() + y.As<float, int>()).As<int, float>();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> ShiftLeftBits(Vector<float> x, int count) => Vector.ShiftLeft(x.As<float, int>(), count).As<int, float>();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> ShiftRightBits(Vector<float> x, int count) => Vector.ShiftRightLogical(x.As<float, uint>(), count).As<uint, float>();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Fold(Vector<float> lanes) => LaneReduction.Fold(lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Abs(Vector<float> x) => LaneFunctions<PortableSingle, Vector<float>, float>.Abs(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Negate(Vector<float> x) => LaneFunctions<PortableSingle, Vector<float>, float>.Negate(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Max(Vector<float> x, Vector<float> y) => LaneFunctions<PortableSingle, Vector<float>, float>.Max(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Exp(Vector<float> x) => SingleFunctions<PortableSingle, Vector<float>>.Exp(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Log(Vector<float> x) => SingleFunctions<PortableSingle, Vector<float>>.Log(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Log1p(Vector<float> x) => SingleFunctions<PortableSingle, Vector<float>>.Log1p(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sigmoid(Vector<float> x) => SingleFunctions<PortableSingle, Vector<float>>.Sigmoid(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<float> X, Vector<float> Y) Sigmoid(Vector<float> x, Vector<float> y) => SingleFunctions<PortableSingle, Vector<float>>.Sigmoid(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Tanh(Vector<float> x) => SingleFunctions<PortableSingle, Vector<float>>.Tanh(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<float> X, Vector<float> Y) Tanh(Vector<float> x, Vector<float> y) => SingleFunctions<PortableSingle, Vector<float>>.Tanh(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Softplus(Vector<float> x) => SingleFunctions<PortableSingle, Vector<float>>.Softplus(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Erf(Vector<float> x) => SingleFunctions<PortableSingle, Vector<float>>.Erf(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Keep(ref float key, LaneIndex position, LaneIndex row, int dropped, float scale) => VectorRandom.Keep(ref key, position.Of(0), row.Of(0), dropped, scale);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Normal(ref float key, LaneIndex position, LaneIndex row, float deviation) => VectorRandom.Normal(ref key, position.Of(0), row.Of(0), deviation);
}
