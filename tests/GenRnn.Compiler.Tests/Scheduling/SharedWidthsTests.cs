using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Kernels;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using GenRnn.TestModels;
using GenRnn.Compiler.Targets;
using Xunit;
using Index = GenRnn.Compiler.Kernels.Index;

namespace GenRnn.Compiler.Tests.Scheduling;

/// <summary>Layers of the same kind and of other widths share their kernels: a model's code grows with the kinds of its layers, not with their number.</summary>
public sealed class SharedWidthsTests
{
    public static IEnumerable<object[]> Stacks() =>
        from batch in new[] { 1, 2, 8, 32 }
        from widths in new[] { (First: 5, Step: 1), (First: 10, Step: 7), (First: 16, Step: 16) }
        select new object[] { batch, widths.First, widths.Step };

    [Theory]
    [MemberData(nameof(Stacks))]
    public void Twenty_GRUs_of_twenty_widths_are_less_than_a_megabyte(int batch, int first, int step) => AssertIsSmall(Stack("Gru", 20, batch, first, step));

    [Theory]
    [MemberData(nameof(Stacks))]
    public void Ten_LSTMs_of_ten_widths_are_less_than_a_megabyte(int batch, int first, int step) => AssertIsSmall(Stack("Lstm", 10, batch, first, step));

    [Theory]
    [InlineData(32, 5)]
    [InlineData(8, 40)]
    public void More_layers_are_calls_and_few_kernels(int batch, int first)
    {
        int Leaves(int layers)
        {
            ModelSpec spec = Stack("Gru", layers, batch, first, 3);
            return ModelCompiler.Schedule(ShapeInference.Infer(spec), CancellationToken.None).Kernels.Kernels.Count(k => k.IsLeaf);
        }

        Assert.InRange(Leaves(20), 1, 2 * Leaves(4));
    }

    [Fact]
    public void A_kernel_without_its_like_is_written_for_its_own_width()
    {
        KernelLibrary library = new();
        Kernel alone = Add(library, 21);

        Assert.Equal("for at from 0 to 18 by 4\n  clear a[at] count 4\nclear a[20] count 1\n", KernelDump.Write(library.Share().CallOf(alone).Kernel.Body));
    }

    [Fact]
    public void Kernels_that_are_longer_apart_become_one_with_the_remainders_of_all()
    {
        KernelLibrary library = new();
        Kernel[] kernels = [Add(library, 20), Add(library, 21), Add(library, 24), Add(library, 25), Add(library, 28)];
        KernelSet set = library.Share();

        Kernel shared = Assert.Single(set.Kernels);
        Assert.All(kernels, k => Assert.Same(shared, set.CallOf(k).Kernel));
        Assert.Equal([20, 21, 24, 25, 28], kernels.Select(k => Assert.Single(set.CallOf(k).Sizes)));
        // Two of the widths leave 1 behind tiles of 4, none leaves 2 or 3.
        Assert.Equal(
            "for at from 0 to (units - 3) by 4\n  clear a[at] count 4\nif (units % 4) Equal 1\n  clear a[(units - 1)] count 1\nelse\n", KernelDump.Write(shared.Body));
    }

    private static void AssertIsSmall(ModelSpec spec)
    {
        CompiledModel compiled = ModelCompiler.Compile(spec);
        Assert.Empty(compiled.Findings);
        Assert.InRange(compiled.Source.Length, 1, 1_000_000);
    }

    private static ModelSpec Stack(string kind, int layers, int batch, int first, int step)
    {
        ModelBuilder model = new ModelBuilder("Stack").Sequence(20, 3, ("Batch", batch));
        for (int i = 0; i < layers; i++)
            model = model.Item(kind, ("Units", first + (i * step)), ("ReturnSequences", true));
        return model.Dense(1).Build();
    }

    /// <summary>A kernel that clears so many elements in tiles of four.</summary>
    private static Kernel Add(KernelLibrary library, int units)
    {
        static Loop Whole(Index end) => new("at", 0, end - 3, 4, [new Clear(new Place("a", Index.Variable("at")), 4)]);
        static Clear Rest(Index end, int rest) => new(new Place("a", end - (Index)rest), rest);

        List<Statement> own = [Whole(units)];
        if (units % 4 > 0)
            own.Add(Rest(units, units % 4));
        Index size = Index.Size("units", units);
        return library.Add("Clear", "", [new("a", ElementType.Single)], [], own, remainders =>
            [Whole(size), .. remainders.Of("units", 4, [units % 4]).Select(rest => new Branch(size % 4, Comparison.Equal, rest, [Rest(size, rest)], []))]);
    }
}
