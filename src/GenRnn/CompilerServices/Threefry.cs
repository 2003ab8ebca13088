using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn.CompilerServices;

/// <summary>
/// Threefry2x32-20 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011): 64 random bits as a pure
/// function of a 64-bit key and a 64-bit counter. Counter-based, so that no order of use can change a number.
/// </summary>
/// <remarks>
/// Additions, rotations and exclusive ors of 32-bit lanes only, which every vector unit has; Philox of the same paper, with which the
/// initialisers draw, needs the upper half of a 32-bit product. 20 rounds are the authors' choice; 13 pass all tests of TestU01.
/// </remarks>
internal static class Threefry
{
    // Skein's parity constant, of 32 bits.
    private const uint Parity = 0x1BD11BDA;

    /// <summary>One block for each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<uint> X0, Vector<uint> X1) Block(Vector<uint> key0, Vector<uint> key1, Vector<uint> counter0, Vector<uint> counter1)
    {
        Vector<uint> key2 = key0 ^ key1 ^ new Vector<uint>(Parity);
        Vector<uint> x0 = counter0 + key0;
        Vector<uint> x1 = counter1 + key1;
        FourRounds(ref x0, ref x1, 13, 15, 26, 6);
        x0 += key1;
        x1 += key2 + Vector<uint>.One;
        FourRounds(ref x0, ref x1, 17, 29, 16, 24);
        x0 += key2;
        x1 += key0 + new Vector<uint>(2);
        FourRounds(ref x0, ref x1, 13, 15, 26, 6);
        x0 += key0;
        x1 += key1 + new Vector<uint>(3);
        FourRounds(ref x0, ref x1, 17, 29, 16, 24);
        x0 += key1;
        x1 += key2 + new Vector<uint>(4);
        FourRounds(ref x0, ref x1, 13, 15, 26, 6);
        x0 += key2;
        x1 += key0 + new Vector<uint>(5);
        return (x0, x1);
    }

    /// <summary>One block.</summary>
    public static (uint X0, uint X1) Block(uint key0, uint key1, uint counter0, uint counter1)
    {
        (Vector<uint> x0, Vector<uint> x1) = Block(new Vector<uint>(key0), new Vector<uint>(key1), new Vector<uint>(counter0), new Vector<uint>(counter1));
        return (x0.ToScalar(), x1.ToScalar());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourRounds(ref Vector<uint> x0, ref Vector<uint> x1, int r0, int r1, int r2, int r3)
    {
        x0 += x1;
        x1 = Rotate(x1, r0) ^ x0;
        x0 += x1;
        x1 = Rotate(x1, r1) ^ x0;
        x0 += x1;
        x1 = Rotate(x1, r2) ^ x0;
        x0 += x1;
        x1 = Rotate(x1, r3) ^ x0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<uint> Rotate(Vector<uint> x, int bits) => Vector.ShiftLeft(x, bits) | Vector.ShiftRightLogical(x, 32 - bits);
}
