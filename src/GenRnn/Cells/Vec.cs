using System;
using System.Numerics;
using System.Runtime.InteropServices;
using GenRnn.CompilerServices;

namespace GenRnn;

/// <summary>
/// A vector inside a cell that is written in C# (<see cref="CellAttribute"/>). The generator reads the method's body and compiles it; this
/// type runs the same body as it stands, one row and one operation at a time, with the bits of the compiled code: the reference for tests and for a debugger.
/// </summary>
/// <remarks>Immutable. Two operands have the same width, or one of them has one value, which then stands for every lane.</remarks>
public sealed class Vec
{
    // Loops run over whole vectors; what the lanes past the width hold influences nothing.
    private const int Padding = 16;

    private readonly float[] _lanes;

    /// <summary>An input vector.</summary>
    /// <param name="values">Its values; at least one.</param>
    public Vec(params float[] values)
        : this(new ReadOnlySpan<float>(values ?? throw new ArgumentNullException(nameof(values))), VecSource.Input)
    {
    }

    private Vec(ReadOnlySpan<float> values, VecSource source)
        : this(values.Length, source) => values.CopyTo(_lanes);

    private Vec(int width, VecSource source)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        Width = width;
        Source = source;
        _lanes = new float[(width + Padding - 1) / Padding * Padding];
    }

    /// <summary>Number of values.</summary>
    public int Width { get; }

    /// <summary>The values.</summary>
    public ReadOnlySpan<float> Values => _lanes.AsSpan(0, Width);

    /// <summary>Whether it is computed from states alone, or is a state times a gate, rather than something that an input has gone into:
    /// <see cref="CellWeights.Linear"/> gives the two kernels of their own.</summary>
    public bool IsState => Source is VecSource.Carried or VecSource.States;

    internal VecSource Source { get; }

    internal ref float Origin => ref MemoryMarshal.GetArrayDataReference(_lanes);

    /// <summary>One value.</summary>
    /// <param name="index">From 0 to the width, exclusive.</param>
    public float this[int index] => Values[index];

    /// <summary>Neighbouring values, as <see cref="Slice"/>.</summary>
    /// <param name="range">The range, with constants.</param>
    public Vec this[Range range]
    {
        get
        {
            (int start, int length) = range.GetOffsetAndLength(Width);
            return Slice(start, length);
        }
    }

    /// <summary>A vector that is carried from step to step.</summary>
    /// <param name="values">Its values; at least one.</param>
    public static Vec State(ReadOnlySpan<float> values) => new(values, VecSource.Carried);

    /// <summary>Lane by lane a + b.</summary>
    public static Vec operator +(Vec a, Vec b) => Map(a, b, VecSources.Join(Checked(a).Source, Checked(b).Source), static (x, y) => x + y);

    /// <summary>Lane by lane a - b.</summary>
    public static Vec operator -(Vec a, Vec b) => Map(a, b, VecSources.Join(Checked(a).Source, Checked(b).Source), static (x, y) => x - y);

    /// <summary>Lane by lane a b. A state times a gate is still a state.</summary>
    public static Vec operator *(Vec a, Vec b) => Map(a, b, VecSources.Gate(Checked(a).Source, Checked(b).Source), static (x, y) => x * y);

    /// <summary>Lane by lane a / b.</summary>
    public static Vec operator /(Vec a, Vec b) => Map(a, b, VecSources.Join(Checked(a).Source, Checked(b).Source), static (x, y) => x / y);

    /// <summary>Lane by lane -a.</summary>
    public static Vec operator -(Vec a) => Map(a, VectorMath.Negate);

    /// <summary>A number as a vector of one value, which stands for every lane.</summary>
    public static implicit operator Vec(float number) => new(new ReadOnlySpan<float>(in number), VecSource.Neutral);

    /// <summary>1 / (1 + exp(-x)).</summary>
    public static Vec Sigmoid(Vec x) => Map(x, VectorMath.Sigmoid);

    /// <summary>The hyperbolic tangent.</summary>
    public static Vec Tanh(Vec x) => Map(x, VectorMath.Tanh);

    /// <summary>max(0, x); NaN passes through.</summary>
    public static Vec Relu(Vec x) => Map(x, static v => Vector.ConditionalSelect(Vector.GreaterThanOrEqual(Vector<float>.Zero, v), Vector<float>.Zero, v));

    /// <summary>The exponential function.</summary>
    public static Vec Exp(Vec x) => Map(x, VectorMath.Exp);

    /// <summary>The natural logarithm.</summary>
    public static Vec Log(Vec x) => Map(x, VectorMath.Log);

    /// <summary>The square root.</summary>
    public static Vec Sqrt(Vec x) => Map(x, VectorMath.Sqrt);

    /// <summary>The absolute value.</summary>
    public static Vec Abs(Vec x) => Map(x, VectorMath.Abs);

    /// <summary>ln(1 + exp(x)).</summary>
    public static Vec Softplus(Vec x) => Map(x, VectorMath.Softplus);

    /// <summary>Vectors side by side. A state if all of them are.</summary>
    /// <param name="parts">At least one.</param>
    public static Vec Concat(params Vec[] parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        int width = 0;
        VecSource source = parts.Length == 0 ? VecSource.Neutral : Checked(parts[0]).Source;
        foreach (Vec part in parts)
        {
            width += Checked(part).Width;
            source = source == part.Source ? source : VecSources.Join(source, part.Source);
        }

        var result = new Vec(width, source);
        int start = 0;
        foreach (Vec part in parts)
        {
            part.Values.CopyTo(result._lanes.AsSpan(start));
            start += part.Width;
        }

        return result;
    }

    /// <summary>Neighbouring values.</summary>
    /// <param name="start">The first one.</param>
    /// <param name="width">How many.</param>
    public Vec Slice(int start, int width) => new(Values.Slice(start, width), Source);

    /// <summary>The same values as a state, to be handed to the next step.</summary>
    public Vec AsState() => State(Values);

    /// <summary>A copy of the values.</summary>
    public float[] ToArray() => Values.ToArray();

    internal static Vec Of(ReadOnlySpan<float> values, VecSource source) => new(values, source);

    private static Vec Checked(Vec vector) => vector ?? throw new ArgumentNullException(nameof(vector));

    private static Vec Map(Vec a, Func<Vector<float>, Vector<float>> formula)
    {
        var result = new Vec(Checked(a).Width, VecSources.Join(a.Source, VecSource.Neutral));
        for (int i = 0; i < result._lanes.Length; i += Vector<float>.Count)
            formula(new Vector<float>(a._lanes, i)).CopyTo(result._lanes, i);
        return result;
    }

    private static Vec Map(Vec a, Vec b, VecSource source, Func<Vector<float>, Vector<float>, Vector<float>> formula)
    {
        if (a.Width != b.Width && a.Width != 1 && b.Width != 1)
            throw new ArgumentException(FormattableString.Invariant($"The operands have {a.Width} and {b.Width} values; they must have equally many, or one of them one."));
        var result = new Vec(Math.Max(a.Width, b.Width), source);
        for (int i = 0; i < result._lanes.Length; i += Vector<float>.Count)
            formula(Load(a, i, result.Width), Load(b, i, result.Width)).CopyTo(result._lanes, i);
        return result;
    }

    private static Vector<float> Load(Vec vector, int index, int width) =>
        vector.Width == width ? new Vector<float>(vector._lanes, index) : new Vector<float>(vector._lanes[0]);
}
