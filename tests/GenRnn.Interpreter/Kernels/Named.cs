using System;
using System.Numerics;
using GenRnn.Compiler.Ir;

namespace GenRnn.Interpreter.Kernels;

/// <summary>
/// A number that knows which value it is. Inputs, parameters and states are given names; what is computed is called after the operation and its operands, so
/// two values have one name only if they are the same expression of the same givens. +0 is nameless, and a default value.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
/// <param name="Value">The number.</param>
/// <param name="Name">Its name.</param>
internal readonly record struct Named<T>(T Value, ulong Name)
    where T : unmanaged;

/// <summary>Names of givens and results: hashes of 64 bits.</summary>
internal static class ValueName
{
    /// <summary>The name of a given: of a kind, at an index.</summary>
    public static ulong Given(string kind, long index)
    {
        ulong name = 14695981039346656037;
        foreach (char c in kind)
            name = (name ^ c) * 1099511628211;
        return Of(name, (ulong)index + 0x9E3779B97F4A7C15);
    }

    public static ulong Of(ulong a, ulong b) => Scatter((a * 0x9E3779B97F4A7C15) ^ (BitOperations.RotateLeft(b, 31) * 0xBF58476D1CE4E5B9));

    /// <summary>The same in either order: what is commutative in every bit.</summary>
    public static ulong OfPair(ulong a, ulong b) => Of(a + b, a ^ b);

    private static ulong Scatter(ulong x)
    {
        x ^= x >> 30;
        x *= 0x94D049BB133111EB;
        return x ^ (x >> 28);
    }
}

/// <summary>Numbers with names: the arithmetic of the numbers, and beside it the names of what comes out.</summary>
internal readonly struct NamedNumbers<T, TNumbers> : INumbers<Named<T>>
    where T : unmanaged
    where TNumbers : struct, INumbers<T>
{
    private const ulong ChainLink = 1000, Choice = 1001, Drawn = 1002, Constants = 1003, Chosen = 1004;

    public Named<T> Constant(double number) =>
        new(default(TNumbers).Constant(number), BitConverter.DoubleToInt64Bits(number) is var bits && bits == 0 ? 0 : ValueName.Of(Constants, (ulong)bits));

    public Named<T> MultiplyAdd(Named<T> a, Named<T> b, Named<T> c) => new(
        default(TNumbers).MultiplyAdd(a.Value, b.Value, c.Value), ValueName.Of(ValueName.OfPair(a.Name, b.Name) + ChainLink, c.Name));

    public Named<T> Normal(uint x0, uint x1) => new(default(TNumbers).Normal(x0, x1), ValueName.Of(Drawn, ((ulong)x0 << 32) | x1));

    public Named<T> Unary(OpCode op, Named<T> a) => new(default(TNumbers).Unary(op, a.Value), op == OpCode.Detach ? a.Name : ValueName.Of((ulong)op, a.Name));

    public Named<T> Binary(OpCode op, Named<T> a, Named<T> b) => new(default(TNumbers).Binary(op, a.Value, b.Value), op switch
    {
        // A sum may start from zero or from its first term.
        OpCode.Add when a.Name == 0 || b.Name == 0 => a.Name | b.Name,
        OpCode.Add or OpCode.Multiply => ValueName.Of((ulong)op, ValueName.OfPair(a.Name, b.Name)),
        // In any order.
        OpCode.LaneMax => a.Name + b.Name,
        _ => ValueName.Of(ValueName.Of((ulong)op, a.Name), b.Name),
    });

    public Named<T> Select(Named<T> mask, Named<T> a, Named<T> b) => new(
        default(TNumbers).Select(mask.Value, a.Value, b.Value), ValueName.Of(ValueName.Of(ValueName.Of(Choice, mask.Name), a.Name), b.Name));

    public int Truncate(Named<T> a) => default(TNumbers).Truncate(a.Value);

    public Named<T> Entry(Named<T> entry, Named<T> id) => new(entry.Value, ValueName.Of(ValueName.Of(Chosen, entry.Name), id.Name));
}
