using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Autodiff;

/// <summary>
/// One rule per operation: given the gradient d of a value y = op(a, b, ...), the gradients of its operands, in the order of the
/// operands; null where none flows. Slices are put together by <see cref="SliceGradients"/>. Conventions at kinks are TensorFlow's: relu'(0) = 0, |.|'(0) = 0.
/// </summary>
internal static class GradientRules
{
    private const double TwoOverSquareRootOfPi = 1.1283791670955126;

    /// <param name="b">Writes the backward region.</param>
    /// <param name="y">The forward value.</param>
    /// <param name="d">Its gradient.</param>
    /// <param name="saved">Gives a forward value inside the backward region.</param>
    public static IReadOnlyList<Value?> Apply(RegionBuilder b, Value y, Value d, Func<Value, Value> saved)
    {
        Value A() => saved(y.Operands[0]);
        Value B() => saved(y.Operands[1]);
        Value Y() => saved(y);
        Value OneMinus(Value v) => b.Subtract(b.Constant(1, v.Width), v);
        Value Zero() => b.Constant(0, d.Width);

        if (!Operations.Of(y.Op).IsDifferentiable)
            return new Value?[y.Operands.Count];
        switch (y.Op)
        {
            case OpCode.Negate: return One(b.Unary(OpCode.Negate, d));
            case OpCode.Abs: return One(b.Select(b.Greater(A(), 0), d, b.Select(b.GreaterOrEqual(A(), 0), Zero(), b.Unary(OpCode.Negate, d))));
            case OpCode.Exp: return One(b.Multiply(d, Y()));
            case OpCode.Log: return One(b.Divide(d, A()));
            case OpCode.Log1p: return One(b.Divide(d, b.Add(A(), 1)));
            case OpCode.Tanh: return One(b.Multiply(d, OneMinus(b.Multiply(Y(), Y()))));
            case OpCode.Sigmoid: return One(b.Multiply(d, b.Multiply(Y(), OneMinus(Y()))));
            case OpCode.Erf:
                Value bell = b.Unary(OpCode.Exp, b.Unary(OpCode.Negate, b.Multiply(A(), A())));
                return One(b.Multiply(d, b.Multiply(bell, TwoOverSquareRootOfPi)));
            case OpCode.Softplus: return One(b.Multiply(d, b.Unary(OpCode.Sigmoid, A())));
            case OpCode.Sqrt: return One(b.Divide(b.Multiply(d, 0.5), Y()));
            case OpCode.Add: return new[] { d, d };
            case OpCode.Subtract: return new[] { d, b.Unary(OpCode.Negate, d) };
            case OpCode.Multiply: return new[] { b.Multiply(d, B()), b.Multiply(d, A()) };
            case OpCode.Divide:
                Value quotient = b.Divide(d, B());
                return new[] { quotient, b.Unary(OpCode.Negate, b.Multiply(quotient, Y())) };
            case OpCode.Select: return new[] { null, b.Select(A(), d, Zero()), b.Select(A(), Zero(), d) };
            case OpCode.LaneSum: return One(b.Broadcast(d, y.Operands[0].Width));
            case OpCode.Broadcast: return One(b.LaneSum(d));
            case OpCode.Concat: return Split(b, y, d);
            case OpCode.Linear: return Linear(b, y, d);
            default: throw new InvalidOperationException("No gradient rule for " + y.Op + ".");
        }
    }

    private static Value?[] One(Value gradient) => new[] { gradient };

    private static IReadOnlyList<Value?> Split(RegionBuilder b, Value y, Value d)
    {
        List<Value?> parts = new();
        int offset = 0;
        foreach (Value operand in y.Operands)
        {
            parts.Add(b.Slice(d, offset, operand.Width));
            offset += operand.Width;
        }

        return parts;
    }

    // d (a W) / da = d W^T, a chain over the outputs. The parameters' own gradients are hoisted out of the scan (ParameterGradients).
    private static IReadOnlyList<Value?> Linear(RegionBuilder b, Value y, Value d)
    {
        List<Value?> gradients = new();
        gradients.AddRange(y.Terms.Select(t => b.Linear(t.Operand.Width, null, (d, t.Weights.Transpose()))));
        if (y.HasInitialValue)
            gradients.Add(d);
        return gradients;
    }
}
