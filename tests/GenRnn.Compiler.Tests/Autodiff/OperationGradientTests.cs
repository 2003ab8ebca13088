using System;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Passes;
using GenRnn.Compiler.Tests.Support;
using Xunit;

namespace GenRnn.Compiler.Tests.Autodiff;

/// <summary>The rule table, an operation at a time and in random graphs.</summary>
public sealed class OperationGradientTests
{
    public static TheoryData<OpCode> Operations => new(Enum.GetValues<OpCode>().Where(op => !op.IsLeaf()));

    [Theory]
    [MemberData(nameof(Operations))]
    public void Every_operation_has_a_right_rule(OpCode op)
    {
        Func<RegionProgram, Value> body = SampleBodies.Of(op);
        Assert.Contains(RegionProgram.Forward(body).Forward[0].Values, v => v.Op == op);
        GradientCheck.Verify(RegionProgram.Build(body), seed: 11 + (int)op);
    }

    [Fact]
    public void A_lane_reduced_product_has_the_gradients_of_a_chain() =>
        GradientCheck.Verify(
            RegionProgram.Build(p => p.B.Unary(OpCode.Tanh, p.B.Linear(4, p.Vector(4), null, true, [new LinearTerm(p.B.Concat([p.X, p.H]), p.Weights(8, 4))]))),
            seed: 3);

    [Fact]
    public void A_chain_hands_its_gradient_to_the_value_it_starts_from() =>
        GradientCheck.Verify(
            RegionProgram.Build(p => p.B.Unary(OpCode.Tanh, p.B.Linear(4, null, p.B.Multiply(p.X, p.V), false, [new LinearTerm(p.H, p.Weights(4, 4))]))),
            seed: 4);

    [Fact]
    public void Parts_of_one_parameter_collect_their_gradients()
    {
        GradientCheck.Verify(RegionProgram.Build(p =>
        {
            ParameterView kernel = p.Weights(4, 8);
            Value gate = p.B.Unary(OpCode.Sigmoid, p.B.Linear(4, null, (p.X, kernel.SliceColumns(0, 4)), (p.H, kernel.SliceColumns(2, 4))));
            return p.B.Multiply(gate, p.B.Unary(OpCode.Tanh, p.B.Linear(4, null, (p.X, kernel.SliceColumns(4, 4).Transpose()))));
        }), seed: 5);
    }

    [Theory]
    [InlineData(OpCode.Abs, 0)]
    [InlineData(OpCode.Greater, 0)]
    public void At_a_kink_the_gradient_is_zero_as_in_TensorFlow(OpCode op, double expected)
    {
        // relu(0) = select(0 >= x, 0, x) and |0|: nothing must flow back to the input.
        Program program = RegionProgram.Build(p => op == OpCode.Abs
            ? p.B.Unary(OpCode.Abs, p.X)
            : p.B.Select(p.B.GreaterOrEqual(0, p.X), p.B.Constant(0, 4), p.X));
        Interpreter.InterpretedPass<double> pass = Interpreter.ModelInterpreter.Textbook(program).Differentiate(
            new double[5 * 4], [], Enumerable.Repeat(1.0, 4 * 4).ToArray(), new Interpreter.GradientOrder(1, false));
        Assert.All(pass.InputGradients, gradient => Assert.Equal(expected, gradient));
    }

    [Fact]
    public void Nothing_flows_into_what_is_detached()
    {
        Program program = RegionProgram.Build(p => p.B.Unary(OpCode.Detach, p.X));
        Assert.All(
            Interpreter.ModelInterpreter.Textbook(program).Differentiate(
                Enumerable.Repeat(0.5, 5 * 4).ToArray(), [], Enumerable.Repeat(1.0, 4 * 4).ToArray(), new Interpreter.GradientOrder(1, false)).InputGradients,
            gradient => Assert.Equal(0, gradient));
    }

    [Fact]
    public void Random_programs_have_right_gradients_before_and_after_the_passes()
    {
        for (int seed = 1; seed <= 60; seed++)
        {
            GradientCheck.Verify(RandomProgram.Build(seed), seed, rows: 1);
            Program program = RandomProgram.Build(seed);
            Pipeline.Run(program);
            GradientCheck.Verify(program, seed, rows: 1);
        }
    }

    [Fact]
    public void Random_programs_use_every_operation_with_a_gradient()
    {
        OpCode[] used = Enumerable.Range(1, 60).SelectMany(seed => RandomProgram.Build(seed).Forward).SelectMany(r => r.Values).Select(v => v.Op).Distinct().ToArray();
        Assert.Equal([OpCode.Detach, OpCode.LaneMax], Enum.GetValues<OpCode>().Except(used));
    }
}
