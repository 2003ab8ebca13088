using System;
using System.Diagnostics.CodeAnalysis;

namespace GenRnn;

/// <summary>
/// A dense, row-major tensor of one to three axes over somebody else's memory: how a model shows its weights.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
public readonly ref struct TensorView<T>
{
    private readonly int _length0;
    private readonly int _length1;
    private readonly int _length2;

    /// <summary>Views <paramref name="values"/> as a vector.</summary>
    public TensorView(ReadOnlySpan<T> values, int length0)
        : this(values, [length0])
    {
    }

    /// <summary>Views <paramref name="values"/> as a matrix.</summary>
    public TensorView(ReadOnlySpan<T> values, int length0, int length1)
        : this(values, [length0, length1])
    {
    }

    /// <summary>Views <paramref name="values"/> as a tensor of three axes.</summary>
    public TensorView(ReadOnlySpan<T> values, int length0, int length1, int length2)
        : this(values, [length0, length1, length2])
    {
    }

    /// <summary>Views <paramref name="values"/> as a tensor of the given shape.</summary>
    /// <exception cref="ArgumentException">The shape has not one to three axes, a negative length, or another number of elements than there are values.</exception>
    public TensorView(ReadOnlySpan<T> values, scoped ReadOnlySpan<int> shape)
    {
        if (shape.Length is < 1 or > 3)
            throw new ArgumentException($"A view has one to three axes; found {shape.Length}.", nameof(shape));

        long count = 1;
        foreach (int length in shape)
        {
            if (length < 0)
                throw new ArgumentException($"The length of an axis cannot be negative; found {length}.", nameof(shape));
            count = checked(count * length);
        }

        if (count != values.Length)
            throw new ArgumentException($"The shape [{string.Join(", ", shape.ToArray())}] has {count} elements; found {values.Length} values.", nameof(values));

        Values = values;
        Rank = shape.Length;
        _length0 = shape[0];
        _length1 = Rank > 1 ? shape[1] : 1;
        _length2 = Rank > 2 ? shape[2] : 1;
    }

    /// <summary>The elements, the last axis running fastest.</summary>
    public ReadOnlySpan<T> Values { get; }

    /// <summary>Number of axes, 1 to 3.</summary>
    public int Rank { get; }

    /// <summary>The element of a vector.</summary>
    /// <exception cref="IndexOutOfRangeException">The index is outside its axis.</exception>
    /// <exception cref="InvalidOperationException">The view is not a vector.</exception>
    public ref readonly T this[int i]
    {
        get
        {
            RequireRank(1);
            return ref Values[i];
        }
    }

    /// <summary>The element of a matrix.</summary>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    /// <exception cref="InvalidOperationException">The view is not a matrix.</exception>
    public ref readonly T this[int i, int j]
    {
        get
        {
            RequireRank(2);
            if ((uint)i >= (uint)_length0 || (uint)j >= (uint)_length1)
                ThrowIndex();
            return ref Values[i * _length1 + j];
        }
    }

    /// <summary>The element of a tensor of three axes.</summary>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    /// <exception cref="InvalidOperationException">The view has not three axes.</exception>
    public ref readonly T this[int i, int j, int k]
    {
        get
        {
            RequireRank(3);
            if ((uint)i >= (uint)_length0 || (uint)j >= (uint)_length1 || (uint)k >= (uint)_length2)
                ThrowIndex();
            return ref Values[(i * _length1 + j) * _length2 + k];
        }
    }

    /// <summary>Length of an axis, counted from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public int Length(int axis)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(axis);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(axis, Rank);
        return axis switch { 0 => _length0, 1 => _length1, _ => _length2 };
    }

    /// <summary>A copy of the elements.</summary>
    public T[] ToArray() => Values.ToArray();

    private void RequireRank(int rank)
    {
        if (Rank != rank)
            ThrowRank(rank);
    }

    [DoesNotReturn]
    private void ThrowRank(int indices) => throw new InvalidOperationException($"The tensor has {Rank} axes; it cannot be read with {indices} indices.");

    [DoesNotReturn]
    private static void ThrowIndex() => throw new IndexOutOfRangeException("An index is outside its axis.");
}
