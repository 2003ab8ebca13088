using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Pipeline;
using GenRnn.Generator.Tests.Hosting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace GenRnn.Generator.Tests.Pipeline;

/// <summary>What runs again after an edit, and why.</summary>
public class IncrementalityTests
{
    private const string Model = """
        using GenRnn;

        [Input(TimeSteps = 5, Features = 2, Batch = 4)]
        [Initialize(Weight.Kernel, Initializer.Orthogonal, Gain = 2)]
        [SimpleRnn(3, ReturnSequences = true)]
        [SimpleRnn(4)]
        [Dense(1)]
        public partial class Model;
        """;

    private const string Other = "class Other { int x; }";

    [Theory]
    [InlineData("class Other { /* a comment */ int x; }", Model)]
    [InlineData("class Other { int x; int y; }", Model)]
    [InlineData(Other, "// a comment that moves the model\n" + Model)]
    [InlineData(Other, Model + "\n// a comment after it")]
    public void An_edit_that_touches_no_model_re_emits_nothing(string other, string model)
    {
        (GeneratorRunResult first, GeneratorRunResult second) = RunTwice([Other, Model], [other, model]);

        // After the transform Unchanged (it moved at most), below it Cached.
        bool isMoved = model.StartsWith("//", StringComparison.Ordinal);
        Assert.Equal([isMoved ? IncrementalStepRunReason.Modified : IncrementalStepRunReason.Unchanged], Reasons(second, TrackingNames.Parsed));
        Assert.Equal([IncrementalStepRunReason.Cached], Reasons(second, TrackingNames.Models));
        Assert.Equal([isMoved ? IncrementalStepRunReason.Unchanged : IncrementalStepRunReason.Cached], Reasons(second, TrackingNames.Diagnostics));
        Assert.All(Outputs(second), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.Equal(first.GeneratedSources.Select(s => s.SourceText), second.GeneratedSources.Select(s => s.SourceText));
    }

    // dotnet watch, and a build server between two builds.
    [Fact]
    public void Nothing_runs_again_without_a_change_or_for_a_further_file()
    {
        CSharpCompilation compilation = GeneratorHost.Compile(Model, Cell, Runner, Other);
        GeneratorDriver driver = GeneratorHost.CreateDriver(trackSteps: true).RunGenerators(compilation);
        GeneratorRunResult first = driver.GetRunResult().Results.Single();
        foreach (CSharpCompilation next in new[] { compilation.Clone(), compilation.AddSyntaxTrees(GeneratorHost.Parse("class Further;", "Further.cs")) })
        {
            GeneratorRunResult second = driver.RunGenerators(next).GetRunResult().Results.Single();

            Assert.All(new[] { TrackingNames.Parsed, TrackingNames.ParsedCells }.SelectMany(s => Reasons(second, s)), r => Assert.True(r is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
            Assert.All(new[] { TrackingNames.Models, TrackingNames.Cells, TrackingNames.Diagnostics }.SelectMany(s => Reasons(second, s)), r => Assert.Equal(IncrementalStepRunReason.Cached, r));
            Assert.All(Outputs(second), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
            Assert.Equal(first.GeneratedSources.Select(s => s.SourceText), second.GeneratedSources.Select(s => s.SourceText));
        }
    }

    [Fact]
    public void An_edit_of_another_model_or_of_what_calls_it_leaves_this_one_cached()
    {
        const string Caller = "class Caller { void Use(Model m, float[] x) => m.Predict(x, x); }";
        string two = Model.Replace("class Model", "class Second", StringComparison.Ordinal);
        (_, GeneratorRunResult second) = RunTwice(
            [Model, two, Caller],
            [Model, two.Replace("SimpleRnn(4)", "SimpleRnn(5)", StringComparison.Ordinal), Caller.Replace("(x, x)", "(x, [])", StringComparison.Ordinal)]);

        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Modified], Reasons(second, TrackingNames.Models));
        Assert.Equal(1, second.TrackedOutputSteps.SelectMany(s => s.Value).Where(s => s.Inputs.Any(i => i.Source.Name == TrackingNames.Models)).Count(s => s.Outputs.Any(o => o.Reason == IncrementalStepRunReason.Modified)));
    }

    [Fact]
    public void An_edit_of_a_flag_recompiles_that_model()
    {
        string two = Model.Replace("class Model", "class Second", StringComparison.Ordinal);
        (_, GeneratorRunResult second) = RunTwice(
            [Model, two],
            [Model, two.Replace("SimpleRnn(4)", "SimpleRnn(5)", StringComparison.Ordinal)]);

        Assert.Equal([IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Modified], Reasons(second, TrackingNames.Parsed));
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Modified], Reasons(second, TrackingNames.Models));
    }

    private const string Cell = """
        using GenRnn;

        [Cell]
        [SimpleRnnCell(3, Activation = Activation.Linear)]
        [LayerNormalization]
        [Activation(Activation.Tanh)]
        public class Smoother;
        """;

    private const string Runner = """
        using GenRnn;

        [Input(TimeSteps = 5, Features = 2, Batch = 4)]
        [Rnn(typeof(Smoother))]
        public partial class Runner;
        """;

    [Theory]
    [InlineData("SimpleRnnCell(3", "SimpleRnnCell(4", IncrementalStepRunReason.Modified)]
    [InlineData("[Cell]", "// a comment that moves the cell\n[Cell]", IncrementalStepRunReason.Cached)]
    [InlineData("public class Smoother;", "public class Smoother { int _unused; }", IncrementalStepRunReason.Cached)]
    public void An_edit_of_a_cell_reaches_the_models_that_run_it_and_no_others(string before, string after, IncrementalStepRunReason runner)
    {
        (GeneratorRunResult first, GeneratorRunResult second) = RunTwice([Cell, Runner, Model], [Cell.Replace(before, after, StringComparison.Ordinal), Runner, Model]);

        Assert.Empty(first.Diagnostics);
        IncrementalStepRunReason models = runner == IncrementalStepRunReason.Modified ? IncrementalStepRunReason.Unchanged : IncrementalStepRunReason.Cached;
        Assert.Equal([runner, models], Reasons(second, TrackingNames.Models));
        Assert.Equal([runner, IncrementalStepRunReason.Cached], second.TrackedOutputSteps.SelectMany(s => s.Value)
            .Where(s => s.Inputs.Any(i => i.Source.Name == TrackingNames.Models)).SelectMany(s => s.Outputs).Select(o => o.Reason));
    }

    [Fact]
    public void A_cell_with_a_mistake_breaks_its_models_and_no_others()
    {
        GeneratorResult run = GeneratorHost.Run(Cell.Replace("SimpleRnnCell(3", "SimpleRnnCell(0", StringComparison.Ordinal), Runner, Model);

        Diagnostic error = Assert.Single(run.Diagnostics);
        Assert.Equal("GEN0001", error.Id);
        Assert.Contains("'Runner' was not generated: its cell 'Smoother' has an error: units must be positive", error.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_model_that_moves_is_not_compiled_again()
    {
        string broken = Model.Replace("ReturnSequences", "ReturnSequence", StringComparison.Ordinal);
        (_, GeneratorRunResult second) = RunTwice([broken], ["\n" + broken]);

        Assert.Equal([IncrementalStepRunReason.Cached], Reasons(second, TrackingNames.Models));
        Assert.Equal([IncrementalStepRunReason.Modified], Reasons(second, TrackingNames.Diagnostics));
        Assert.Equal(5, second.Diagnostics.Single(d => d.Id == "GEN0201").Location.GetLineSpan().StartLinePosition.Line);
    }

    [Fact]
    public void The_same_source_parsed_twice_gives_equal_specs()
    {
        ModelSpec first = GeneratorHost.ParseModel(GeneratorHost.Compile(Model), "Model").Spec;
        ModelSpec second = GeneratorHost.ParseModel(GeneratorHost.Compile(Model), "Model").Spec;

        Assert.NotSame(first, second);
        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
        Assert.NotEqual(first, GeneratorHost.ParseModel(GeneratorHost.Compile(Model.Replace("Gain = 2", "Gain = 3", StringComparison.Ordinal)), "Model").Spec);
    }

    [Fact]
    public void A_model_is_the_same_before_and_after_generation()
    {
        // Other people's generated parts count; Gen's do not.
        const string Generated = "partial class Model : System.IDisposable { public const int Batch = 4; public Model(int seed = 0) { } public void Dispose() { } public class Workspace { } }";
        CSharpCompilation before = GeneratorHost.Compile(Model);
        CSharpCompilation after = before.AddSyntaxTrees(GeneratorHost.Parse(
            Generated, "/bin/GenRnn.Generator/" + typeof(GenRnnGenerator).FullName + "/" + HintName.Of("Model")));
        GeneratorResult run = GeneratorHost.Run(Model);

        Assert.Equal(GeneratorHost.ParseModel(before, "Model").Spec, GeneratorHost.ParseModel(after, "Model").Spec);
        Assert.Empty(GeneratorHost.ParseModel(after, "Model").Findings);
        Assert.Equal(GeneratorHost.ParseModel(before, "Model").Spec, GeneratorHost.ParseModel(run.After, "Model").Spec);
        Assert.Empty(GeneratorHost.ParseModel(run.After, "Model").Findings);

        CSharpCompilation handWritten = before.AddSyntaxTrees(GeneratorHost.Parse(Generated, "Model.cs"));
        Assert.NotEmpty(GeneratorHost.ParseModel(handWritten, "Model").Findings);
    }

    [Fact]
    public void Brackets_do_not_matter()
    {
        string joined = Model.Replace("]\n[", ", ", StringComparison.Ordinal).Replace("]\r\n[", ", ", StringComparison.Ordinal);
        Assert.Equal(1, joined.Count(c => c == '['));

        Assert.Equal(
            GeneratorHost.ParseModel(GeneratorHost.Compile(Model), "Model").Spec,
            GeneratorHost.ParseModel(GeneratorHost.Compile(joined), "Model").Spec);
    }

    [Fact]
    public void Nothing_of_a_compilation_is_reachable_from_what_the_pipeline_keeps()
    {
        string broken = Model.Replace("ReturnSequences", "ReturnSequence", StringComparison.Ordinal);
        GeneratorDriver driver = GeneratorHost.CreateDriver(trackSteps: true).RunGenerators(GeneratorHost.Compile(Model, Cell, Runner, broken.Replace("class Model", "class B", StringComparison.Ordinal)));
        GeneratorRunResult result = driver.GetRunResult().Results.Single();

        int visited = 0;
        foreach (string step in new[] { TrackingNames.Parsed, TrackingNames.ParsedCells, TrackingNames.Cells, TrackingNames.Models, TrackingNames.Diagnostics })
        {
            foreach ((object value, _) in result.TrackedSteps[step].SelectMany(s => s.Outputs))
                visited += ObjectGraph.AssertHoldsNoRoslynState(value);
        }

        Assert.True(visited > 100, "The walk saw only " + visited + " objects.");
    }

    [Fact]
    public void The_walk_would_find_a_symbol()
    {
        CSharpCompilation compilation = GeneratorHost.Compile(Model);
        var holder = new { Inner = new object[] { 1, new { Hidden = (object)compilation.GetTypeByMetadataName("Model")! } } };

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => ObjectGraph.AssertHoldsNoRoslynState(holder));
    }

    private static (GeneratorRunResult First, GeneratorRunResult Second) RunTwice(string[] before, string[] after)
    {
        CSharpCompilation compilation = GeneratorHost.Compile(before);
        GeneratorDriver driver = GeneratorHost.CreateDriver(trackSteps: true).RunGenerators(compilation);
        GeneratorRunResult first = driver.GetRunResult().Results.Single();

        for (int i = 0; i < before.Length; i++)
        {
            if (before[i] != after[i])
                compilation = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[i], GeneratorHost.Parse(after[i], "Source" + i + ".cs"));
        }

        return (first, driver.RunGenerators(compilation).GetRunResult().Results.Single());
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string step) =>
        result.TrackedSteps[step].SelectMany(s => s.Outputs).Select(o => o.Reason);

    private static IEnumerable<IncrementalStepRunReason> Outputs(GeneratorRunResult result) =>
        result.TrackedOutputSteps.SelectMany(s => s.Value).SelectMany(s => s.Outputs).Select(o => o.Reason);
}
