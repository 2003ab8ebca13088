using System;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>What the schedules of this folder have in common.</summary>
internal static class Schedule
{
    /// <summary>cos(pi x) for x in [0, 1].</summary>
    public static double CosineOfPi(double x) => Turn.SinCos(x / 2).Cosine;

    /// <summary>A number of steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public static long Steps(long steps, [CallerArgumentExpression(nameof(steps))] string? name = null) =>
        steps >= 1 ? steps : throw new ArgumentOutOfRangeException(name, steps, $"{name} is at least 1.");

    /// <summary>A rate or a factor.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or not a number.</exception>
    public static double Amount(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is finite and not negative.");
}
