using System;
using GenRnn.Compiler.Ir;
using GenRnn.Interpreter;
using Xunit;

namespace GenRnn.Compiler.Tests.Interpreting;

/// <summary>The functions that the double mode writes itself, against values of mpmath and against identities.</summary>
public sealed class TextbookFunctionTests
{
    [Theory]
    [InlineData(OpCode.Erf, 0.5, 0.52049987781304653768)]
    [InlineData(OpCode.Erf, -1.0, -0.84270079294971486934)]
    [InlineData(OpCode.Erf, 3.0, 0.99997790950300141456)]
    [InlineData(OpCode.Erf, 7.0, 1.0)]
    [InlineData(OpCode.Log1p, 1e-10, 9.9999999995000000000e-11)]
    [InlineData(OpCode.Log1p, 1.0, 0.69314718055994530942)]
    [InlineData(OpCode.Softplus, 0.0, 0.69314718055994530942)]
    [InlineData(OpCode.Softplus, -40.0, 4.2483542552915889953e-18)]
    [InlineData(OpCode.Softplus, 800.0, 800.0)]
    [InlineData(OpCode.Sigmoid, 2.0, 0.88079707797788244406)]
    public void Equals_the_reference(OpCode op, double x, double expected)
    {
        double actual = default(TextbookArithmetic).Function(op, x);
        Assert.True(Math.Abs(actual - expected) <= 4e-16 * Math.Max(Math.Abs(expected), 1e-300), $"{op}({x:R}) = {actual:R}, not {expected:R}");
    }

    [Theory]
    [InlineData(OpCode.Exp)]
    [InlineData(OpCode.Log)]
    [InlineData(OpCode.Log1p)]
    [InlineData(OpCode.Tanh)]
    [InlineData(OpCode.Sigmoid)]
    [InlineData(OpCode.Erf)]
    [InlineData(OpCode.Softplus)]
    public void The_exact_modes_agree_with_it(OpCode op)
    {
        for (double x = 0.03125; x < 5; x += 0.03125)
        {
            double expected = default(TextbookArithmetic).Function(op, x);
            Assert.Equal(expected, default(ExactDoubleArithmetic).Function(op, x), 1e-14 * Math.Abs(expected) + 1e-15);
            Assert.Equal(expected, default(ExactSingleArithmetic).Function(op, (float)x), 1e-6 * Math.Abs(expected) + 1e-7);
        }
    }
}
