using System;
using System.Linq;
using GenRnn.Compiler.Autodiff;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Lowering;
using GenRnn.Compiler.Shapes;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Ir;

public sealed class VerifierTests
{
    public static TheoryData<string> Ways => new(BrokenPrograms.Ways.Keys);

    public static TheoryData<string> Models => new(ModelCatalogue.All.Select(m => m.Name));

    [Fact]
    public void Accepts_the_sound_program() => Verifier.Check(BrokenPrograms.Sound());

    [Theory]
    [MemberData(nameof(Ways))]
    public void Names_the_culprit(string way)
    {
        Program program = BrokenPrograms.Build(way);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Verifier.Check(program));
        Assert.Equal("Broken program: " + BrokenPrograms.Ways[way].Message + ".", error.Message);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Accepts_every_model_after_lowering_and_after_autodiff(string model)
    {
        Spec.ModelSpec spec = ModelCatalogue.Find(model).Spec;
        Program program = ModelLowering.Lower(ShapeInference.Infer(spec));
        Verifier.Check(program);
        Differentiation.Run(program);
        Verifier.Check(program);
    }
}
