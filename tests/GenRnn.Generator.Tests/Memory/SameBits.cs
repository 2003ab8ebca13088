using System;
using System.Numerics;

namespace GenRnn.Generator.Tests.Memory;

/// <summary>Equality of floating-point values as bits. Sign and payload of a NaN are outside the contract.</summary>
internal static class SameBits
{
    public static void Assert<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> found, string what)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Xunit.Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            bool isSame = T.IsNaN(expected[i]) ? T.IsNaN(found[i]) : expected[i] == found[i] && T.IsNegative(expected[i]) == T.IsNegative(found[i]);
            if (!isSame)
                Xunit.Assert.Fail($"{what} differ at {i} of {expected.Length}: expected {expected[i]}, found {found[i]}");
        }
    }
}
