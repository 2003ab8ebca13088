using System;
using System.Numerics;
using GenRnn.Compiler.Ir;
using GenRnn.CompilerServices;

namespace GenRnn.Interpreter;

/// <summary>The numeric contract in double: what a model with <c>Precision.Double</c> must equal bit for bit.</summary>
public readonly struct ExactDoubleArithmetic : IArithmetic<double>
{
    public double Constant(double number) => number;

    public double MultiplyAdd(double a, double b, double c) => Math.FusedMultiplyAdd(a, b, c);

    public double Normal(uint x0, uint x1) => VectorRandom.StandardNormal(new Vector<ulong>(x0), new Vector<ulong>(x1))[0];

    public double Function(OpCode op, double x) => op switch
    {
        OpCode.Exp => VectorMath.Exp(new Vector<double>(x))[0],
        OpCode.Log => VectorMath.Log(new Vector<double>(x))[0],
        OpCode.Log1p => VectorMath.Log1p(new Vector<double>(x))[0],
        OpCode.Tanh => VectorMath.Tanh(new Vector<double>(x))[0],
        OpCode.Sigmoid => VectorMath.Sigmoid(new Vector<double>(x))[0],
        OpCode.Erf => VectorMath.Erf(new Vector<double>(x))[0],
        OpCode.Softplus => VectorMath.Softplus(new Vector<double>(x))[0],
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "Not a function."),
    };
}
