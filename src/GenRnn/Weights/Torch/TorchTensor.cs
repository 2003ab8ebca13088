using System;
using System.Numerics;

namespace GenRnn;

/// <summary>A named tensor of a PyTorch file.</summary>
internal sealed class TorchTensor : StoredTensor
{
    private readonly TorchView _view;

    public TorchTensor(string name, TorchView view)
        : base(name, view.Storage.Type, view.Shape) => _view = view;

    /// <inheritdoc/>
    public override void CopyTo<T>(Span<T> values)
    {
        if (values.Length != Count)
            throw new ArgumentException($"Found room for {values.Length} values; the tensor '{Name}' has {Count}.", nameof(values));
        int size = NumberTypes.SizeOf(Type);
        ReadOnlySpan<byte> storage = _view.Storage.Bytes.Span;
        if (IsRowMajor())
        {
            NumberTypes.Convert(storage.Slice((int)_view.Offset * size, values.Length * size), Type, values);
            return;
        }

        Span<int> index = stackalloc int[Shape.Length];
        index.Clear();
        long position = _view.Offset;
        for (int i = 0; i < values.Length; i++)
        {
            NumberTypes.Convert(storage.Slice((int)position * size, size), Type, values.Slice(i, 1));
            for (int axis = index.Length - 1; axis >= 0; axis--)
            {
                index[axis]++;
                position += _view.Strides[axis];
                if (index[axis] < Shape[axis])
                    break;
                position -= index[axis] * _view.Strides[axis];
                index[axis] = 0;
            }
        }
    }

    private bool IsRowMajor()
    {
        long expected = 1;
        for (int axis = Shape.Length - 1; axis >= 0; axis--)
        {
            if (Shape[axis] != 1 && _view.Strides[axis] != expected)
                return false;
            expected *= Shape[axis];
        }

        return true;
    }
}
