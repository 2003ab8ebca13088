using System;
using System.Linq;
using System.Numerics;

namespace GenRnn;

/// <summary>Tensors side by side along their last axis.</summary>
internal sealed class JoinedTensor : StoredTensor
{
    private readonly StoredTensor[] _parts;

    /// <exception cref="System.IO.InvalidDataException">The parts differ in shape or type.</exception>
    public JoinedTensor(string name, StoredTensor[] parts)
        : base(name, parts[0].Type, [.. parts[0].Shape.SkipLast(1), parts[0].Shape.LastOrDefault() * parts.Length])
    {
        if (parts.Any(p => p.Type != parts[0].Type || !p.Shape.SequenceEqual(parts[0].Shape)))
            throw FileFault.Damaged($"the parts of {FileFault.Quote(name)} differ in shape or type");
        _parts = parts;
    }

    /// <inheritdoc/>
    public override void CopyTo<T>(Span<T> values)
    {
        int width = (int)_parts[0].Shape[^1], row = width * _parts.Length;
        var part = new T[(int)_parts[0].Count];
        for (int i = 0; i < _parts.Length; i++)
        {
            _parts[i].CopyTo(part.AsSpan());
            for (int from = 0, to = i * width; from < part.Length; from += width, to += row)
                part.AsSpan(from, width).CopyTo(values[to..]);
        }
    }
}
