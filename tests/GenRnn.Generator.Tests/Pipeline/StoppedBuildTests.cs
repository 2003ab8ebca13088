using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Generator.Pipeline;
using GenRnn.Generator.Tests.Hosting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace GenRnn.Generator.Tests.Pipeline;

/// <summary>A mistake at which the compiler stops: the generator says what the analyzers would have said of the other declarations.</summary>
public class StoppedBuildTests
{
    private const string Misspelt = "using GenRnn;\n[Input(TimeSteps = 9, Features = 2)]\n[SimpleRnn(5, ReturnSequence = true)]\npublic partial class Misspelt;\n";
    private const string Broken = "using GenRnn;\n[Budget(MaxParameters = 0)]\n[Input(TimeSteps = 9, Features = 2)]\n[Initialize(Weight.Gamma, Initializer.Ones)]\n[SimpleRnn(5, Activation = Activation.Relu)]\n[Dense(0, Name = \"a b\")]\npublic partial class Faulty;\n";
    private const string Cell = "using GenRnn;\n[Cell]\n[SimpleRnnCell(0)]\npublic class Part;\n";
    private const string Half = "using GenRnn;\n[Input(TimeSteps = 9, Features = 2)]\n[SimpleRnn(0, ReturnSequence = )]\npublic partial class Half;\n";

    [Fact]
    public void It_says_what_analyzers_would_where_they_would()
    {
        GeneratorResult result = GeneratorHost.Run(Misspelt, Broken, Cell);

        Assert.Equal(
            [
                "Source0.cs(3,15): GEN0201", "Source0.cs(4,22): GEN0001",
                "Source1.cs(4,13): GEN0216", "Source1.cs(5,15): GEN0207", "Source1.cs(6,11): GEN0106", "Source1.cs(6,8): GEN0204", "Source1.cs(7,22): GEN0001",
                "Source2.cs(3,16): GEN0204",
            ],
            Places(result.Diagnostics));
        Assert.True(StoppedBuild.IsMarked(result.After));
    }

    [Fact]
    public void Without_such_a_mistake_it_leaves_that_to_them()
    {
        GeneratorResult result = GeneratorHost.Run(Broken, Cell);

        Assert.Equal(["Source0.cs(7,22): GEN0001"], Places(result.Diagnostics));
        Assert.False(StoppedBuild.IsMarked(result.After));
    }

    // At a mistake of syntax the compiler shows nothing of Gen, and in an editor the rest may still come.
    [Fact]
    public void A_declaration_that_is_being_typed_stops_nothing()
    {
        Assert.False(StoppedBuild.IsMarked(GeneratorHost.Run(Half, Broken).After));
        Assert.DoesNotContain(GeneratorHost.Run(Half, Misspelt).Diagnostics, d => d.Id == "GEN0204");
    }

    [Theory]
    [InlineData("#pragma warning disable GEN0207\n", "", true)]
    [InlineData("#pragma warning disable\n", "", true)]
    [InlineData("#pragma warning disable GEN0207\n#pragma warning restore GEN0207\n", "", false)]
    [InlineData("#pragma warning disable CS1591\n", "\n#pragma warning disable GEN0207", false)]
    public void What_the_source_silences_stays_silent(string before, string after, bool isSilent)
    {
        GeneratorResult result = GeneratorHost.Run(Misspelt, Broken.Replace("[Budget", before + "[Budget", StringComparison.Ordinal) + after);

        Assert.Equal(!isSilent, result.Diagnostics.Any(d => d.Id == "GEN0207"));
    }

    [Fact]
    public void An_edit_of_another_model_repeats_nothing()
    {
        const string Other = "using GenRnn;\n[Input(TimeSteps = 9, Features = 2)]\n[SimpleRnn(5)]\npublic partial class Other;\n";
        CSharpCompilation compilation = GeneratorHost.Compile(Misspelt, Broken, Other);
        GeneratorDriver driver = GeneratorHost.CreateDriver(trackSteps: true).RunGenerators(compilation);
        compilation = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[2], GeneratorHost.Parse(Other.Replace("Rnn(5)", "Rnn(6)", StringComparison.Ordinal), "Source2.cs"));
        GeneratorRunResult second = driver.RunGenerators(compilation).GetRunResult().Results.Single();

        Assert.Equal([IncrementalStepRunReason.Cached], second.TrackedSteps[TrackingNames.Project].SelectMany(s => s.Outputs).Select(o => o.Reason));
        Assert.Equal(
            [IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged],
            second.TrackedSteps[TrackingNames.Diagnostics].SelectMany(s => s.Outputs).Select(o => o.Reason));
    }

    /// <summary>The members that a broken model has lose nothing that is known: the code around it has no error of its own.</summary>
    [Theory]
    [InlineData(
        "[Input(TimeSteps = 9, Features = 2, Name = \"Series\", Lengths = true)] [Input(Features = 5, Name = \"H0\")] [InitialState(\"H0\")] [Gru(5, ReturnState = true, ReturnSequence = true)] [Bidirectional] [Lstm(3, Name = \"Both\", UsePeepholes = true)] [BatchNormalization(Epsilon = 0)] [TimeDistributed] [Dense(0)]",
        "m.Predict(x, lengths, x, y, y); m.Predict(x, lengths, x, y, y, m.CreateWorkspace()); m.Forward(x, lengths, x, y, y, m.CreateState(4), m.CreateWorkspace()); m.Backward(x, x, y, y, m.CreateWorkspace());"
        + " _ = m.Weights.Gru1.RecurrentKernel[0, 0] + m.Weights.Both.ForwardKernel[0, 0] + m.Weights.Both.BackwardForgetPeephole[0] + m.Weights.BatchNormalization1.MovingVariance[0] + m.Weights.TimeDistributed1.Bias[0]; _ = M.Gru1HLength + M.H0Length + M.SeriesLength;")]
    [InlineData(
        "[Input(TimeSteps = 9, Precision = Precision.Double)] [Embedding(0, 4)] [Rnn(typeof(Own))] [Conv1D(3, 2, Padding = Padding.Full)] [Dense(1, Projection = 3)]",
        "double[] d = new double[M.OutputLength]; m.Predict(d, d); m.Step(d, d, m.CreateState()); _ = m.Weights.Embedding1.Embeddings[0, 0] + m.Weights.Rnn1.Kernel[0, 0] + m.Weights.Conv1D1.Kernel[0, 0, 0] + m.Weights.Dense1.Bias[0];")]
    [InlineData(
        "[Cell(Features = 3, Batch = 2)] [LstmCell(0)] [LayerNormalization]",
        "M.State s = m.ZeroState(); s.H[0] = s.C[0]; m.Step(x, y, s); m.Step(x, s); _ = m.Weights.Rnn1.LstmCellKernel[0, 0];")]
    public void The_stub_of_a_broken_model_has_what_can_be_known(string attributes, string use)
    {
        GeneratorResult result = GeneratorHost.Run(
            "using GenRnn;\n" + attributes + "\npublic partial class M;\n[Cell] [SimpleRnnCell(4)] public class Own;\nstatic class User { static void Use(M m, float[] x, float[] y, int[] lengths) { " + use + " } }\n");

        Assert.Contains(result.Diagnostics, d => d.Id == "GEN0001");
        IEnumerable<Diagnostic> errors = result.CompilerDiagnostics.Where(d => d.Severity == DiagnosticSeverity.Error && d.Location.GetLineSpan().StartLinePosition.Line > 1);
        Assert.True(!errors.Any(), string.Join("\n", errors) + "\n" + result.Sources[0].SourceText);
    }

    private static IEnumerable<string> Places(IEnumerable<Diagnostic> diagnostics) => diagnostics
        .Select(d => (d.Location.GetLineSpan().Path, d.Location.GetLineSpan().StartLinePosition, d.Id))
        .Select(d => string.Format(CultureInfo.InvariantCulture, "{0}({1},{2}): {3}", d.Path, d.StartLinePosition.Line + 1, d.StartLinePosition.Character + 1, d.Id))
        .Order(StringComparer.Ordinal);
}
