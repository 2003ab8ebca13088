using System;
using System.Numerics;
using GenRnn.CompilerServices;

namespace GenRnn;

/// <summary>
/// A deterministic stream of random numbers: Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as
/// easy as 1, 2, 3", 2011). Block n of a stream is a pure function of seed, stream and n, so streams never overlap and
/// no order of use can change them.
/// </summary>
internal sealed class RandomStream
{
    private uint _key0;
    private uint _key1;
    private ulong _counter;
    private UInt128 _block;
    private int _left;
    private double _spareNormal = double.NaN;

    /// <summary>Begins a stream.</summary>
    /// <param name="seed">The user's seed.</param>
    /// <param name="stream">Which stream of that seed: the index of a variable.</param>
    public RandomStream(int seed, int stream) => Restart(seed, stream);

    /// <summary>Begins another stream in the same memory.</summary>
    public void Restart(int seed, int stream)
    {
        _key0 = (uint)seed;
        _key1 = (uint)stream;
        _counter = 0;
        _left = 0;
        _spareNormal = double.NaN;
    }

    /// <summary>32 random bits.</summary>
    public uint NextUInt32()
    {
        if (_left == 0)
        {
            _block = Philox(_counter++, _key0, _key1);
            _left = 4;
        }

        uint bits = (uint)_block;
        _block >>= 32;
        _left--;
        return bits;
    }

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextUniform()
    {
        ulong high = NextUInt32() >> 5;
        ulong low = NextUInt32() >> 6;
        return ((high << 26) | low) * (1.0 / (1UL << 53));
    }

    /// <summary>Standard normal, by Box and Muller's transform.</summary>
    public double NextNormal()
    {
        if (!double.IsNaN(_spareNormal))
        {
            double spare = _spareNormal;
            _spareNormal = double.NaN;
            return spare;
        }

        // 1 - u is in (0, 1]: the logarithm is finite.
        double radius = Math.Sqrt(-2.0 * VectorMath.Log(new Vector<double>(1.0 - NextUniform())).ToScalar());
        (double sine, double cosine) = Turn.SinCos(NextUniform());
        _spareNormal = radius * sine;
        return radius * cosine;
    }

    /// <summary>Standard normal given that it lies within two standard deviations.</summary>
    public double NextTruncatedNormal()
    {
        while (true)
        {
            double value = NextNormal();
            if (value is >= -2.0 and <= 2.0)
                return value;
        }
    }

    /// <summary>Block <paramref name="counter"/> of a stream; its first word stands lowest.</summary>
    internal static UInt128 Philox(UInt128 counter, uint key0, uint key1)
    {
        uint c0 = (uint)counter;
        uint c1 = (uint)(counter >> 32);
        uint c2 = (uint)(counter >> 64);
        uint c3 = (uint)(counter >> 96);
        for (int round = 0; round < 10; round++)
        {
            ulong product0 = 0xD2511F53UL * c0;
            ulong product1 = 0xCD9E8D57UL * c2;
            c0 = (uint)(product1 >> 32) ^ c1 ^ key0;
            c1 = (uint)product1;
            c2 = (uint)(product0 >> 32) ^ c3 ^ key1;
            c3 = (uint)product0;
            key0 += 0x9E3779B9;
            key1 += 0xBB67AE85;
        }

        return new UInt128(((ulong)c3 << 32) | c2, ((ulong)c1 << 32) | c0);
    }
}
