using System;
using GenRnn.Compiler.Ir;
using GenRnn.Interpreter;
using Xunit;

namespace GenRnn.Compiler.Tests.Support;

/// <summary>Two programs must give the same bits in float, forward and backward.</summary>
internal static class SamePass
{
    public static void Verify(Program expected, Program actual, int seed)
    {
        TestNumbers numbers = new(expected, rows: 3, seed);
        GradientOrder order = new(4, RowsInLanes: seed % 2 == 0);
        InterpretedPass<float> a = Run(expected, numbers, order);
        InterpretedPass<float> b = Run(actual, numbers, order);
        string which = $"seed {seed}";
        Assert.True(Bits(a.Outputs).SequenceEqual(Bits(b.Outputs)), "outputs differ, " + which);
        Assert.True(Bits(a.Gradients).SequenceEqual(Bits(b.Gradients)), "parameter gradients differ, " + which);
        Assert.True(Bits(a.InputGradients).SequenceEqual(Bits(b.InputGradients)), "input gradients differ, " + which);
    }

    private static InterpretedPass<float> Run(Program program, TestNumbers numbers, GradientOrder order) =>
        ModelInterpreter.ExactSingle(program).Differentiate(
            TestNumbers.Single(numbers.Inputs), TestNumbers.Single(numbers.Parameters), TestNumbers.Single(numbers.Upstream), order);

    private static ReadOnlySpan<int> Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToInt32Bits);
}
