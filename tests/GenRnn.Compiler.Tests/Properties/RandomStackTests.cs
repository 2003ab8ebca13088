using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Tests.Support;
using GenRnn.Interpreter;
using Xunit;

namespace GenRnn.Compiler.Tests.Properties;

/// <summary>Properties of any stack; a failure prints the smallest one found, its numbers' seed and FsCheck's own.</summary>
public sealed class RandomStackTests
{
    private const double Tolerance = 1e-4;

    [Fact]
    public void Gradients_equal_finite_differences() => Prop.ForAll(RandomStack.Arbitrary, stack =>
        GradientCheck.Verify(CompiledProgram.Of(stack.Spec()), stack.Seed, stack.Rows)).QuickCheckThrowOnFailure();

    [Fact]
    public void Float_agrees_with_double_in_both_orders() => Prop.ForAll(RandomStack.Arbitrary, stack =>
    {
        Program program = CompiledProgram.Of(stack.Spec());
        TestNumbers numbers = new(program, stack.Rows, stack.Seed);
        TrainingCall call = new(stack.Seed, 1);
        InterpretedPass<double> expected = ModelInterpreter.Textbook(program).Differentiate(
            numbers.Inputs, numbers.Parameters, numbers.Upstream, new GradientOrder(stack.Rows, false), call: call);
        foreach (GradientOrder order in new GradientOrder[] { new(stack.Rows, false), new(16, true) })
        {
            InterpretedPass<float> actual = ModelInterpreter.ExactSingle(program).Differentiate(
                TestNumbers.Single(numbers.Inputs), TestNumbers.Single(numbers.Parameters), TestNumbers.Single(numbers.Upstream), order, call: call);
            Compare("outputs", expected.Outputs, actual.Outputs, stack.Seed);
            Compare("parameter gradients", expected.Gradients, actual.Gradients, stack.Seed);
            Compare("input gradients", expected.InputGradients, actual.InputGradients, stack.Seed);
        }
    }).QuickCheckThrowOnFailure();

    // Relative to the largest value of the tensor: a value near zero is a difference of larger ones.
    private static void Compare(string what, IReadOnlyList<double> expected, IReadOnlyList<float> actual, int seed)
    {
        Assert.Equal(expected.Count, actual.Count);
        if (expected.Count == 0)
            return;
        double error = expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max();
        double scale = Math.Max(1e-2, expected.Max(Math.Abs));
        Assert.True(error <= Tolerance * scale, FormattableString.Invariant($"{what}: error {error:E2} of {scale:E2} (seed {seed})"));
    }
}
