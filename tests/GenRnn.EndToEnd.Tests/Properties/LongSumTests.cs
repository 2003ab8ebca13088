using System;
using System.Linq;
using System.Threading;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using GenRnn.EndToEnd.Tests.Compiling;
using GenRnn.Fingerprint;
using GenRnn.Interpreter;
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

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void They_have_the_bits_of_one_chain(int parts)
    {
        var model = (IModel<float>)Activator.CreateInstance(Compilation.Value.Find(Long.Class.MetadataName), 3)!;
        ModelInfo info = model.GetInfo();
        var random = new RandomValues(4);
        float[] x = random.Next<float>(info.Batch * info.InputLength), upstream = random.Next<float>(info.Batch * info.OutputLength), y = new float[upstream.Length];
        ModelWorkspace<float> workspace = model.CreateWorkspace();
        model.Forward(x, y, null, workspace, training: true);
        model.BeginBackward(upstream, workspace, inputGradient: false);
        model.BackwardRows(workspace, 0, info.Batch);
        for (int part = parts - 1; part >= 0; part--)
            model.ParameterGradients(workspace, part, parts);
        model.EndBackward(default, workspace);

        InterpretedPass<float> expected = ModelInterpreter.ExactSingle(Long).Differentiate(x, model.Parameters, upstream, GradientOrder.Of(Long));
        Bits.AssertEqual<float>(expected.Gradients, workspace.Gradients, "gradients");
    }

    private static GradientCall[] Gradients(ModelSpec spec) => Scheduler.Run(spec, ShapeInference.Infer(spec), CancellationToken.None).Training.Gradients.ToArray();
}
