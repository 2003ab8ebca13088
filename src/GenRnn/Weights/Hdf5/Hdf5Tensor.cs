using System;
using System.Numerics;

namespace GenRnn;

/// <summary>A dataset of numbers as a tensor.</summary>
internal sealed class Hdf5Tensor : StoredTensor
{
    private readonly Hdf5Value _value;

    /// <param name="name">Its path in the file.</param>
    /// <param name="dataset">A dataset.</param>
    /// <exception cref="System.IO.InvalidDataException">It is a group, or holds texts.</exception>
    public Hdf5Tensor(string name, Hdf5Object dataset)
        : this(name, dataset.Value ?? throw FileFault.Damaged($"a group {FileFault.Quote(name)} stands where a dataset belongs"))
    {
    }

    private Hdf5Tensor(string name, Hdf5Value value)
        : base(name, value.Type.Number ?? throw FileFault.Damaged($"texts stand in {FileFault.Quote(name)}, where numbers belong"), value.Space.Shape) => _value = value;

    /// <inheritdoc/>
    public override void CopyTo<T>(Span<T> values) => _value.CopyTo(values);
}
