using System;
using System.IO;

namespace GenRnn;

/// <summary>Where weights are read from, front to back.</summary>
internal interface IWeightSource
{
    /// <summary>Number of bytes that are left; null if that cannot be known.</summary>
    long? Remaining { get; }

    /// <summary>Whether bytes behind the weights are somebody else's.</summary>
    bool MayGoOn { get; }

    /// <summary>Reads the next bytes, as many as there are places.</summary>
    /// <returns>How many were read: fewer only at the end.</returns>
    int Read(scoped Span<byte> bytes);
}

/// <summary>A stream from its position on.</summary>
internal readonly struct StreamSource(Stream stream, bool mayGoOn) : IWeightSource
{
    public long? Remaining => stream.CanSeek ? stream.Length - stream.Position : null;

    public bool MayGoOn => mayGoOn;

    public int Read(scoped Span<byte> bytes) => stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
}

/// <summary>Bytes in memory.</summary>
internal ref struct SpanSource(ReadOnlySpan<byte> bytes) : IWeightSource
{
    private ReadOnlySpan<byte> _left = bytes;

    public readonly long? Remaining => _left.Length;

    public readonly bool MayGoOn => false;

    public int Read(scoped Span<byte> bytes)
    {
        int count = Math.Min(bytes.Length, _left.Length);
        _left[..count].CopyTo(bytes);
        _left = _left[count..];
        return count;
    }
}
