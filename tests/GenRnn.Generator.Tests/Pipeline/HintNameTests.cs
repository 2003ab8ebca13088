using System.Collections.Generic;
using System.Linq;
using GenRnn.Generator.Pipeline;
using GenRnn.Generator.Tests.Hosting;
using Xunit;

namespace GenRnn.Generator.Tests.Pipeline;

/// <summary>Names of generated files: stable, legal, and distinct without regard to case.</summary>
public class HintNameTests
{
    [Theory]
    [InlineData("Forecaster", "Forecaster.672bbec1.g.cs")]
    [InlineData("N.Outer`1+Model", "N.Outer_1_Model.be78af99.g.cs")]
    [InlineData("名.Ünï", "_._n_.f5d8d20f.g.cs")]
    public void Is_the_same_in_every_process(string metadataName, string expected) => Assert.Equal(expected, HintName.Of(metadataName));

    [Fact]
    public void Differs_where_only_case_or_punctuation_does()
    {
        string[] names = ["Model", "model", "MODEL", "N.Model", "N+Model", "N_Model", "N`1+Model", "N`2+Model", "名", "字"];

        HashSet<string> hints = new(names.Select(HintName.Of), System.StringComparer.OrdinalIgnoreCase);

        Assert.Equal(names.Length, hints.Count);
    }

    [Fact]
    public void Fits_a_file_system_whatever_the_nesting() =>
        Assert.True(HintName.Of(string.Join("+", Enumerable.Repeat("Outer", 1000))).Length <= 150);

    [Fact]
    public void Files_of_classes_that_differ_in_case_do_not_clash()
    {
        const string Layers = "[GenRnn.Input(TimeSteps = 3, Features = 2)] [GenRnn.SimpleRnn(5)] public partial class ";

        GeneratorResult result = GeneratorHost.Run(
            Layers + "Model; " + Layers + "model; " + Layers + "Model<T>; partial class O { " + Layers + "Model; } partial class O<T> { " + Layers + "Model; }");

        Assert.Null(result.Run.Exception);
        Assert.Empty(result.Diagnostics);
        result.AssertEmittedCodeCompiles();
    }
}
