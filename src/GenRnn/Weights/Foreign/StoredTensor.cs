using System;
using System.Numerics;

namespace GenRnn;

/// <summary>A tensor of another tool's file. Nothing is copied until its values are asked for.</summary>
internal abstract class StoredTensor
{
    protected StoredTensor(string name, NumberType type, long[] shape)
    {
        Name = name;
        Type = type;
        Shape = shape;
    }

    /// <summary>Its name or path in the file.</summary>
    public string Name { get; }

    /// <summary>Its element type in the file.</summary>
    public NumberType Type { get; }

    /// <summary>Its shape in the file.</summary>
    public long[] Shape { get; }

    /// <summary>Number of elements.</summary>
    public long Count
    {
        get { long n = 1; foreach (long d in Shape) n *= d; return n; }
    }

    /// <summary>Writes all elements, row-major, converted to <typeparamref name="T"/>.</summary>
    /// <param name="values">As many as <see cref="Count"/>.</param>
    public abstract void CopyTo<T>(Span<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
