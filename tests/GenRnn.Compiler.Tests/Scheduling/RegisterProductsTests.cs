using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Scheduling.Plans;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Scheduling;

/// <summary>A single row's products stay in the registers of the kernel that reads them, where gates are whole vectors.</summary>
public sealed class RegisterProductsTests
{
    [Theory]
    [InlineData("Lstm", 8, "Single", 8)]
    [InlineData("Lstm", 16, "Single", 8)]
    [InlineData("Gru", 8, "Single", 8)]
    [InlineData("Lstm", 4, "Double", 4)]
    [InlineData("Lstm", 8, "Double", 4)]
    // A gate begins within a vector.
    [InlineData("Lstm", 20, "Single", 0)]
    [InlineData("Lstm", 4, "Single", 0)]
    // More accumulators than fit beside the functions.
    [InlineData("Lstm", 24, "Single", 0)]
    [InlineData("Lstm", 16, "Double", 0)]
    // The product's own tiles run it as their epilogue.
    [InlineData("SimpleRnn", 8, "Single", 0)]
    public void Where_gates_are_whole_vectors(string cell, int units, string precision, int lanes)
    {
        Schedule schedule = ScheduleOf(Recurrent(cell, units, precision));
        Branch[] forms = InRegisters(schedule.StepRow!).ToArray();

        Assert.Equal(lanes == 0 ? [] : [lanes], forms.Select(f => ((ConstantIndex)f.Right).Value));
    }

    [Fact]
    public void Both_forms_compute_the_same_and_only_one_stores_products()
    {
        Schedule schedule = ScheduleOf(Recurrent("Lstm", 8, "Single"));
        Branch forms = Assert.Single(InRegisters(schedule.StepRow!));

        // The next c and h, one vector each.
        Assert.Equal(2, forms.Body.OfType<Store>().Count());
        Assert.Equal(["Sigmoid", "Tanh"], Functions(forms.Body).Distinct());
        Assert.Equal(["Sigmoid", "Tanh"], Functions(forms.Otherwise).Distinct());
        Assert.Contains("result", KernelDump.Write(forms.Otherwise), System.StringComparison.Ordinal);
        Assert.DoesNotContain("result", KernelDump.Write(forms.Body), System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_writes_its_states_in_place()
    {
        Schedule schedule = ScheduleOf(Recurrent("Lstm", 16, "Single"));

        Assert.All(schedule.StepRow!.Border.States, s => Assert.True(schedule.StepRow.Arena.IsInPlace(s.Initial.Buffer)));
    }

    [Fact]
    public void Functions_of_two_vectors_run_side_by_side()
    {
        Branch two = Assert.Single(InRegisters(ScheduleOf(Recurrent("Lstm", 16, "Single")).StepRow!));
        Branch one = Assert.Single(InRegisters(ScheduleOf(Recurrent("Lstm", 8, "Single")).StepRow!));

        Assert.Equal(5, two.Body.OfType<LetPair>().Count());
        Assert.Empty(one.Body.OfType<LetPair>());
    }

    [Fact]
    public void Functions_of_one_kind_follow_one_another_in_a_single_vector()
    {
        Branch forms = Assert.Single(InRegisters(ScheduleOf(Recurrent("Lstm", 8, "Single")).StepRow!));

        // Declared as i, f, g, o, and the activation of c behind them.
        Assert.Equal(["Sigmoid", "Sigmoid", "Sigmoid", "Tanh", "Tanh"], Functions(forms.Body));
    }

    [Fact]
    public void Rows_of_a_batch_go_through_memory()
    {
        Schedule schedule = ScheduleOf(new ModelBuilder("M").Sequence(5, 1, ("Batch", 3)).Lstm(8, ("ReturnSequences", true)).Dense(1).Build());

        Assert.Single(InRegisters(schedule.StepRow!));
        Assert.Empty(InRegisters(schedule.StepBatch!));
    }

    /// <summary>A single chain takes its operands out of the vector that the kernel before it has stored, but never reads beyond what the caller owns.</summary>
    [Fact]
    public void A_narrow_head_reads_vectors_of_the_arena_only()
    {
        Schedule behindCell = ScheduleOf(Recurrent("Lstm", 8, "Single"));
        Schedule ofInput = ScheduleOf(new ModelBuilder("M").Sequence(5, 6, ("Batch", 1)).Dense(1).Build());

        Assert.Contains("lane 7", Dump(behindCell.StepRow!), System.StringComparison.Ordinal);
        Assert.DoesNotContain(" lane 0", Dump(ofInput.StepRow!), System.StringComparison.Ordinal);
    }

    private static ModelSpec Recurrent(string cell, int units, string precision) => new ModelBuilder("M")
        .Sequence(5, 1, ("Batch", 1), ("Precision", precision)).Item(cell, ("Units", units), ("ReturnSequences", true)).Dense(1).Build();

    private static IEnumerable<Branch> InRegisters(Plan plan) =>
        Invoked(plan).SelectMany(k => k.Body).OfType<Branch>().Where(b => b is { Left: LanesIndex, Comparison: Comparison.Equal });

    private static string Dump(Plan plan) => string.Concat(Invoked(plan).Select(k => KernelDump.Write(k.Body)));

    private static IEnumerable<Kernel> Invoked(Plan plan) => plan.Forward.Body.OfType<Invoke>().Select(i => i.Kernel);

    private static string[] Functions(IReadOnlyList<Statement> body) =>
        System.Text.RegularExpressions.Regex.Matches(KernelDump.Write(body), "Sigmoid|Tanh").Select(m => m.Value).ToArray();

    private static Schedule ScheduleOf(ModelSpec spec) => ModelCompiler.Schedule(ShapeInference.Infer(spec), CancellationToken.None);
}
