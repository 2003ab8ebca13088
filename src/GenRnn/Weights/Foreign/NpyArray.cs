using System;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace GenRnn;

/// <summary>An array of NumPy's <c>.npy</c> form, as they stand in an <c>.npz</c>.</summary>
/// <remarks>Form: numpy.lib.format, versions 1.0 to 3.0.</remarks>
internal sealed class NpyArray : StoredTensor
{
    private readonly ReadOnlyMemory<byte> _elements;
    private readonly bool _isColumnMajor;

    private NpyArray(string name, NumberType type, long[] shape, bool isColumnMajor, ReadOnlyMemory<byte> elements)
        : base(name, type, shape)
    {
        _isColumnMajor = isColumnMajor;
        _elements = elements;
    }

    private static ReadOnlySpan<byte> Signature => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads an array.</summary>
    /// <param name="name">Its name in the archive.</param>
    /// <param name="data">The whole of its entry.</param>
    public static NpyArray Read(string name, ReadOnlyMemory<byte> data)
    {
        var reader = new ByteReader(data.Span, 0, "NumPy array");
        if (!reader.Take((ulong)Signature.Length).SequenceEqual(Signature))
            throw FileFault.Damaged($"{FileFault.Quote(name)} is no NumPy array");
        byte version = reader.U8();
        reader.Skip(1);
        if (version is < 1 or > 3)
            throw FileFault.Refused($"a NumPy array of version {version}");
        uint length = version == 1 ? reader.U16() : reader.U32();
        string header = Encoding.Latin1.GetString(reader.Take(length));
        ReadOnlyMemory<byte> elements = data[reader.Position..];

        NumberType type = TypeOf(Field(header, "descr").Trim('\'', '"'));
        bool isColumnMajor = Field(header, "fortran_order") == "True";
        long[] shape = ShapeOf(Field(header, "shape"));
        Int128 size = NumberTypes.SizeOf(type);
        foreach (long dimension in shape)
            size *= dimension <= data.Length ? dimension : throw FileFault.Damaged($"an axis of {dimension} in {data.Length} bytes");
        return size == elements.Length
            ? new NpyArray(name, type, shape, isColumnMajor, elements)
            : throw FileFault.Damaged($"the array {FileFault.Quote(name)} needs {size} bytes and has {elements.Length}");
    }

    /// <inheritdoc/>
    public override void CopyTo<T>(Span<T> values)
    {
        NumberTypes.Convert(_elements.Span, Type, values);
        if (!_isColumnMajor || Shape.Length < 2)
            return;
        T[] columns = values.ToArray();
        Span<long> index = stackalloc long[Shape.Length];
        index.Clear();
        for (int i = 0; i < values.Length; i++)
        {
            long place = 0, stride = 1;
            for (int axis = 0; axis < Shape.Length; stride *= Shape[axis++])
                place += index[axis] * stride;
            values[i] = columns[place];
            for (int axis = Shape.Length - 1; axis >= 0 && ++index[axis] == Shape[axis]; axis--)
                index[axis] = 0;
        }
    }

    /// <summary>A value of the header, which is a Python dictionary of three keys.</summary>
    private static string Field(string header, string key)
    {
        int start = header.IndexOf($"'{key}'", StringComparison.Ordinal);
        start = start < 0 ? -1 : header.IndexOf(':', start);
        if (start < 0)
            throw FileFault.Damaged($"the header of a NumPy array has no '{key}'");
        int end = ++start;
        for (int depth = 0; end < header.Length && (depth > 0 || header[end] is not (',' or '}')); end++)
            depth += header[end] switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
        return header[start..end].Trim();
    }

    private static NumberType TypeOf(string text) => text switch
    {
        "<f2" => NumberType.Float16,
        "<f4" => NumberType.Float32,
        "<f8" => NumberType.Float64,
        "|i1" => NumberType.Int8,
        "<i2" => NumberType.Int16,
        "<i4" => NumberType.Int32,
        "<i8" => NumberType.Int64,
        "|u1" => NumberType.UInt8,
        "<u2" => NumberType.UInt16,
        "<u4" => NumberType.UInt32,
        "<u8" => NumberType.UInt64,
        "|b1" => NumberType.Boolean,
        _ => throw FileFault.Refused($"a NumPy array of the type {FileFault.Quote(text)}"),
    };

    private static long[] ShapeOf(string text)
    {
        var shape = new List<long>();
        foreach (string part in text.Trim('(', ')').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out long dimension))
                throw FileFault.Damaged($"a NumPy array of the shape {FileFault.Quote(text)}");
            shape.Add(dimension);
        }

        return shape.Count <= 32 ? shape.ToArray() : throw FileFault.Damaged($"a NumPy array of rank {shape.Count}");
    }
}
