using System.Linq;
using GenRnn.Compiler.Tests.Support;
using GenRnn.Interpreter;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Autodiff;

/// <summary>Gradients of every model of the catalogue, through all passes.</summary>
public sealed class CatalogueGradientTests
{
    public static TheoryData<string> Models => new(ModelCatalogue.All.Select(m => m.Name));

    [Theory]
    [MemberData(nameof(Models))]
    public void Gradients_equal_finite_differences(string model) =>
        GradientCheck.Verify(CompiledProgram.Of(ModelCatalogue.Find(model).Spec), seed: 7);
}
