using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Passes;
using GenRnn.Compiler.Tests.Support;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Passes;

public sealed class HoistInputProductsTests
{
    [Fact]
    public void The_input_product_of_all_steps_runs_in_front_of_the_scan()
    {
        Program program = LoweredProgram.Of(new ModelBuilder("M").Sequence(6, 16).SimpleRnn(8));
        HoistInputProducts.Run(program);
        Verifier.Check(program);

        Assert.Equal([false, true], program.Forward.Select(r => r.IsScan));
        Region hoisted = program.Forward[0];
        Assert.True(hoisted.TakesStepsAsRows);
        Assert.Equal(program.Inputs[0], Assert.Single(hoisted.Inputs).Source);
        Value rest = Assert.Single(program.Forward[1].Values, v => v.Op == OpCode.Linear);
        Assert.True(rest.HasInitialValue);
        Assert.Null(rest.Bias);
        Assert.Single(rest.Terms);
        Assert.Equal(hoisted.Outputs.Single().Target, program.Forward[1].Inputs.Single().Source);
    }

    [Theory]
    [InlineData(6, 15)]
    [InlineData(3, 16)]
    [InlineData(9000, 16)]
    public void A_product_stays_that_is_narrow_of_few_steps_or_of_more_than_a_cache(int steps, int features)
    {
        Program program = LoweredProgram.Of(new ModelBuilder("M").Sequence(steps, features).SimpleRnn(8));
        HoistInputProducts.Run(program);
        Assert.Single(program.Forward);
    }

    [Fact]
    public void Only_products_of_the_models_own_inputs_move()
    {
        Program program = LoweredProgram.Of(new ModelBuilder("M").Sequence(6, 16).SimpleRnn(16, ("ReturnSequences", true)).SimpleRnn(8));
        HoistInputProducts.Run(program);
        Assert.Equal([false, true, true], program.Forward.Select(r => r.IsScan));
    }

    [Theory]
    [InlineData("SimpleRnn", "UseBias")]
    [InlineData("Lstm", "UseBias")]
    [InlineData("Gru", "ResetAfter")]
    public void Changes_no_bit(string kind, string without)
    {
        Program Build() => LoweredProgram.Of(new ModelBuilder("M").Sequence(5, 17).Item(kind, ("Units", 6), (without, false)));
        Program program = Build();
        HoistInputProducts.Run(program);
        Assert.True(program.Forward.Count > 1);
        LoweredProgram.SamePrediction(Build(), program);
    }
}
