using System;
using System.Numerics;
using GenRnn.Compiler.Ir;

namespace GenRnn.Interpreter;

/// <summary>Floating-point numbers: IEEE arithmetic, with the functions of a numeric mode.</summary>
internal readonly struct IeeeNumbers<T, TArithmetic> : INumbers<T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TArithmetic : struct, IArithmetic<T>
{
    public T Constant(double number) => default(TArithmetic).Constant(number);

    public T MultiplyAdd(T a, T b, T c) => default(TArithmetic).MultiplyAdd(a, b, c);

    public T Normal(uint x0, uint x1) => default(TArithmetic).Normal(x0, x1);

    // Negation, absolute value and square root are exact or correctly rounded by themselves.
    public T Unary(OpCode op, T a) => op switch
    {
        OpCode.Negate => -a,
        OpCode.Detach => a,
        OpCode.Abs => T.Abs(a),
        OpCode.Sqrt => T.Sqrt(a),
        _ => default(TArithmetic).Function(op, a),
    };

    public T Binary(OpCode op, T a, T b) => op switch
    {
        OpCode.Add => a + b,
        OpCode.Subtract => a - b,
        OpCode.Multiply => a * b,
        OpCode.Divide => a / b,
        OpCode.Greater => a > b ? T.One : T.Zero,
        OpCode.GreaterOrEqual => a >= b ? T.One : T.Zero,
        // NaN if there is one. Of two zeros the later one.
        OpCode.LaneMax => a > b || T.IsNaN(a) ? a : b,
        _ => throw new InvalidOperationException($"The interpreter does not know {op}."),
    };

    public T Select(T mask, T a, T b) => mask != T.Zero ? a : b;

    public int Truncate(T a) => int.CreateTruncating(a);

    public T Entry(T entry, T id) => entry;
}
