using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Spec;
using GenRnn.Interpreter;
using GenRnn.Interpreter.Kernels;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Training;

/// <summary><c>[Regularize(Weight.Activity)]</c>: L1 sum |y| + L2 sum y^2 over what a layer gives, and its gradient in the backward pass.</summary>
public sealed class ActivityPenaltyTests
{
    private const int Rows = 3;

    private static readonly (string, object)[] s_penalty = [("Weight", "Activity"), ("L1", 0.3), ("L2", 0.7)];

    public static TheoryData<string> Names => new(Specs.Keys);

    private static Dictionary<string, ModelSpec> Specs { get; } = new()
    {
        ["Sequence"] = Base("Sequence").Modifier("Regularize", s_penalty).Lstm(4, ("ReturnSequences", true)).Dense(2).Build(),
        ["Last"] = Base("Last").Modifier("Regularize", s_penalty).SimpleRnn(4).Dense(2).Build(),
        ["States"] = Base("States").Modifier("Regularize", s_penalty).Lstm(4, ("ReturnState", true)).Build(),
        ["Several"] = Base("Several").Modifier("Regularize", s_penalty).Gru(4, ("ReturnSequences", true)).Modifier("Regularize", ("Weight", "Activity"), ("L1", 0.2)).Dense(5).Modifier("Regularize", ("Weight", "Activity"), ("L2", 0.2)).Gru(3).Build(),
        ["Masked"] = Base("Masked").Masking().Modifier("Regularize", s_penalty).Gru(4, ("ReturnSequences", true)).Dense(2).Build(),
        ["Halves"] = Base("Halves").Modifier("Bidirectional", ("MergeMode", "Mul")).Modifier("Regularize", s_penalty).Gru(4, ("ReturnSequences", true)).Dense(2).Build(),
        ["Backward"] = Base("Backward").Modifier("Bidirectional").Gru(4).Modifier("Backward").Modifier("Regularize", s_penalty).Gru(4).Dense(2).Build(),
        ["Layer"] = Base("Layer").Gru(4, ("ReturnSequences", true)).Item("ActivityRegularization", ("L1", 0.3), ("L2", 0.7)).Dense(2).Build(),
        ["Frozen"] = Base("Frozen").Gru(4, ("ReturnSequences", true)).Modifier("Regularize", s_penalty).Gru(4, ("Trainable", false)).Dense(2).Build(),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_gradient_is_that_of_finite_differences(string name)
    {
        Program program = CompiledProgram.Of(Specs[name]);
        ModelInterpreter<double> interpreter = ModelInterpreter.Textbook(program);
        Random random = new(7);
        double[] Values(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
        double[] inputs = Values(Rows * 5 * 3), parameters = Values((int)program.ParameterCount);
        double[] upstream = new double[Rows * program.Outputs.Sum(o => Math.Max(1, o.Steps) * o.Width)];
        InterpretedPass<double> Run() => interpreter.Differentiate(inputs, parameters, upstream, new GradientOrder(Rows, RowsInLanes: false));
        InterpretedPass<double> pass = Run();
        Assert.Equal(Rows, pass.Penalties.Length);
        Assert.True(pass.Penalties.All(p => p > 0));
        Check(parameters, pass.Gradients, i => program.Parameters.Last(p => p.Offset <= i).IsTrainable);
        Check(inputs, pass.InputGradients, _ => true);

        void Check(double[] values, double[] gradients, Func<int, bool> counts)
        {
            for (int i = 0; i < values.Length; i++)
            {
                double at = values[i];
                values[i] = at + 1e-6;
                double up = Run().Penalties.Average();
                values[i] = at - 1e-6;
                double down = Run().Penalties.Average();
                values[i] = at;
                Assert.Equal(counts(i) ? (up - down) / 2e-6 : 0, gradients[i], 1e-6);
            }
        }
    }

    /// <summary>By hand, where a layer gives what its formula says: what is summed is all that it gives, states that it returns included.</summary>
    [Fact]
    public void Its_value_is_the_sum_over_what_the_layer_gives()
    {
        Program program = CompiledProgram.Of(Specs["States"]);
        double[] inputs = [.. Enumerable.Range(0, 15).Select(i => 0.1 * i - 0.7)], parameters = [.. Enumerable.Range(0, (int)program.ParameterCount).Select(i => 0.05 * (i % 11) - 0.2)];
        InterpretedPass<double> pass = ModelInterpreter.Textbook(program).Differentiate(inputs, parameters, new double[12], new GradientOrder(1, RowsInLanes: false));
        // The output is h, which is returned once more, then c.
        Assert.Equal(pass.Outputs.Sum(y => 0.3 * Math.Abs(y) + 0.7 * y * y), pass.Penalties.Single(), 1e-14);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Plans_compute_what_the_program_says(string name)
    {
        foreach (int batch in new[] { 1, 3, 32 })
            PlanVerifier.Verify(Specs[name].WithBatch(batch), seed: batch);
    }

    private static ModelBuilder Base(string name) => new ModelBuilder(name).Sequence(5, 3);
}
