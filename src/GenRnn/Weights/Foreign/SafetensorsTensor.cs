using System;
using System.Numerics;

namespace GenRnn;

/// <summary>A tensor of a safetensors file that another tool wrote.</summary>
internal sealed class SafetensorsTensor : StoredTensor
{
    private readonly ReadOnlyMemory<byte> _elements;

    /// <param name="entry">Its line in the file's table.</param>
    /// <param name="data">The data behind the table.</param>
    public SafetensorsTensor(SafetensorsEntry entry, ReadOnlyMemory<byte> data)
        : base(entry.Name, TypeOf(entry.Type), entry.Shape)
    {
        Int128 length = NumberTypes.SizeOf(Type);
        foreach (long axis in entry.Shape)
            length *= axis <= data.Length ? axis : throw FileFault.Damaged($"{FileFault.Quote(entry.Name)} has an axis of {axis} in {data.Length} bytes");
        if (length != entry.End - entry.Begin)
            throw FileFault.Damaged($"{FileFault.Quote(entry.Name)} has {entry.End - entry.Begin} bytes; its shape and type need {length}");
        _elements = data.Slice((int)entry.Begin, (int)length);
    }

    /// <inheritdoc/>
    public override void CopyTo<T>(Span<T> values) => NumberTypes.Convert(_elements.Span, Type, values);

    private static NumberType TypeOf(string name) => name switch
    {
        "F16" => NumberType.Float16,
        "BF16" => NumberType.BFloat16,
        "F32" => NumberType.Float32,
        "F64" => NumberType.Float64,
        "I8" => NumberType.Int8,
        "I16" => NumberType.Int16,
        "I32" => NumberType.Int32,
        "I64" => NumberType.Int64,
        "U8" => NumberType.UInt8,
        "U16" => NumberType.UInt16,
        "U32" => NumberType.UInt32,
        "U64" => NumberType.UInt64,
        "BOOL" => NumberType.Boolean,
        _ => throw FileFault.Refused($"the type {FileFault.Quote(name)}"),
    };
}
