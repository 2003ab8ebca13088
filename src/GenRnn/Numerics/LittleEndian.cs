using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GenRnn;

/// <summary>Values as bytes, lowest first, as files hold them.</summary>
internal static class LittleEndian
{
    public static void Write<T>(Span<byte> destination, T value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        MemoryMarshal.Write(destination, in value);
        if (!BitConverter.IsLittleEndian)
            destination[..Unsafe.SizeOf<T>()].Reverse();
    }

    public static T Read<T>(ReadOnlySpan<byte> source)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (BitConverter.IsLittleEndian)
            return MemoryMarshal.Read<T>(source);
        Span<byte> reversed = stackalloc byte[Unsafe.SizeOf<T>()];
        source[..reversed.Length].CopyTo(reversed);
        reversed.Reverse();
        return MemoryMarshal.Read<T>(reversed);
    }

    /// <summary>Values as bytes of a file: the same memory on a little-endian machine, else <paramref name="scratch"/>, which has room for as many.</summary>
    public static ReadOnlySpan<byte> ToFileBytes<T>(ReadOnlySpan<T> values, Span<T> scratch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (BitConverter.IsLittleEndian)
            return MemoryMarshal.AsBytes(values);
        values.CopyTo(scratch);
        FromFileBytes(scratch[..values.Length]);
        return MemoryMarshal.AsBytes(scratch[..values.Length]);
    }

    /// <summary>Turns bytes of a file into values, or back, in place: nothing to do on a little-endian machine.</summary>
    public static void FromFileBytes<T>(Span<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (BitConverter.IsLittleEndian)
            return;
        Span<byte> bytes = MemoryMarshal.AsBytes(values);
        for (int i = 0; i < bytes.Length; i += Unsafe.SizeOf<T>())
            bytes.Slice(i, Unsafe.SizeOf<T>()).Reverse();
    }
}
