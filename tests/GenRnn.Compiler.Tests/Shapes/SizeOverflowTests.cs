using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Shapes;

/// <summary>Sizes whose products do not fit 32 bits are findings: they neither wrap nor throw.</summary>
public sealed class SizeOverflowTests
{
    [Fact]
    public void A_flattened_sequence() => AssertRefused(new ModelBuilder("M").Sequence(70_000, 70_000).Item("Flatten").Dense(1));

    [Fact]
    public void A_wrapped_length_that_would_be_small() => AssertRefused(new ModelBuilder("M").Sequence(65_536, 65_537, ("Batch", 1)).Item("Flatten").Dense(1));

    [Fact]
    public void A_wide_layer_and_a_large_batch() => AssertRefused(new ModelBuilder("M").Sequence(2, 3, ("Batch", int.MaxValue)).SimpleRnn(int.MaxValue));

    [Fact]
    public void A_convolution_with_huge_steps() =>
        AssertRefused(new ModelBuilder("M").Sequence(int.MaxValue, 1, ("Batch", 1)).Conv1D(3, int.MaxValue, ("DilationRate", int.MaxValue), ("Padding", "Causal")).Item("Flatten").Dense(1));

    private static void AssertRefused(ModelBuilder model)
    {
        ModelSpec spec = model.Build();
        Assert.Single(ShapeInference.Infer(spec).Findings, f => f.Id == "GEN0502");
        CompiledModel compiled = ModelCompiler.Compile(spec);
        Assert.Single(compiled.Findings, f => f.Id == "GEN0502");
    }
}
