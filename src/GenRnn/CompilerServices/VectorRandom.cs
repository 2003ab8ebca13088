using System;
using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GenRnn.CompilerServices;

/// <summary>
/// Random masks and noise of a training pass, as a pure function of (seed, training call, layer, mask, row, position): the same numbers
/// at every vector width, on every machine, for any number of threads and whichever axis lies in the lanes.
/// </summary>
/// <remarks>
/// A pass derives one key for each mask from seed, call, layer and mask, and leaves it in the arena, where its kernels find it with the
/// rest of what they read. A number is then one block of <see cref="Threefry"/> at the counter (position, row), where position is
/// step x width + element. A pass in inference mode leaves keys that are switched off: factors are 1 then, addends -0, and neither
/// changes a bit of what it is applied to. Nothing is checked: behind a key's reference its values are read.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class VectorRandom
{
    // A key's words: two of the key, then all ones or, switched off, zero.
    private const int SwitchWord = 2;
    private const int KeyWords = 3;

    /// <summary>Writes the key of one mask.</summary>
    /// <param name="key">Where; at least 12 bytes.</param>
    /// <param name="workspace">Says the seed and the training call.</param>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="mask">Index of the mask among the layer's.</param>
    /// <param name="training">Whether it is switched on.</param>
    public static void WriteKey<T>(Span<T> key, ModelWorkspace<T> workspace, int layer, int mask, bool training)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(workspace);
        long call = workspace.TrainingCalls;
        (uint k0, uint k1) = Threefry.Block((uint)workspace.Seed, ((uint)layer << 16) | (uint)mask, (uint)call, (uint)(call >> 32));
        Span<uint> words = MemoryMarshal.Cast<T, uint>(key)[..KeyWords];
        words[0] = k0;
        words[1] = k1;
        words[SwitchWord] = training ? uint.MaxValue : 0;
    }

    /// <summary>first, first + 1, ...: the index of each lane along the axis that lies in the lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneIndex From(nint first) => new((uint)first, true);

    /// <summary>The same index in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneIndex All(nint index) => new((uint)index, false);

    /// <summary>Factors of dropout: <paramref name="scale"/> where the value is kept, 0 where it is dropped.</summary>
    /// <param name="key">See <see cref="WriteKey"/>.</param>
    /// <param name="position">Step x width + element, of each lane.</param>
    /// <param name="row">Row of the batch, of each lane.</param>
    /// <param name="dropped">A value is dropped if its 32 random bits, as a signed integer, are at most this.</param>
    /// <param name="scale">1 / (1 - rate).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Keep(ref float key, Vector<uint> position, Vector<uint> row, int dropped, float scale)
    {
        ref uint words = ref Unsafe.As<float, uint>(ref key);
        if (Unsafe.Add(ref words, SwitchWord) == 0)
            return Vector<float>.One;
        Vector<uint> bits = Bits(ref words, position, row).X0;
        return Vector.ConditionalSelect(Vector.GreaterThan(Vector.AsVectorInt32(bits), new Vector<int>(dropped)), new Vector<float>(scale), Vector<float>.Zero);
    }

    /// <inheritdoc cref="Keep(ref float, Vector{uint}, Vector{uint}, int, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Keep(ref double key, Vector<uint> position, Vector<uint> row, int dropped, double scale)
    {
        ref uint words = ref Unsafe.As<double, uint>(ref key);
        if (Unsafe.Add(ref words, SwitchWord) == 0)
            return Vector<double>.One;
        Vector<uint> bits = Bits(ref words, position, row).X0;
        Vector<long> wide = Vector.WidenLower(Vector.AsVectorInt32(bits));
        return Vector.ConditionalSelect(Vector.GreaterThan(wide, new Vector<long>(dropped)), new Vector<double>(scale), Vector<double>.Zero);
    }

    /// <summary>Normal noise: <paramref name="deviation"/> times a standard normal.</summary>
    /// <param name="key">See <see cref="WriteKey"/>.</param>
    /// <param name="position">Step x width + element, of each lane.</param>
    /// <param name="row">Row of the batch, of each lane.</param>
    /// <param name="deviation">The standard deviation.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Normal(ref float key, Vector<uint> position, Vector<uint> row, float deviation)
    {
        ref uint words = ref Unsafe.As<float, uint>(ref key);
        if (Unsafe.Add(ref words, SwitchWord) == 0)
            return new Vector<float>(-0f);
        (Vector<uint> x0, Vector<uint> x1) = Bits(ref words, position, row);
        return StandardNormal(x0, x1) * new Vector<float>(deviation);
    }

    /// <inheritdoc cref="Normal(ref float, Vector{uint}, Vector{uint}, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Normal(ref double key, Vector<uint> position, Vector<uint> row, double deviation)
    {
        ref uint words = ref Unsafe.As<double, uint>(ref key);
        if (Unsafe.Add(ref words, SwitchWord) == 0)
            return new Vector<double>(-0d);
        (Vector<uint> x0, Vector<uint> x1) = Bits(ref words, position, row);
        return StandardNormal(Vector.WidenLower(x0), Vector.WidenLower(x1)) * new Vector<double>(deviation);
    }

    /// <summary>A standard normal of 23 + 23 random bits, by Box and Muller's transform: at most 5.65 in magnitude.</summary>
    /// <param name="x0">Random bits.</param>
    /// <param name="x1">More random bits.</param>
    public static Vector<float> StandardNormal(Vector<uint> x0, Vector<uint> x1)
    {
        // 23 bits behind the exponent of 1 are a number in [1, 2): no conversion, so no rounding mode.
        Vector<uint> one = new(0x3F800000);
        Vector<float> first = Vector.AsVectorSingle(Vector.ShiftRightLogical(x0, 9) | one);
        Vector<float> second = Vector.AsVectorSingle(Vector.ShiftRightLogical(x1, 9) | one);
        // 2 - first is in (0, 1]: the logarithm is finite.
        Vector<float> radius = Vector.SquareRoot(VectorMath.Log(new Vector<float>(2f) - first) * new Vector<float>(-2f));
        return radius * CosineOfTurn(second - new Vector<float>(1.5f));
    }

    /// <summary>A standard normal of 32 + 32 random bits: at most 6.66 in magnitude.</summary>
    /// <param name="x0">Random bits in the lower halves of the lanes, zeros above.</param>
    /// <param name="x1">More random bits.</param>
    public static Vector<double> StandardNormal(Vector<ulong> x0, Vector<ulong> x1)
    {
        Vector<ulong> one = new(0x3FF0000000000000);
        Vector<double> first = Vector.AsVectorDouble(Vector.ShiftLeft(x0, 20) | one);
        Vector<double> second = Vector.AsVectorDouble(Vector.ShiftLeft(x1, 20) | one);
        Vector<double> radius = Vector.SquareRoot(VectorMath.Log(new Vector<double>(2d) - first) * new Vector<double>(-2d));
        return radius * CosineOfTurn(second - new Vector<double>(1.5d));
    }

    /// <summary>cos of 2 pi <paramref name="turn"/>, for a turn in [-1/2, 1/2): the sine of what is left to a quarter, by its Taylor series.</summary>
    private static Vector<float> CosineOfTurn(Vector<float> turn)
    {
        // At most a quarter of a turn, where the first term left out is 6e-8.
        Vector<float> x = (new Vector<float>(0.25f) - VectorMath.Abs(turn)) * new Vector<float>(6.28318531f);
        Vector<float> z = x * x;
        Vector<float> p = VectorMath.FusedMultiplyAdd(z, new Vector<float>(-1f / 39916800), new Vector<float>(1f / 362880));
        p = VectorMath.FusedMultiplyAdd(p, z, new Vector<float>(-1f / 5040));
        p = VectorMath.FusedMultiplyAdd(p, z, new Vector<float>(1f / 120));
        p = VectorMath.FusedMultiplyAdd(p, z, new Vector<float>(-1f / 6));
        return VectorMath.FusedMultiplyAdd(p * z, x, x);
    }

    /// <inheritdoc cref="CosineOfTurn(Vector{float})"/>
    private static Vector<double> CosineOfTurn(Vector<double> turn)
    {
        // The first term left out is 1e-18.
        Vector<double> x = (new Vector<double>(0.25d) - VectorMath.Abs(turn)) * new Vector<double>(6.283185307179586);
        Vector<double> z = x * x;
        Vector<double> p = VectorMath.FusedMultiplyAdd(z, new Vector<double>(1d / 51090942171709440000d), new Vector<double>(-1d / 121645100408832000d));
        p = VectorMath.FusedMultiplyAdd(p, z, new Vector<double>(1d / 355687428096000d));
        p = VectorMath.FusedMultiplyAdd(p, z, new Vector<double>(-1d / 1307674368000d));
        p = VectorMath.FusedMultiplyAdd(p, z, new Vector<double>(1d / 6227020800d));
        p = VectorMath.FusedMultiplyAdd(p, z, new Vector<double>(-1d / 39916800d));
        p = VectorMath.FusedMultiplyAdd(p, z, new Vector<double>(1d / 362880d));
        p = VectorMath.FusedMultiplyAdd(p, z, new Vector<double>(-1d / 5040d));
        p = VectorMath.FusedMultiplyAdd(p, z, new Vector<double>(1d / 120d));
        p = VectorMath.FusedMultiplyAdd(p, z, new Vector<double>(-1d / 6d));
        return VectorMath.FusedMultiplyAdd(p * z, x, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<uint> X0, Vector<uint> X1) Bits(ref uint key, Vector<uint> position, Vector<uint> row) =>
        Threefry.Block(new Vector<uint>(key), new Vector<uint>(Unsafe.Add(ref key, 1)), position, row);
}
