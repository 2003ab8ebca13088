using System;
using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GenRnn.CompilerServices;

/// <summary>
/// Managed memory that starts on a 64-byte boundary and never moves. A vector access that begins inside
/// <see cref="Length"/> ends inside the allocation, whatever the vector's width.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AlignedBuffer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Alignment = 64;

    // The widest Vector<float> holds 16 values.
    private const int Overhang = 16;

    private readonly T[] _array;
    private readonly int _start;

    /// <summary>Allocates <paramref name="length"/> zeros.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative, or more than an array can hold.</exception>
    public AlignedBuffer(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        int size = Unsafe.SizeOf<T>();
        int slack = Alignment / size;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Array.MaxLength - slack - Overhang);
        Length = length;
        _array = GC.AllocateArray<T>(length + slack + Overhang, pinned: true);
        // Pinned, so the address stays what it is: an offset found now stays right.
        int misalignment = (int)((nuint)Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0) & (Alignment - 1));
        _start = misalignment == 0 ? 0 : (Alignment - misalignment) / size;
    }

    /// <summary>Number of values.</summary>
    public int Length { get; }

    /// <summary>The values.</summary>
    public Span<T> Span => _array.AsSpan(_start, Length);

    /// <summary>The first value, on a 64-byte boundary. What is reached from it is not checked.</summary>
    public ref T Origin
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_array), _start);
    }
}
