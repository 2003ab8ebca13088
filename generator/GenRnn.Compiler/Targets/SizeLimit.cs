using System;

namespace GenRnn.Compiler.Targets;

/// <summary>
/// How large a buffer can be. Each is one array, and its offsets are 32-bit numbers of the emitted code; so sizes are computed as <see cref="long"/> and become
/// <see cref="int"/> here.
/// </summary>
public static class SizeLimit
{
    /// <summary>Elements of an array, but for what its alignment and a vector at its end take.</summary>
    public const long Elements = int.MaxValue - (1 << 16);

    /// <summary>The size, if it fits.</summary>
    /// <param name="elements">Elements of a buffer.</param>
    /// <param name="what">Which buffer it is, for the message.</param>
    /// <exception cref="SizeLimitException">It does not.</exception>
    public static int Check(long elements, string what) => elements <= Elements ? (int)elements : throw new SizeLimitException(elements, what);

    /// <summary>A product that stays the largest number where it would be larger.</summary>
    public static long Product(long a, long b) => b != 0 && a > long.MaxValue / b ? long.MaxValue : a * b;
}

/// <summary>A buffer of the model does not fit one array.</summary>
public sealed class SizeLimitException : OverflowException
{
    internal SizeLimitException(long elements, string what)
        : base(FormattableString.Invariant($"{what} would have {elements:N0} elements, and {SizeLimit.Elements:N0} is the limit, because it is one array; use smaller sizes or a smaller Batch"))
    {
    }
}
