using System;
using System.Collections.Generic;
using System.IO;

namespace GenRnn.Tool.Reading.Onnx;

/// <summary>A constant of a graph.</summary>
internal sealed class OnnxTensor : StoredTensor
{
    private readonly ReadOnlyMemory<byte> _elements;

    private OnnxTensor(string name, NumberType type, long[] shape, ReadOnlyMemory<byte> elements)
        : base(name, type, shape)
    {
        Int128 length = NumberTypes.SizeOf(type);
        foreach (long axis in shape)
            length *= axis >= 0 && axis <= int.MaxValue && length <= int.MaxValue ? axis : throw FileFault.Damaged($"the constant {FileFault.Quote(name)} has an axis of {axis}");
        if (length != elements.Length)
            throw FileFault.Damaged($"the constant {FileFault.Quote(name)} has {elements.Length} bytes; its shape and type need {length}");
        _elements = elements;
    }

    /// <exception cref="InvalidDataException">It is damaged, or stands in another file.</exception>
    public static OnnxTensor Read(ReadOnlyMemory<byte> message)
    {
        string name = "";
        long type = 0;
        bool isExternal = false;
        var shape = new List<long>();
        var bits = new List<byte>();
        var numbers = new List<long>();
        ReadOnlyMemory<byte>? raw = null;
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: Integers(reader, shape.Add); break;
                case 2: type = reader.Integer; break;
                case 8: name = reader.Text; break;
                case 9: raw = reader.Bytes; break;
                // Floats and doubles stand as bits, one after another; others as numbers of any length.
                case 4 or 10 when reader.IsBytes: bits.AddRange(reader.Bytes.Span); break;
                case 4: bits.AddRange(BitConverter.GetBytes((uint)reader.Number)); break;
                case 10: bits.AddRange(BitConverter.GetBytes(reader.Number)); break;
                case 5 or 7 or 11: Integers(reader, numbers.Add); break;
                case 13: isExternal = true; break;
                case 14: isExternal |= reader.Number != 0; break;
            }
        }

        if (isExternal)
            throw FileFault.Refused($"the constant {FileFault.Quote(name)} in another file");
        if (shape.Count > 32)
            throw FileFault.Damaged($"the constant {FileFault.Quote(name)} has {shape.Count} axes");
        NumberType number = type switch
        {
            1 => NumberType.Float32,
            2 => NumberType.UInt8,
            3 => NumberType.Int8,
            4 => NumberType.UInt16,
            5 => NumberType.Int16,
            6 => NumberType.Int32,
            7 => NumberType.Int64,
            9 => NumberType.Boolean,
            10 => NumberType.Float16,
            11 => NumberType.Float64,
            12 => NumberType.UInt32,
            13 => NumberType.UInt64,
            16 => NumberType.BFloat16,
            _ => throw FileFault.Refused($"the constant {FileFault.Quote(name)} of the type {type}"),
        };
        if (raw is null)
        {
            // A half is written as a whole number too: its bits.
            int width = NumberTypes.SizeOf(number);
            foreach (long value in numbers)
                bits.AddRange(BitConverter.GetBytes(value).AsSpan(0, width));
        }

        return new OnnxTensor(name, number, [.. shape], raw ?? bits.ToArray());
    }

    /// <inheritdoc/>
    public override void CopyTo<T>(Span<T> values) => NumberTypes.Convert(_elements.Span, Type, values);

    private static void Integers(ProtoReader field, Action<long> add)
    {
        // One byte of the file would become many; exporters write weights as bytes.
        if (field.Bytes.Length > 1 << 20)
            throw FileFault.Refused("a constant of a million numbers that are no bytes");
        if (!field.IsBytes)
        {
            add(field.Integer);
            return;
        }

        var list = new ProtoReader(field.Bytes);
        while (!list.IsAtEnd)
            add((long)list.Varint());
    }
}
