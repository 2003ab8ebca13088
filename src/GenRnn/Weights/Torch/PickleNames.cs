using System;
using System.Collections.Generic;

namespace GenRnn;

/// <summary>The few calls of a pickle that stand for plain data: a table of names, each read as the data that it means.</summary>
internal sealed class PickleNames
{
    private const int MaximumRank = 32;
    private readonly long _fileLength;
    private long _encoded;

    public PickleNames(int pickleLength, long fileLength)
    {
        _encoded = pickleLength;
        _fileLength = fileLength;
    }

    /// <summary>What a call stands for; null if it is none of the table, and stays a record.</summary>
    public object? Result(PickleName? name, object?[] arguments) => (name?.Text, arguments) switch
    {
        ("collections.OrderedDict", []) => new PickleDictionary(isOrdered: true),
        ("torch._utils._rebuild_tensor_v2", [var storage, var offset, var shape, var strides, _, _, ..]) when arguments.Length <= 7 => View(storage, offset, shape, strides),
        ("torch._utils._rebuild_parameter", [TorchView view, _, _]) => view,
        ("torch._utils._rebuild_parameter", [not PickleRecord, _, _]) => throw FileFault.Damaged("a parameter without a tensor"),
        ("torch.Size", [object?[] shape]) => shape,
        ("__builtin__.set" or "builtins.set", [List<object?> items]) => items,
        ("_codecs.encode", [string text, "latin1"]) => Encode(text),
        _ => null,
    };

    private string Encode(string text)
    {
        // One text may be encoded many times.
        _encoded -= text.Length;
        return _encoded >= 0 ? text : throw FileFault.Refused("a pickle that encodes more bytes than it holds");
    }

    private TorchView View(object? storage, object? offset, object? shape, object? strides)
    {
        if (storage is not TorchStorage elements)
            throw FileFault.Damaged("a tensor without a storage");
        if (shape is not object?[] sizes || strides is not object?[] steps || sizes.Length != steps.Length || sizes.Length > MaximumRank)
            throw FileFault.Damaged("a tensor whose shape and strides differ in rank");
        long first = Natural(offset);
        long[] shapes = Array.ConvertAll(sizes, Natural), stride = Array.ConvertAll(steps, Natural);
        long count = 1;
        Int128 last = first;
        for (int i = 0; i < shapes.Length; i++)
        {
            if (shapes[i] > _fileLength)
                throw FileFault.Damaged($"a tensor with an axis of {shapes[i]} in a file of {_fileLength} bytes");
            // After every factor: a later one may be 0.
            if (shapes[i] != 0 && count > elements.Count / shapes[i])
                throw FileFault.Refused($"a tensor of more elements than its storage of {elements.Count}");
            count *= shapes[i];
            last += (Int128)(shapes[i] - 1) * stride[i];
        }

        if (count > 0 && last >= elements.Count)
            throw FileFault.Damaged("a tensor that leaves its storage");
        return new TorchView(elements, first, shapes, stride);
    }

    private static long Natural(object? number) => number is long and >= 0
        ? (long)number
        : throw FileFault.Damaged("a tensor with an offset, a size or a stride that is no whole number from 0");
}
