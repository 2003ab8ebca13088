namespace TimeSeries.Data;

/// <summary>
/// MT19937, seeded by <c>init_genrand</c>: the stream behind NumPy's <c>np.random.seed</c> and <c>np.random.rand</c>.
/// </summary>
/// <remarks>M. Matsumoto and T. Nishimura, "Mersenne Twister", ACM TOMACS 8 (1998), with the 2002 initialisation.</remarks>
internal sealed class MersenneTwister
{
    private const int N = 624;
    private const int M = 397;
    private const uint UpperMask = 0x80000000u;
    private const uint LowerMask = 0x7fffffffu;
    private const uint Matrix = 0x9908b0dfu;

    private readonly uint[] _state = new uint[N];
    private int _next = N;

    public MersenneTwister(uint seed)
    {
        _state[0] = seed;
        for (uint i = 1; i < N; i++)
        {
            uint previous = _state[i - 1];
            _state[i] = 1812433253u * (previous ^ (previous >> 30)) + i;
        }
    }

    /// <summary>A uniform double in [0, 1) with all 53 bits random, from two draws.</summary>
    public double NextDouble()
    {
        uint high = NextUInt32() >> 5;
        uint low = NextUInt32() >> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    public uint NextUInt32()
    {
        if (_next == N)
            Twist();

        uint y = _state[_next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680u;
        y ^= (y << 15) & 0xefc60000u;
        return y ^ (y >> 18);
    }

    private void Twist()
    {
        for (int i = 0; i < N; i++)
        {
            uint y = (_state[i] & UpperMask) | (_state[(i + 1) % N] & LowerMask);
            _state[i] = _state[(i + M) % N] ^ (y >> 1) ^ ((y & 1) == 0 ? 0u : Matrix);
        }

        _next = 0;
    }
}
