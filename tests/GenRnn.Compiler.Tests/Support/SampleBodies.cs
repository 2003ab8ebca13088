using System;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Tests.Support;

/// <summary>For every operation a step that uses it where it is smooth. An operation without a row here fails the tests.</summary>
internal static class SampleBodies
{
    public static Func<RegionProgram, Value> Of(OpCode op) => op switch
    {
        OpCode.Random => p => p.B.Add(
            p.B.Multiply(p.B.Random(new RandomSource(RandomKind.Keep, 0.4, 0, 0, false), 4), Mixed(p)), p.B.Random(new RandomSource(RandomKind.Normal, 0.5, 0, 1, true), 4)),
        OpCode.Linear => p => p.B.Unary(OpCode.Tanh, p.B.Linear(4, p.Vector(4), (p.X, p.Weights(4, 4)), (p.H, p.Weights(4, 4)), (p.V, p.Weights(4, 4)))),
        OpCode.Negate or OpCode.Abs or OpCode.Exp or OpCode.Tanh or OpCode.Sigmoid or OpCode.Erf or OpCode.Softplus =>
            p => p.B.Unary(OpCode.Tanh, p.B.Unary(op, Mixed(p))),
        OpCode.Log or OpCode.Sqrt => p => p.B.Unary(OpCode.Tanh, p.B.Unary(op, Positive(p, Mixed(p)))),
        OpCode.Log1p => p => p.B.Unary(op, p.B.Multiply(Mixed(p), Mixed(p))),
        OpCode.Add or OpCode.Subtract or OpCode.Multiply => p => p.B.Unary(OpCode.Tanh, p.B.Binary(op, Mixed(p), p.B.Binary(op, p.H, p.V))),
        OpCode.Divide => p => p.B.Divide(Mixed(p), Positive(p, p.H)),
        OpCode.Greater or OpCode.GreaterOrEqual or OpCode.Select =>
            p => p.B.Select(p.B.Binary(op == OpCode.Select ? OpCode.Greater : op, Mixed(p), p.V), p.B.Multiply(p.H, p.V), p.B.Multiply(p.X, 0.5)),
        OpCode.LaneSum or OpCode.Broadcast => p => p.B.Unary(OpCode.Tanh, p.B.Multiply(p.B.Broadcast(p.B.LaneSum(Mixed(p)), 4), p.V)),
        // A maximum only ever shifts exponents, and the shift cancels: so its missing gradient is right.
        OpCode.LaneMax => p => Softmax(p, Mixed(p)),
        // What is detached must not change where a finite difference looks: a step.
        OpCode.Detach => p => p.B.Multiply(
            p.B.Unary(op, p.B.Select(p.B.Greater(Mixed(p), 0), p.B.Constant(1, 4), p.B.Constant(0.25, 4))), p.B.Unary(OpCode.Tanh, Mixed(p))),
        // Ids between whole numbers: a finite difference does not change a row.
        OpCode.Gather => p => p.B.Unary(OpCode.Tanh, p.B.Multiply(
            p.B.Gather(p.Weights(3, 4), p.B.Select(p.B.Greater(p.B.Slice(Mixed(p), 0, 1), 0), p.B.Constant(2.5), p.B.Constant(0.5))), p.H)),
        OpCode.Slice or OpCode.Concat => p => p.B.Unary(OpCode.Tanh, p.B.Concat([p.B.Slice(Mixed(p), 3, 1), p.B.Slice(p.X, 0, 2), p.B.Slice(p.H, 1, 1)])),
        _ => throw new ArgumentException($"No sample uses {op}.", nameof(op)),
    };

    /// <summary>A value that depends on the sequence, the vector, the state and a parameter.</summary>
    private static Value Mixed(RegionProgram p) => p.B.Add(p.B.Multiply(p.X, p.B.Parameter(p.Vector(4))), p.B.Multiply(p.H, p.V));

    private static Value Positive(RegionProgram p, Value a) => p.B.Add(p.B.Multiply(a, a), 0.5);

    private static Value Softmax(RegionProgram p, Value a)
    {
        Value exponent = p.B.Unary(OpCode.Exp, p.B.Subtract(a, p.B.LaneMax(a)));
        return p.B.Divide(exponent, p.B.LaneSum(exponent));
    }
}
