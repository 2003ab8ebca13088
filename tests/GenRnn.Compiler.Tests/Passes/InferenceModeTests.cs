using System;
using System.Linq;
using GenRnn.Compiler.Autodiff;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Passes;
using GenRnn.Compiler.Tests.Support;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Passes;

public sealed class InferenceModeTests
{
    [Fact]
    public void A_layer_that_only_drops_or_adds_noise_leaves_no_trace()
    {
        Program plain = LoweredProgram.Of(new ModelBuilder("M").Sequence(5, 3).SimpleRnn(4).Dense(2));
        Program program = LoweredProgram.Of(new ModelBuilder("M").Sequence(5, 3)
            .Item("Dropout", ("Rate", 0.5)).Item("GaussianNoise", ("StandardDeviation", 0.1)).SimpleRnn(4).Item("Dropout", ("Rate", 0.2)).Dense(2));
        InferenceMode.Run(program);
        RemoveDeadValues.Run(program);

        Assert.Equal(plain.Forward.Select(r => r.Values.Count), program.Forward.Select(r => r.Values.Count));
        LoweredProgram.SamePrediction(plain, program);
    }

    [Theory]
    [InlineData("SimpleRnn")]
    [InlineData("Lstm")]
    [InlineData("Gru")]
    public void Masks_inside_of_a_cell_are_gone(string kind)
    {
        Program program = LoweredProgram.Of(new ModelBuilder("M").Sequence(5, 3).Item(kind, ("Units", 4), ("Dropout", 0.5), ("RecurrentDropout", 0.25)));
        Assert.Contains(program.Forward.SelectMany(r => r.Values), v => v.Op == OpCode.Random);
        InferenceMode.Run(program);
        RemoveDeadValues.Run(program);
        Assert.DoesNotContain(program.Forward.SelectMany(r => r.Values), v => v.Op == OpCode.Random);
        LoweredProgram.SamePrediction(LoweredProgram.Of(new ModelBuilder("M").Sequence(5, 3).Item(kind, ("Units", 4))), program);
    }

    [Fact]
    public void An_input_that_is_an_output_is_still_copied()
    {
        // The caller may hold both in the same memory.
        Program program = LoweredProgram.Of(new ModelBuilder("M").Sequence(5, 3).Item("Dropout", ("Rate", 0.5)));
        InferenceMode.Run(program);
        RemoveDeadValues.Run(program);
        Assert.NotEqual(program.Inputs[0], program.Outputs[0]);
        Assert.Single(program.Forward);
    }

    [Fact]
    public void A_constant_of_the_model_is_no_mask()
    {
        // A product with 1 that the model itself writes stays: what is not drawn is not the pass's business.
        Program program = RegionProgram.Forward(p => p.B.Multiply(p.B.Add(p.X, p.H), p.B.Constant(1, RegionProgram.Width)));
        int values = program.Forward.Single().Values.Count;
        InferenceMode.Run(program);
        Assert.Equal(values, program.Forward.Single().Values.Count);
    }

    [Fact]
    public void A_program_that_trains_is_refused()
    {
        Program program = RegionProgram.Forward(p => p.B.Add(p.X, p.H));
        Differentiation.Run(program);
        Assert.Throws<InvalidOperationException>(() => InferenceMode.Run(program));
    }
}
