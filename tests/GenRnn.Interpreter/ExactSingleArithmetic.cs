using System;
using System.Numerics;
using GenRnn.Compiler.Ir;
using GenRnn.CompilerServices;

namespace GenRnn.Interpreter;

/// <summary>
/// The numeric contract in float, literally: fused links, and the runtime's fixed functions, which give every lane the same
/// bits whatever its neighbours are. Generated code must equal it bit for bit.
/// </summary>
public readonly struct ExactSingleArithmetic : IArithmetic<float>
{
    public float Constant(double number) => (float)number;

    public float MultiplyAdd(float a, float b, float c) => MathF.FusedMultiplyAdd(a, b, c);

    public float Normal(uint x0, uint x1) => VectorRandom.StandardNormal(new Vector<uint>(x0), new Vector<uint>(x1))[0];

    public float Function(OpCode op, float x) => op switch
    {
        OpCode.Exp => VectorMath.Exp(new Vector<float>(x))[0],
        OpCode.Log => VectorMath.Log(new Vector<float>(x))[0],
        OpCode.Log1p => VectorMath.Log1p(new Vector<float>(x))[0],
        OpCode.Tanh => VectorMath.Tanh(new Vector<float>(x))[0],
        OpCode.Sigmoid => VectorMath.Sigmoid(new Vector<float>(x))[0],
        OpCode.Erf => VectorMath.Erf(new Vector<float>(x))[0],
        OpCode.Softplus => VectorMath.Softplus(new Vector<float>(x))[0],
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "Not a function."),
    };
}
