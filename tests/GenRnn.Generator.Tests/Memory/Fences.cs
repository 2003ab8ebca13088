using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using Xunit;

namespace GenRnn.Generator.Tests.Memory;

/// <summary>The spans of one call, each with values on both sides that no call may touch. What is read stays what it was.</summary>
internal sealed class Fences<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // More than the widest vector reaches over an end, by far.
    private const int Width = 80;

    private static readonly T s_post = T.CreateChecked(12345.625);

    private readonly List<(T[] Memory, T[]? Values)> _spans = [];

    /// <summary>A copy of what a call reads.</summary>
    public ReadOnlySpan<T> Input(T[] values) => Enclose(values.Length, values);

    /// <summary>What a call writes: nothing of it is there yet.</summary>
    public Span<T> Output(int length) => Enclose(length, null);

    /// <summary>Fails if a call wrote elsewhere. The next call starts with no span.</summary>
    public void Check(string what)
    {
        foreach ((T[] memory, T[]? values) in _spans)
        {
            Assert.True(memory.Take(Width).Concat(memory.TakeLast(Width)).All(v => v == s_post), what + " wrote beside its spans.");
            Assert.True(values is null || Same(values, memory.AsSpan(Width, values.Length)), what + " wrote into what it reads.");
        }

        _spans.Clear();
    }

    private Span<T> Enclose(int length, T[]? values)
    {
        var memory = new T[length + 2 * Width];
        Array.Fill(memory, s_post);
        Span<T> span = memory.AsSpan(Width, length);
        if (values is null)
            span.Fill(T.NaN);
        else
            values.CopyTo(span);
        _spans.Add((memory, values));
        return span;
    }

    private static bool Same(ReadOnlySpan<T> expected, ReadOnlySpan<T> found)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            if (!expected[i].Equals(found[i]))
                return false;
        }

        return true;
    }
}
