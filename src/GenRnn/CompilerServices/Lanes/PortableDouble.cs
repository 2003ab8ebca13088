using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn.CompilerServices;

/// <summary>Doubles in <see cref="Vector{T}"/>, as wide as the runtime makes it: 128 bits on ARM64 and WebAssembly, 256 on x64.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct PortableDouble : ILanes<Vector<double>, double>
{
    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector<double>.Count;
    }

    /// <inheritdoc/>
    public static Vector<double> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector<double>.Zero;
    }

    /// <inheritdoc/>
    public static Vector<double> One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector<double>.One;
    }

    /// <inheritdoc/>
    public static Vector<double> Indices
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector<double>.Indices;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Splat(double value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> SplatLane(ref double origin, int index) => VectorLanes.Splat(ref origin, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Add(Vector<double> x, Vector<double> y) => x + y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Subtract(Vector<double> x, Vector<double> y) => x - y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Multiply(Vector<double> x, Vector<double> y) => x * y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Divide(Vector<double> x, Vector<double> y) => x / y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> FusedMultiplyAdd(Vector<double> x, Vector<double> y, Vector<double> z) => VectorMath.FusedMultiplyAdd(x, y, z);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Sqrt(Vector<double> x) => Vector.SquareRoot(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Less(Vector<double> x, Vector<double> y) => Vector.LessThan<double>(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Greater(Vector<double> x, Vector<double> y) => Vector.GreaterThan<double>(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> GreaterOrEqual(Vector<double> x, Vector<double> y) => Vector.GreaterThanOrEqual<double>(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Equal(Vector<double> x, Vector<double> y) => Vector.Equals<double>(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Select(Vector<double> mask, Vector<double> x, Vector<double> y) => Vector.ConditionalSelect(mask, x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> MinNative(Vector<double> x, Vector<double> y) => Vector.MinNative(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> MaxNative(Vector<double> x, Vector<double> y) => Vector.MaxNative(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> And(Vector<double> x, Vector<double> y) => x & y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> AndNot(Vector<double> x, Vector<double> y) => Vector.AndNot(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Or(Vector<double> x, Vector<double> y) => x | y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Xor(Vector<double> x, Vector<double> y) => x ^ y;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> SplatBits(long bits) => new Vector<long>(bits).As<long, double>();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> AddBits(Vector<double> x, Vector<double> y) => (x.As<double, long>() + y.As<double, long>()).As<long, double>();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> ShiftLeftBits(Vector<double> x, int count) => Vector.ShiftLeft(x.As<double, long>(), count).As<long, double>();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> ShiftRightBits(Vector<double> x, int count) => Vector.ShiftRightLogical(x.As<double, ulong>(), count).As<ulong, double>();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Fold(Vector<double> lanes) => LaneReduction.Fold(lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Abs(Vector<double> x) => LaneFunctions<PortableDouble, Vector<double>, double>.Abs(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Negate(Vector<double> x) => LaneFunctions<PortableDouble, Vector<double>, double>.Negate(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Max(Vector<double> x, Vector<double> y) => LaneFunctions<PortableDouble, Vector<double>, double>.Max(x, y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Exp(Vector<double> x) => DoubleFunctions<PortableDouble, Vector<double>>.Exp(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Log(Vector<double> x) => DoubleFunctions<PortableDouble, Vector<double>>.Log(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Log1p(Vector<double> x) => DoubleFunctions<PortableDouble, Vector<double>>.Log1p(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Sigmoid(Vector<double> x) => DoubleFunctions<PortableDouble, Vector<double>>.Sigmoid(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<double> X, Vector<double> Y) Sigmoid(Vector<double> x, Vector<double> y) => (DoubleFunctions<PortableDouble, Vector<double>>.Sigmoid(x), DoubleFunctions<PortableDouble, Vector<double>>.Sigmoid(y));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Tanh(Vector<double> x) => DoubleFunctions<PortableDouble, Vector<double>>.Tanh(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<double> X, Vector<double> Y) Tanh(Vector<double> x, Vector<double> y) => (DoubleFunctions<PortableDouble, Vector<double>>.Tanh(x), DoubleFunctions<PortableDouble, Vector<double>>.Tanh(y));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Softplus(Vector<double> x) => DoubleFunctions<PortableDouble, Vector<double>>.Softplus(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Erf(Vector<double> x) => DoubleFunctions<PortableDouble, Vector<double>>.Erf(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Keep(ref double key, LaneIndex position, LaneIndex row, int dropped, double scale) => VectorRandom.Keep(ref key, position.Of(0), row.Of(0), dropped, scale);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Normal(ref double key, LaneIndex position, LaneIndex row, double deviation) => VectorRandom.Normal(ref key, position.Of(0), row.Of(0), deviation);
}
