using System;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Lowering;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using GenRnn.Interpreter;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Support;

/// <summary>The forward program of a declaration, before any pass.</summary>
internal static class LoweredProgram
{
    public static Program Of(ModelBuilder model)
    {
        ModelSpec spec = model.Build();
        ModelShapes shapes = ShapeInference.Infer(spec);
        Assert.False(shapes.HasErrors);
        return ModelLowering.Lower(shapes);
    }

    /// <summary>Both programs must predict the same bits.</summary>
    public static void SamePrediction(Program expected, Program actual, int seed = 1)
    {
        Verifier.Check(actual);
        TestNumbers numbers = new(expected, rows: 3, seed);
        Assert.True(
            Bits(expected, numbers).SequenceEqual(Bits(actual, numbers)), $"outputs differ, seed {seed}");
    }

    private static ReadOnlySpan<int> Bits(Program program, TestNumbers numbers) => Array.ConvertAll(
        ModelInterpreter.ExactSingle(program).Predict(TestNumbers.Single(numbers.Inputs), TestNumbers.Single(numbers.Parameters)).Outputs,
        BitConverter.SingleToInt32Bits);
}
