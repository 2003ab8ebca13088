using System;
using System.Linq;
using System.Numerics;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Tests.Support;
using GenRnn.CompilerServices;
using GenRnn.Interpreter;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Interpreting;

/// <summary>The float mode against the rules of the numeric contract, written out a second time for one layer each.</summary>
public sealed class NumericContractTests
{
    private const int Seed = 5;

    [Fact]
    public void A_product_is_one_chain_of_fused_links_from_the_bias()
    {
        Program program = CompiledProgram.Of(new ModelBuilder("M").Vector(9).Dense(8).Build());
        TestNumbers numbers = new(program, 1, Seed);
        float[] x = TestNumbers.Single(numbers.Inputs);
        float[] weights = TestNumbers.Single(numbers.Parameters);

        float[] expected = new float[8];
        for (int j = 0; j < 8; j++)
        {
            float sum = weights[9 * 8 + j];
            for (int k = 0; k < 9; k++)
                sum = MathF.FusedMultiplyAdd(x[k], weights[k * 8 + j], sum);
            expected[j] = sum;
        }

        Assert.Equal(expected, ModelInterpreter.ExactSingle(program).Predict(x, weights).Outputs);
    }

    [Fact]
    public void A_few_outputs_of_many_inputs_are_reduced_over_16_lanes_with_the_bias_last()
    {
        Program program = CompiledProgram.Of(new ModelBuilder("M").Vector(37).Dense(2).Build());
        TestNumbers numbers = new(program, 1, Seed);
        float[] x = TestNumbers.Single(numbers.Inputs);
        float[] weights = TestNumbers.Single(numbers.Parameters);

        float[] expected = new float[2];
        for (int j = 0; j < 2; j++)
        {
            float[] s = new float[16];
            for (int k = 0; k < 37; k++)
                s[k % 16] = MathF.FusedMultiplyAdd(x[k], weights[k * 2 + j], s[k % 16]);
            expected[j] = Tree(s) + weights[37 * 2 + j];
        }

        Assert.Equal(expected, ModelInterpreter.ExactSingle(program).Predict(x, weights).Outputs);
    }

    [Fact]
    public void A_recurrent_step_is_bias_then_input_then_state_then_the_fixed_tanh()
    {
        Program program = CompiledProgram.Of(new ModelBuilder("M").Sequence(2, 3).SimpleRnn(2).Build());
        TestNumbers numbers = new(program, 1, Seed);
        float[] x = TestNumbers.Single(numbers.Inputs);
        float[] weights = TestNumbers.Single(numbers.Parameters);

        float[] h = new float[2];
        for (int step = 0; step < 2; step++)
        {
            float[] next = new float[2];
            for (int j = 0; j < 2; j++)
            {
                float z = weights[10 + j];
                for (int k = 0; k < 3; k++)
                    z = MathF.FusedMultiplyAdd(x[step * 3 + k], weights[k * 2 + j], z);
                for (int k = 0; k < 2; k++)
                    z = MathF.FusedMultiplyAdd(h[k], weights[6 + k * 2 + j], z);
                next[j] = VectorMath.Tanh(new Vector<float>(z))[0];
            }

            h = next;
        }

        Assert.Equal(h, ModelInterpreter.ExactSingle(program).Predict(x, weights).Outputs);
    }

    [Theory]
    [InlineData(1, 300)]
    [InlineData(4, 70)]
    [InlineData(300, 3)]
    public void With_units_in_lanes_a_bias_gradient_is_a_sum_of_chunks_from_the_last_step_on(int batch, int steps)
    {
        Program program = CompiledProgram.Of(new ModelBuilder("M").Sequence(steps, 1).Dense(1).Build());
        TestNumbers numbers = new(program, batch, Seed);
        float[] upstream = TestNumbers.Single(numbers.Upstream);

        int stepsOfAChunk = Math.Max(1, 256 / batch);
        float expected = 0;
        for (int start = 0; start < steps; start += stepsOfAChunk)
        {
            float chunk = 0;
            for (int i = start; i < Math.Min(steps, start + stepsOfAChunk); i++)
            {
                for (int row = 0; row < batch; row++)
                    chunk += upstream[row * steps + (steps - 1 - i)];
            }

            expected = start == 0 ? chunk : expected + chunk;
        }

        Assert.Equal(expected, Differentiate(program, numbers, new GradientOrder(batch, false)).Gradients[1]);
    }

    [Fact]
    public void With_rows_in_lanes_a_kernel_gradient_has_one_chain_a_lane_and_then_the_tree()
    {
        const int Rows = 20, Batch = 32, Steps = 5;
        Program program = CompiledProgram.Of(new ModelBuilder("M").Sequence(Steps, 1).Dense(1).Build());
        TestNumbers numbers = new(program, Rows, Seed);
        float[] x = TestNumbers.Single(numbers.Inputs);
        float[] upstream = TestNumbers.Single(numbers.Upstream);

        float[] s = new float[16];
        for (int step = Steps - 1; step >= 0; step--)
        {
            for (int row = 0; row < Rows; row++)
                s[row % 16] = MathF.FusedMultiplyAdd(x[row * Steps + step], upstream[row * Steps + step], s[row % 16]);
        }

        Assert.Equal(Tree(s), Differentiate(program, numbers, new GradientOrder(Batch, true)).Gradients[0]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Padding_changes_no_bit(bool rowsInLanes)
    {
        Program program = CompiledProgram.Of(ModelCatalogue.Find("NarrowHeadOnSequence").Spec);
        TestNumbers numbers = new(program, 3, Seed);
        InterpretedPass<float> exact = Differentiate(program, numbers, new GradientOrder(3, rowsInLanes));
        InterpretedPass<float> padded = Differentiate(program, numbers, new GradientOrder(32, rowsInLanes));
        Assert.Equal(Bits(exact.Outputs), Bits(padded.Outputs));
        Assert.Equal(Bits(exact.InputGradients), Bits(padded.InputGradients));
        Assert.Equal(Bits(exact.Gradients), Bits(padded.Gradients));
    }

    [Fact]
    public void A_row_does_not_see_its_neighbours()
    {
        Program program = CompiledProgram.Of(ModelCatalogue.Find("ReturnsStateAndSequence").Spec);
        TestNumbers numbers = new(program, 4, Seed);
        ModelInterpreter<float> interpreter = ModelInterpreter.ExactSingle(program);
        float[] x = TestNumbers.Single(numbers.Inputs);
        float[] weights = TestNumbers.Single(numbers.Parameters);
        float[] all = interpreter.Predict(x, weights).Outputs;
        float[] third = interpreter.Predict(x.AsSpan(2 * 18, 18), weights).Outputs;
        Assert.Equal(Bits(third[..30]), Bits(all[60..90]));
        Assert.Equal(Bits(third[30..]), Bits(all[130..135]));
    }

    [Fact]
    public void A_sequence_in_two_calls_equals_one_call_bit_for_bit()
    {
        float[] weights = TestNumbers.Single(new TestNumbers(CompiledProgram.Of(Steps(4)), 2, Seed).Parameters);
        float[] x = TestNumbers.Single(new TestNumbers(CompiledProgram.Of(Steps(4)), 1, Seed).Inputs);
        InterpretedPass<float> whole = ModelInterpreter.ExactSingle(Steps(4)).Predict(x, weights);
        ModelInterpreter<float> half = ModelInterpreter.ExactSingle(Steps(2));
        InterpretedPass<float> first = half.Predict(x.AsSpan(0, 4), weights);
        InterpretedPass<float> second = half.Predict(x.AsSpan(4, 4), weights, first.States);
        Assert.Equal(Bits(whole.Outputs), Bits(second.Outputs));
        Assert.Equal(whole.States.SelectMany(Bits), second.States.SelectMany(Bits));

        static Spec.ModelSpec Steps(int steps) => new ModelBuilder("M").Sequence(steps, 2).SimpleRnn(3, ("ReturnSequences", true)).SimpleRnn(4).Build();
    }

    [Fact]
    public void NaN_goes_through_reductions_and_selections()
    {
        foreach (string activation in ModelCatalogue.Activations)
        {
            Program program = CompiledProgram.Of(new ModelBuilder("M").Vector(18).Activation(activation).Build());
            float[] x = Enumerable.Repeat(0.5f, 18).ToArray();
            x[7] = float.NaN;
            Assert.True(float.IsNaN(ModelInterpreter.ExactSingle(program).Predict(x, []).Outputs[7]), activation + " swallows a NaN");
        }
    }

    private static InterpretedPass<float> Differentiate(Program program, TestNumbers numbers, GradientOrder order) =>
        ModelInterpreter.ExactSingle(program).Differentiate(
            TestNumbers.Single(numbers.Inputs), TestNumbers.Single(numbers.Parameters), TestNumbers.Single(numbers.Upstream), order);

    private static float Tree(float[] s)
    {
        foreach (int half in new[] { 8, 4, 2, 1 })
        {
            for (int i = 0; i < half; i++)
                s[i] += s[i + half];
        }

        return s[0];
    }

    private static int[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToInt32Bits);
}
