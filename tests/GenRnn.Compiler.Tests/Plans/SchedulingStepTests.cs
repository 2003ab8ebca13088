using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Spec;
using GenRnn.Compiler.Targets;
using GenRnn.Compiler.Tests.Support;
using GenRnn.Interpreter.Kernels;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Plans;

/// <summary>Each step of scheduling that can go wrong alone: it acts where it may, not where it must not, and what it makes computes what the program says. Where it goes wrong, the verifier finds it.</summary>
public sealed class SchedulingStepTests
{
    private const int Seed = 3;

    private static readonly bool s_isExhaustive = Environment.GetEnvironmentVariable("GEN_EXHAUSTIVE") == "1";

    /// <summary>RegionKernels: parts of a concatenation that no kernel computes there are copied, in front of what reads them.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(32)]
    public void Region_kernels_copy_what_stands_elsewhere(int batch)
    {
        ModelSpec spec = Of(batch, b => b.Rnn(new CellWriter("Cell", ("h", 9)), c =>
        {
            int parts = c.Concat(c.Slice(c.State(0), 7, 2), c.Slice(c.Input, 1, 3), c.Linear("product", 4, c.Input, c.State(0)));
            int next = c.Function("Tanh", c.Sum(c.Linear("mix", 9, parts), c.Function("Sigmoid", parts)));
            return (next, [next]);
        }, ("ReturnSequences", true)));
        Schedule schedule = PlanVerifier.ScheduleOf(spec);
        bool IsCopy(Statement s) => s is Invoke invoke && invoke.Kernel.Summary == "copies";
        Assert.Contains(schedule.PredictBatch.Forward.Body, IsCopy);
        PlanVerifier.Verify(schedule, Seed);

        schedule = schedule.With(schedule.PredictBatch.Forward, schedule.PredictBatch.Forward.Body.Where(s => !IsCopy(s)).ToList());
        Assert.Throws<WrongPlanException>(() => PlanVerifier.Verify(schedule, Seed));
    }

    /// <summary>KernelPartition: what is read at its own lanes is computed in one loop, what is read at others goes through memory.</summary>
    [Fact]
    public void A_partition_puts_lanes_that_are_read_elsewhere_into_memory()
    {
        ModelSpec spec = Of(3, b => b.Rnn(new CellWriter("Cell", ("h", 9)), c =>
        {
            int t = c.Function("Tanh", c.Linear("mix", 9, c.Input, c.State(0)));
            int s = c.Function("Sigmoid", t);
            int next = c.Product(s, c.Function("Tanh", c.Concat(c.Slice(t, 4, 5), c.Slice(t, 0, 4))));
            return (next, [next]);
        }, ("ReturnSequences", true)));
        Schedule schedule = PlanVerifier.ScheduleOf(spec);
        Region region = schedule.PredictBatch.Program.Forward.Single(r => r.IsScan);
        KernelPartition partition = new(region);
        Value[] tanhs = [.. region.Values.Where(v => v.Op == OpCode.Tanh)];
        Value sigmoid = region.Values.Single(v => v.Op == OpCode.Sigmoid);

        Assert.Same(partition.WorkOf(tanhs[0]), partition.WorkOf(sigmoid));
        Assert.True(partition.WorkOf(tanhs[1])!.Level > partition.WorkOf(tanhs[0])!.Level);
        Assert.Contains(tanhs[0], partition.InMemory);
        PlanVerifier.Verify(schedule, Seed);
    }

    /// <summary>LoopGroups: a region joins the loop in front of it only if it reads nothing of a later step.</summary>
    [Fact]
    public void Loops_are_joined_where_no_later_step_is_read()
    {
        (string, object) sequences = ("ReturnSequences", true);
        Check(1, b => b.SimpleRnn(5, sequences).Lstm(4, sequences).Dense(3));
        Check(2, b => b.SimpleRnn(5, sequences).Lstm(4, sequences, ("GoBackwards", true)));
        Check(2, b => b.SimpleRnn(5).Dense(3));
        Check(2, b => b.SimpleRnn(5, sequences).Conv1D(4, 2, ("Padding", "Same")));
        Check(2, b => b.SimpleRnn(5, sequences).Conv1D(4, 2, ("Strides", 2)));
        Check(2, b => b.SimpleRnn(5, ("Name", "Encoder")).Sequence(4, 3, ("Name", "Target")).InitialState("Encoder").SimpleRnn(5, sequences));

        static void Check(int groups, Func<ModelBuilder, ModelBuilder> layers)
        {
            foreach (int batch in new[] { 1, 3 })
            {
                Schedule schedule = PlanVerifier.ScheduleOf(Of(batch, layers));
                IReadOnlyList<LoopGroup> found = LoopGroups.Form(schedule.PredictBatch.Program.Forward.Where(r => !r.TakesStepsAsRows));
                Assert.True(found.Count == groups || batch == 1, string.Join("; ", found.Select(g => string.Join(", ", g.Regions.Select(r => r.Name)))));
                PlanVerifier.Verify(schedule, Seed);
            }
        }
    }

    /// <summary>InPlaceStates: a step writes a state over the one before only where nothing reads that any more.</summary>
    [Theory]
    [InlineData("Skipping16Of1", true)]
    [InlineData("Difference16Of1", false)]
    [InlineData("Exchange16Of1", false)]
    public void States_are_written_in_place_where_nothing_reads_them_later(string name, bool isInPlace)
    {
        Schedule schedule = PlanVerifier.ScheduleOf(ReaderModels.All.Single(m => m.Name == name).Spec);

        Assert.Equal(isInPlace, schedule.StepRow!.Border.States.All(s => schedule.StepRow.Arena.IsInPlace(s.Initial.Buffer)));
        PlanVerifier.Verify(schedule, Seed);
    }

    [Fact]
    public void A_state_that_is_written_too_early_is_found()
    {
        Schedule schedule = PlanVerifier.ScheduleOf(ReaderModels.All.Single(m => m.Name == "Difference16Of1").Spec);
        ArenaBuffer state = Assert.Single(schedule.StepRow!.Border.States).Initial.Buffer;
        Kernel driver = schedule.StepRow.Forward;
        schedule = schedule.With(driver, driver.Body.Where(s => s is not Invoke { Kernel.Name: "Carry" }).Select(s => s is not Invoke invoke ? s : invoke with
        {
            References = invoke.References.Select(r => r is { Reference: "arena", Offset: ConstantIndex { Value: var at } } && at == schedule.StepRow.Arena.OffsetOf(state) + state.Layout.SlotStride
                ? r with { Offset = (Compiler.Kernels.Index)schedule.StepRow.Arena.OffsetOf(state) } : r).ToList(),
        }).ToList());

        Assert.Throws<WrongPlanException>(() => PlanVerifier.Verify(schedule, Seed));
    }

    /// <summary>OverwrittenResiduals: a gate that the forward pass saved makes room for its gradient, except in passes of a row or two and where something else reads it.</summary>
    [Fact]
    public void Residuals_are_overwritten_where_nothing_else_reads_them()
    {
        Func<ModelBuilder, ModelBuilder> lstm = b => b.Lstm(16, ("ReturnSequences", true)).Lstm(16);
        Func<ModelBuilder, ModelBuilder> simple = b => b.SimpleRnn(16, ("ReturnSequences", true)).Dense(2);
        Assert.True(Overwritten(Of(32, lstm)) > 0);
        Assert.Equal(0, Overwritten(Of(2, lstm)));
        // With units in lanes only what is as wide as its gradient: gates of a large scan, whose gradients are kept apart.
        Assert.Equal(0, Overwritten(Of(4, lstm)));
        ModelSpec large = new ModelBuilder("M").Sequence(129, 3, ("Batch", 8)).Lstm(64).Build();
        Assert.True(Overwritten(large) > 0);
        if (s_isExhaustive)
            PlanVerifier.Verify(large, Seed, [new Machine(8, true)], [8]);
        // The state is what it saves, and the weights' gradient reads it.
        Assert.Equal(0, Overwritten(Of(32, simple)));
        foreach (ModelSpec spec in new[] { Of(4, lstm), Of(17, lstm), Of(32, lstm), Of(4, simple), Of(16, b => b.Gru(16, ("ReturnSequences", true)).Gru(4)) })
            PlanVerifier.Verify(spec, Seed);

        static int Overwritten(ModelSpec spec)
        {
            Schedule schedule = PlanVerifier.ScheduleOf(spec);
            Program program = schedule.Program;
            List<LoopGroup> groups = [.. LoopGroups.Form(program.Forward), .. LoopGroups.Form(program.Backward.Where(r => !r.IsOnDemand)), .. LoopGroups.Form(program.Backward.Where(r => r.IsOnDemand))];
            OverwrittenResiduals residuals = new(
                new PlanShape(schedule.Batch, schedule.Training.Request.Axis, schedule.Target), program, new SequenceMargins(program, groups, isTraining: true));
            return program.Forward.SelectMany(r => r.Outputs).Count(o => residuals.PlaceOf(o.Target) is not null);
        }
    }

    /// <summary>DirectOutputs: what is more than a cache holds is stored where the caller wants it; rows that do not fill the pass are not.</summary>
    [Theory]
    [InlineData("BatchMajor")]
    [InlineData("TimeMajor")]
    public void Large_outputs_are_stored_in_place(string layout)
    {
        const int Batch = 17, Width = 512;
        int steps = Target.CachedElements / (Batch * Width) + 1;
        Schedule large = PlanVerifier.ScheduleOf(new ModelBuilder("M").Sequence(steps, Width, ("Batch", Batch), ("Layout", layout)).Activation("Relu").Build());
        Schedule small = PlanVerifier.ScheduleOf(new ModelBuilder("M").Sequence(steps - 2, Width, ("Batch", Batch), ("Layout", layout)).Activation("Relu").Build());

        Assert.True(Assert.Single(large.PredictBatch.Border.Outputs).IsDirect);
        Assert.False(Assert.Single(small.PredictBatch.Border.Outputs).IsDirect);
        PlanVerifier.Verify(large, Seed, [new Machine(16, true)], [Batch + 1]);
        if (s_isExhaustive)
            PlanVerifier.Verify(large, Seed, [new Machine(8, true)], [1, Batch, Batch - 1]);
    }

    /// <summary>GradientsInScan: weight gradients take a chunk of steps when the scan has left it, and not before.</summary>
    [Fact]
    public void Gradients_in_a_scan_follow_its_chunks()
    {
        // Narrow: rows are padded, so that few numbers fill a cache.
        const int Batch = 8, Units = 3;
        Schedule ScheduleOf(int steps) => PlanVerifier.ScheduleOf(new ModelBuilder("M").Sequence(steps, 1, ("Batch", Batch)).SimpleRnn(Units).Build());
        int slot = Layout.For(LaneAxis.Units, Batch, Units).SlotStride;
        Schedule schedule = ScheduleOf(Target.CachedElements / slot + 5);
        Assert.Null(ScheduleOf(Target.CachedElements / slot - 5).Training.BackwardOfOneThread);
        Kernel driver = schedule.Training.BackwardOfOneThread!;
        Machine[] machines = [new(8, true)];
        PlanVerifier.Verify(schedule, Seed, machines, [Batch]);

        // The loop over chunks: the steps of one, then its gradients.
        schedule = schedule.With(driver, driver.Body.Select(s => s is Loop { Body.Count: > 1 } loop ? loop with { Body = [.. loop.Body.Skip(1), loop.Body[0]] } : s).ToList());
        Assert.Throws<WrongPlanException>(() => PlanVerifier.Verify(schedule, Seed, machines, [Batch], explains: false));
    }

    /// <summary>TileChoice: whatever the tiles, at every number of outputs and rows, on machines with few registers and with many.</summary>
    [Fact]
    public void Tiles_cover_every_width()
    {
        bool hasBothForms = false;
        foreach (int rows in new[] { 1, 2, 3, 16, 17, 32 })
        {
            foreach (int width in new[] { 1, 7, 8, 9, 16, 25, 33, 40, 65 })
            {
                Schedule schedule = PlanVerifier.ScheduleOf(new ModelBuilder("M").Vector(5, ("Batch", rows)).Dense(width, ("Activation", "Tanh")).Build());
                hasBothForms |= schedule.Kernels.Kernels.Any(k => KernelDump.Write(k.Body).Contains("many registers", StringComparison.Ordinal));
                PlanVerifier.Verify(schedule, Seed);
            }
        }

        Assert.True(hasBothForms);
    }

    private static ModelSpec Of(int batch, Func<ModelBuilder, ModelBuilder> layers) => layers(new ModelBuilder("M").Sequence(4, 4, ("Batch", batch), ("Name", "Source"))).Build();
}
