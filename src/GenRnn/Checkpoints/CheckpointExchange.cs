using System;
using System.Numerics;

namespace GenRnn;

/// <summary>What happens to what parts of a training keep: it is measured, written, checked or restored.</summary>
/// <param name="precision">Element type of the model.</param>
internal abstract class CheckpointExchange(Precision precision)
{
    public Precision Precision => precision;

    /// <summary>Whether values are overwritten by those of a file.</summary>
    public virtual bool Restores => false;

    /// <summary>Gives a text, and takes what holds now: the same one, or a file's.</summary>
    public abstract string Text(string name, string value);

    /// <summary>A text that a file must agree with.</summary>
    public abstract void Require(string name, string value);

    /// <summary>Numbers that a file must have, of this type and shape.</summary>
    public virtual void RequireTensor<T>(string name, ReadOnlySpan<int> shape)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
    }

    public abstract void Values<T>(string name, ReadOnlySpan<int> shape, Span<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>;

    public abstract void Bytes(string name, Span<byte> bytes);
}
