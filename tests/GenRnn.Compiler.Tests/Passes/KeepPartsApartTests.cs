using System.Linq;
using GenRnn.Compiler.Autodiff;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Passes;
using GenRnn.Compiler.Tests.Support;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Passes;

public sealed class KeepPartsApartTests
{
    private const int Rows = 4;
    private const int Steps = 3;

    [Fact]
    public void Gradients_of_wide_gates_are_kept_each_by_itself()
    {
        Program program = Differentiated(64);
        int gradients = program.Gradients.Count;
        KeepPartsApart.Run(program, Rows, cachedElements: 0);
        Verifier.Check(program);

        Assert.Equal(Enumerable.Repeat(64, 4), program.Backward[0].Outputs.Where(o => !o.Target.IsVector).Select(o => o.Target.Width));
        // The kernel's, the recurrent kernel's and the bias': for the columns of each gate.
        Assert.Equal(4 * gradients, program.Gradients.Count);
        Assert.All(program.Gradients, g => Assert.Equal(64, g.Right.Width));
    }

    [Theory]
    [InlineData(48)]
    [InlineData(72)]
    public void Narrow_parts_and_parts_that_end_inside_of_a_vector_stay_together(int units)
    {
        Program program = Differentiated(units);
        KeepPartsApart.Run(program, Rows, cachedElements: 0);
        Assert.All(program.Gradients, g => Assert.Equal(4 * units, g.Right.Width));
    }

    [Theory]
    [InlineData(Rows * Steps * 4 * 64 - 1, 64)]
    [InlineData(Rows * Steps * 4 * 64, 4 * 64)]
    public void Only_what_a_cache_does_not_keep_is_taken_apart(int cachedElements, int width)
    {
        Program program = Differentiated(64);
        KeepPartsApart.Run(program, Rows, cachedElements);
        Assert.All(program.Gradients, g => Assert.Equal(width, g.Right.Width));
    }

    [Theory]
    [InlineData("Lstm")]
    [InlineData("Gru")]
    public void Changes_no_bit(string kind)
    {
        Program program = Differentiated(64, kind);
        KeepPartsApart.Run(program, Rows, cachedElements: 0);
        SamePass.Verify(Differentiated(64, kind), program, seed: 1);
    }

    private static Program Differentiated(int units, string kind = "Lstm")
    {
        Program program = LoweredProgram.Of(new ModelBuilder("M").Sequence(Steps, 2).Item(kind, ("Units", units)));
        Differentiation.Run(program);
        Pipeline.Run(program);
        return program;
    }
}
