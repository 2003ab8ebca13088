using System;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace GenRnn;

/// <summary>Numbers of a file as numbers of a model.</summary>
internal static class NumberTypes
{
    /// <summary>Bytes of an element.</summary>
    public static int SizeOf(NumberType type) => type switch
    {
        NumberType.Int8 or NumberType.UInt8 or NumberType.Boolean => 1,
        NumberType.Float16 or NumberType.BFloat16 or NumberType.Int16 or NumberType.UInt16 => 2,
        NumberType.Float32 or NumberType.Int32 or NumberType.UInt32 => 4,
        _ => 8,
    };

    /// <summary>Whether a weight may be stored so: whole numbers are counters, or quantised.</summary>
    public static bool IsFloatingPoint(NumberType type) => type <= NumberType.Float64;

    /// <summary>Converts every element, rounding to nearest where <typeparamref name="T"/> is narrower.</summary>
    /// <param name="bytes">As many elements as <paramref name="values"/> holds.</param>
    /// <param name="type">Their type.</param>
    /// <param name="values">Where they go.</param>
    public static void Convert<T>(ReadOnlySpan<byte> bytes, NumberType type, Span<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int size = SizeOf(type);
        if (bytes.Length != (long)size * values.Length)
            throw new ArgumentException($"Found {bytes.Length} bytes; {values.Length} elements of {type} take {(long)size * values.Length}.", nameof(bytes));
        if ((typeof(T) == typeof(float) && type == NumberType.Float32) || (typeof(T) == typeof(double) && type == NumberType.Float64))
        {
            bytes.CopyTo(MemoryMarshal.AsBytes(values));
            LittleEndian.FromFileBytes(values);
            return;
        }

        for (int i = 0; i < values.Length; i++)
            values[i] = One<T>(bytes.Slice(i * size, size), type);
    }

    private static T One<T>(ReadOnlySpan<byte> bytes, NumberType type)
        where T : unmanaged, IFloatingPointIeee754<T> => type switch
        {
            NumberType.Float16 => T.CreateTruncating(BinaryPrimitives.ReadHalfLittleEndian(bytes)),
            // The upper half of a float.
            NumberType.BFloat16 => T.CreateTruncating(BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16)),
            NumberType.Float32 => T.CreateTruncating(BinaryPrimitives.ReadSingleLittleEndian(bytes)),
            NumberType.Float64 => T.CreateTruncating(BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
            NumberType.Int8 => T.CreateTruncating((sbyte)bytes[0]),
            NumberType.Int16 => T.CreateTruncating(BinaryPrimitives.ReadInt16LittleEndian(bytes)),
            NumberType.Int32 => T.CreateTruncating(BinaryPrimitives.ReadInt32LittleEndian(bytes)),
            NumberType.Int64 => T.CreateTruncating(BinaryPrimitives.ReadInt64LittleEndian(bytes)),
            NumberType.UInt16 => T.CreateTruncating(BinaryPrimitives.ReadUInt16LittleEndian(bytes)),
            NumberType.UInt32 => T.CreateTruncating(BinaryPrimitives.ReadUInt32LittleEndian(bytes)),
            NumberType.UInt64 => T.CreateTruncating(BinaryPrimitives.ReadUInt64LittleEndian(bytes)),
            _ => T.CreateTruncating(bytes[0]),
        };
}
