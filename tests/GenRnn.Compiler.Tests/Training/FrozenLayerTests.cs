using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Spec;
using GenRnn.Interpreter;
using GenRnn.Interpreter.Kernels;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Training;

/// <summary><c>Trainable = false</c>: gradients that nobody uses are not computed.</summary>
public sealed class FrozenLayerTests
{
    private static ModelSpec Frozen => new ModelBuilder("Frozen").Sequence(5, 3, ("Batch", 4))
        .Lstm(4, ("ReturnSequences", true), ("Trainable", false)).Item("BatchNormalization", ("Trainable", false)).Gru(5).Dense(2).Build();

    private static ModelSpec AllFrozen => new ModelBuilder("AllFrozen").Sequence(5, 3, ("Batch", 4)).Gru(4, ("Trainable", false)).Dense(2, ("Trainable", false)).Build();

    [Fact]
    public void Weights_of_a_frozen_layer_have_no_gradient_and_its_reverse_scan_runs_on_demand()
    {
        Program program = CompiledProgram.Of(Frozen);
        Assert.All(program.Gradients, g => Assert.True(g.Target.Parameter.IsTrainable && g.Layer >= 2, g.Target.Parameter.Path));
        Assert.Equal([false, false, false, false, false, false, false, true, true, true, true, true], program.Parameters.Select(p => p.IsTrainable));
        // Not even the scan of the first layer: its gradient leads to the input alone.
        Assert.All(program.Backward.Where(r => r.Layer < 2), r => Assert.True(r.IsOnDemand, r.Name));
        Assert.Contains(program.Backward, r => r.Layer == 0 && r.IsScan);
        Assert.Empty(program.Statistics);
        Assert.Null(program.RowWeights);
    }

    /// <summary>Behind a layer that is trained, a frozen one still hands its gradient on.</summary>
    [Fact]
    public void A_frozen_layer_in_the_middle_is_differentiated_by_its_input()
    {
        Program program = CompiledProgram.Of(new ModelBuilder("Middle").Sequence(5, 3).Gru(4, ("ReturnSequences", true)).Lstm(4, ("Trainable", false)).Dense(2).Build());
        Assert.Contains(program.Backward, r => r.Layer == 1 && r.IsScan && !r.IsOnDemand);
        Assert.All(program.Gradients, g => Assert.NotEqual(1, g.Layer));
        Assert.Contains(program.Gradients, g => g.Layer == 0);
    }

    [Fact]
    public void Only_the_half_that_says_so_is_frozen()
    {
        Program program = CompiledProgram.Of(new ModelBuilder("Half").Sequence(5, 3).Modifier("Bidirectional").Gru(4).Modifier("Backward").Gru(4, ("Trainable", false)).Dense(2).Build());
        Assert.All(program.Parameters, p => Assert.Equal(!p.Path.Contains("backward_", System.StringComparison.Ordinal) && !p.Path.Contains("gru_1", System.StringComparison.Ordinal), p.IsTrainable));
    }

    [Fact]
    public void Cells_and_their_parts_are_frozen_with_the_layer_that_runs_them()
    {
        (string, System.Func<ModelBuilder, ModelBuilder>)[] cells = [("Own", c => c.Item("SimpleRnnCell", ("Units", 4)).Item("LayerNormalization"))];
        Assert.All(CompiledProgram.Of(new ModelBuilder("Cells").Sequence(5, 3).Rnn(cells, ("Trainable", false)).Build()).Parameters, p => Assert.False(p.IsTrainable));
        cells = [("Own", c => c.Item("SimpleRnnCell", ("Units", 4)).Item("LayerNormalization", ("Trainable", false)))];
        Assert.Equal([true, true, true, false, false], CompiledProgram.Of(new ModelBuilder("Cells").Sequence(5, 3).Rnn(cells).Build()).Parameters.Select(p => p.IsTrainable));
    }

    [Fact]
    public void Plans_compute_what_the_program_says()
    {
        foreach (int batch in new[] { 3, 32 })
        {
            PlanVerifier.Verify(Frozen.WithBatch(batch), seed: batch);
            PlanVerifier.Verify(AllFrozen.WithBatch(batch), seed: batch);
        }
    }

    /// <summary>What the file of a model says of its variables, and nothing about weights changes: the flag is of training alone.</summary>
    [Fact]
    public void Files_of_weights_fit_a_model_that_is_frozen_and_one_that_is_not()
    {
        string source = ModelCompiler.Compile(AllFrozen).Source;
        string[] variables = [.. source.Split('\n').Where(line => line.Contains("new() { Path = ", System.StringComparison.Ordinal))];
        Assert.NotEmpty(variables);
        Assert.All(variables, line => Assert.Contains(", IsTrainable = false, ", line));
        string trained = ModelCompiler.Compile(new ModelBuilder("AllFrozen").Sequence(5, 3, ("Batch", 4)).Gru(4).Dense(2).Build()).Source;
        Assert.Equal(Hash(trained), Hash(source));
    }

    private static string Hash(string source) => string.Join("\n", source.Split('\n').Where(line => line.Contains("ArchitectureHash", System.StringComparison.Ordinal)));
}
