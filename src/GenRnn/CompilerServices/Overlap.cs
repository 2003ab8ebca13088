using System;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GenRnn.CompilerServices;

/// <summary>
/// What becomes of spans that share memory, decided here for all members. The result is always that of distinct spans, or the call is
/// refused before anything is written:
/// an input may lie under an output (where several passes run, it is copied first); two outputs may not share an element; and no output
/// may lie in the memory that the pass itself works in or leaves its results in.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Overlap
{
    /// <summary>The input, or a copy of it if the output would be written over what later passes read.</summary>
    public static ReadOnlySpan<TInput> Apart<TInput, TOutput>(ReadOnlySpan<TInput> input, ReadOnlySpan<TOutput> output)
        where TInput : unmanaged
        where TOutput : unmanaged =>
        Share(input, output) ? input.ToArray() : input;

    /// <summary>Requires that two outputs share no memory.</summary>
    /// <exception cref="ArgumentException">They do: one would be written over the other.</exception>
    public static void RefuseOutputs<T>(ReadOnlySpan<T> first, ReadOnlySpan<T> second, string firstName, string secondName)
        where T : unmanaged
    {
        if (Share(first, second))
            ThrowOutputs(firstName, secondName);
    }

    /// <summary>Requires that a span lies outside the memory of a workspace or state of the same call.</summary>
    /// <exception cref="ArgumentException">It lies in it: a pass writes there while it reads or fills the span.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RefuseMemory<T>(ReadOnlySpan<T> span, AlignedBuffer<T> memory, string parameter)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // The memory is the whole of its array, and no span reaches from one array into another: where it starts is enough, and a step takes little longer for it.
        if ((nuint)Unsafe.ByteOffset(ref memory.Origin, ref MemoryMarshal.GetReference(span)) < (nuint)memory.Length * (nuint)Unsafe.SizeOf<T>())
            RefuseUnlessEmpty(span.Length, parameter);
    }

    /// <summary>Requires that a span lies outside other memory that the same call writes.</summary>
    /// <exception cref="ArgumentException">It lies in it.</exception>
    public static void RefuseMemory<T>(ReadOnlySpan<T> span, ReadOnlySpan<T> memory, string parameter)
        where T : unmanaged
    {
        if (Share(span, memory))
            ThrowMemory(parameter);
    }

    /// <summary>Whether two spans share a byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Share<TFirst, TSecond>(ReadOnlySpan<TFirst> first, ReadOnlySpan<TSecond> second)
        where TFirst : unmanaged
        where TSecond : unmanaged
    {
        nint distance = Unsafe.ByteOffset(
            ref Unsafe.As<TFirst, byte>(ref MemoryMarshal.GetReference(first)), ref Unsafe.As<TSecond, byte>(ref MemoryMarshal.GetReference(second)));
        // An empty span may point between the elements of another.
        return first.Length != 0 && second.Length != 0
            && ((nuint)distance < (nuint)first.Length * (nuint)Unsafe.SizeOf<TFirst>()
                || (nuint)(-distance) < (nuint)second.Length * (nuint)Unsafe.SizeOf<TSecond>());
    }

    [DoesNotReturn]
    private static void ThrowOutputs(string first, string second) => throw new ArgumentException(
        $"'{first}' and '{second}' share memory; each output is written whole, so expected distinct spans.", second);

    // An empty span may point anywhere.
    private static void RefuseUnlessEmpty(int length, string parameter)
    {
        if (length > 0)
            ThrowMemory(parameter);
    }

    [DoesNotReturn]
    private static void ThrowMemory(string parameter) => throw new ArgumentException(
        $"'{parameter}' lies in the memory of the workspace or state that the call works with; expected a span of its own.", parameter);
}
