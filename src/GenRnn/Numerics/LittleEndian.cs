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

    /// <summary>Turns values into bytes of a file, or back, in place: nothing to do on a little-endian machine.</summary>
    public static Span<byte> AsFileBytes<T>(Span<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(values);
        if (!BitConverter.IsLittleEndian)
        {
            for (int i = 0; i < bytes.Length; i += Unsafe.SizeOf<T>())
                bytes.Slice(i, Unsafe.SizeOf<T>()).Reverse();
        }

        return bytes;
    }
}
