using System;
using System.Linq;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Models;

/// <summary>The catalogue that the other tests lean on.</summary>
public sealed class ModelCatalogueTests
{
    [Fact]
    public void Names_are_unique() => Assert.Equal(ModelCatalogue.All.Count, ModelCatalogue.All.Select(m => m.Name).Distinct().Count());

    [Fact]
    public void Every_activation_of_the_runtime_has_a_model() => Assert.Equal(Enum.GetNames<Activation>(), ModelCatalogue.Activations);

    [Fact]
    public void Specs_compare_by_content()
    {
        Assert.Equal(Build(5), Build(5));
        Assert.NotEqual(Build(5), Build(6));

        static Spec.ModelSpec Build(int units) => new ModelBuilder("M").Sequence(6, 3).InitialState("A").SimpleRnn(units, ("Name", "X")).Build();
    }

    [Fact]
    public void A_declaration_is_what_a_developer_writes()
    {
        string text = DeclarationText.Write(new ModelBuilder("Sample")
            .Sequence(6, 3, ("Layout", "TimeMajor"))
            .Initialize("Kernel", "VarianceScaling", ("Scale", 0.5))
            .SimpleRnn(5, ("ReturnSequences", true), ("Name", "Encoder"))
            .InitialState("Encoder")
            .SimpleRnn(5)
            .Activation("LeakyRelu", ("Alpha", 0.1))
            .Build());
        Assert.Equal(
            """
            using GenRnn;

            namespace GenRnn.TestModels.Declared;

            [Input(TimeSteps = 6, Features = 3, Layout = DataLayout.TimeMajor)]
            [Initialize(Weight.Kernel, Initializer.VarianceScaling, Scale = 0.5)]
            [SimpleRnn(5, ReturnSequences = true, Name = "Encoder")]
            [InitialState("Encoder")]
            [SimpleRnn(5)]
            [Activation(Activation.LeakyRelu, Alpha = 0.1)]
            public partial class Sample;

            """.ReplaceLineEndings("\n"),
            text);
    }
}
