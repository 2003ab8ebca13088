using System;
using System.Linq;
using System.Threading;
using GenRnn.Compiler;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using GenRnn.EndToEnd.Tests.Compiling;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>Where a scan leaves more than the caches hold, one thread computes weight gradients inside of it; several threads do so behind it. The bits are the same.</summary>
public sealed class OneThreadTests
{
    private const int Batch = 48;

    // 29 steps in chunks of 5 leave four; the second scan runs from the other end, so its gradients stay behind it.
    private static readonly ModelSpec Large = new ModelBuilder("LargeScans")
        .Sequence(29, 3, ("Batch", Batch)).Lstm(48, ("ReturnSequences", true)).Lstm(48, ("ReturnSequences", true), ("GoBackwards", true)).Dense(2).Build();

    private static readonly ModelSpec Small = new ModelBuilder("SmallScans")
        .Sequence(29, 3, ("Batch", Batch)).Lstm(24, ("ReturnSequences", true)).Dense(2).Build();

    private static readonly Lazy<ModelCompilation> Compilation = new(() => ModelCompilation.Compile(
        "Scans", [new ModelSource(Large.Class.Namespace, Large.Class.Name, DeclarationText.WriteClass(Large))]));

    [Fact]
    public void Only_large_scans_take_their_gradients_with_them()
    {
        Assert.NotNull(ScheduleOf(Large).Training.BackwardOfOneThread);
        Assert.Null(ScheduleOf(Small).Training.BackwardOfOneThread);
    }

    [Theory]
    [InlineData(Batch)]
    [InlineData(19)]
    public void The_gradients_have_the_bits_of_several_threads_and_of_the_interpreter(int rows)
    {
        var model = (IModel<float>)Activator.CreateInstance(Compilation.Value.Find(Large.Class.MetadataName), 3)!;
        DifferentiatedPass.AssertHasTheInterpretersBits(model, Large, rows);
    }

    private static Schedule ScheduleOf(ModelSpec spec) => ModelCompiler.Schedule(ShapeInference.Infer(spec), CancellationToken.None);
}
