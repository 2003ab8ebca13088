using System;
using System.Linq;
using System.Threading;
using GenRnn.Compiler;
using GenRnn.Compiler.Scheduling.Gradients;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using GenRnn.EndToEnd.Tests.Compiling;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>With rows in lanes, the sums of a weight gradient over many steps are taken in pieces whose operands stay in the cache. The chains go on where they were.</summary>
public sealed class LongSumTests
{
    // 70 steps are three pieces of 24, of which the last has 22; 27 steps are one.
    private static readonly ModelSpec Long = Scan("LongSums", 70), Short = Scan("ShortSums", 27);

    private static readonly Lazy<ModelCompilation> Compilation = new(() => ModelCompilation.Compile(
        "LongSums", [new ModelSource(Long.Class.Namespace, Long.Class.Name, DeclarationText.WriteClass(Long))]));

    private static ModelSpec Scan(string name, int steps) =>
        new ModelBuilder(name).Sequence(steps, 3, ("Batch", 32)).Lstm(7, ("ReturnSequences", true)).SimpleRnn(11).Dense(2).Build();

    [Fact]
    public void Only_long_sums_wait()
    {
        // Kernels and recurrent kernels; a bias has nothing to read again, and the Dense sums one vector.
        Assert.Equal(4, Gradients(Long).Count(g => g.Waiting is not null));
        Assert.All(Gradients(Long).Where(g => g.Gradient.Left is null || g.Gradient.Steps == 1), g => Assert.Null(g.Waiting));
        Assert.All(Gradients(Short), g => Assert.Null(g.Waiting));
    }

    [Fact]
    public void They_have_the_bits_of_one_chain()
    {
        var model = (IModel<float>)Activator.CreateInstance(Compilation.Value.Find(Long.Class.MetadataName), 3)!;
        DifferentiatedPass.AssertHasTheInterpretersBits(model, Long, model.GetInfo().Batch);
    }

    private static GradientCall[] Gradients(ModelSpec spec) => ModelCompiler.Schedule(ShapeInference.Infer(spec), CancellationToken.None).Training.Gradients.ToArray();
}
