using System;
using System.Numerics;

namespace GenRnn.Fingerprint;

/// <summary>Numbers for tests: the same ones everywhere, exact in every element type. SplitMix64 (Steele, Lea and Flood, 2014).</summary>
public sealed class RandomValues(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Values in [-1, 1), multiples of 2^-23.</summary>
    public T[] Next<T>(int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var values = new T[count];
        foreach (ref T value in values.AsSpan())
            value = T.CreateChecked((int)(NextBits() >> 40) - (1 << 23)) / T.CreateChecked(1 << 23);
        return values;
    }

    private ulong NextBits()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
