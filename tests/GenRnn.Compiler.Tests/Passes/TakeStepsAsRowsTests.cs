using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Passes;
using GenRnn.Compiler.Tests.Support;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Passes;

public sealed class TakeStepsAsRowsTests
{
    [Fact]
    public void A_map_with_a_product_or_a_table_takes_its_steps_as_rows()
    {
        Assert.Equal([true], Taken(new ModelBuilder("M").Sequence(4, 3).Dense(2)));
        Assert.Equal([true], Taken(new ModelBuilder("M").Ids(4).Embedding(9, 3)));
    }

    [Fact]
    public void A_scan_a_map_of_few_steps_and_one_without_a_product_do_not()
    {
        Assert.Equal([false], Taken(new ModelBuilder("M").Sequence(4, 3).SimpleRnn(2)));
        Assert.Equal([false], Taken(new ModelBuilder("M").Sequence(3, 3).Dense(2)));
        Assert.Equal([false], Taken(new ModelBuilder("M").Sequence(4, 3).Activation("Tanh")));
    }

    [Fact]
    public void A_convolution_does_though_it_reads_other_steps_too() =>
        Assert.Equal([true], Taken(new ModelBuilder("M").Sequence(6, 3).Conv1D(2, 3)));

    private static bool[] Taken(ModelBuilder model)
    {
        Program program = LoweredProgram.Of(model);
        TakeStepsAsRows.Run(program);
        Verifier.Check(program);
        return program.Forward.Select(r => r.TakesStepsAsRows).ToArray();
    }
}
