using System.Numerics;
using GenRnn.Compiler.Ir;

namespace GenRnn.Interpreter;

/// <summary>What a numeric mode decides: everything else is IEEE arithmetic in the order of the IR.</summary>
/// <typeparam name="T">The element type.</typeparam>
public interface IArithmetic<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The number of a Constant in the element type.</summary>
    T Constant(double number);

    /// <summary>a b + c, one link of a chain.</summary>
    T MultiplyAdd(T a, T b, T c);

    /// <summary>A standard normal of two words of random bits.</summary>
    T Normal(uint x0, uint x1);

    /// <summary>A function that IEEE 754 does not round for us: Exp, Log, Log1p, Tanh, Sigmoid, Erf, Softplus.</summary>
    T Function(OpCode op, T x);
}
