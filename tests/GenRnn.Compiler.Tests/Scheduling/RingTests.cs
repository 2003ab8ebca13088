using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Scheduling.Plans;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Scheduling;

/// <summary>A step moves one slot of a history, whatever it reaches back over; a pass over many steps lays it in front of them.</summary>
public sealed class RingTests
{
    [Fact]
    public void A_step_costs_the_same_at_any_dilation()
    {
        const int few = 3, many = 4096;
        Schedule narrow = ScheduleOf(few), wide = ScheduleOf(many);

        Assert.Equal(Invoked(narrow.StepRow!), Invoked(wide.StepRow!));
        Assert.All(wide.StepRow!.Border.States, s => Assert.Equal(1, s.Final.Count));
        // No kernel knows of the ring: what one tap lies behind the other is all that differs.
        Assert.Contains("= x[65536]", string.Concat(Dumps(wide, 0)), System.StringComparison.Ordinal);
        Assert.Equal(Dumps(narrow, few), Dumps(wide, many));
    }

    [Fact]
    public void A_driver_is_told_where_each_ring_stands()
    {
        Schedule schedule = ScheduleOf(6);

        // A ring of one step stands still.
        Assert.Equal(new[] { new StepCounter("ring12", 12) }, schedule.StepRow!.Counters);
        Assert.Equal(schedule.StepRow.Counters, schedule.StepBatch!.Counters);
        Assert.Contains("ring12", schedule.StepRow.Forward.Numbers);
        Assert.Empty(schedule.PredictRow.Counters);
        Assert.Empty(schedule.PredictBatch.Counters);
        Assert.Empty(schedule.Training.Counters);
    }

    [Fact]
    public void A_ring_has_two_slots_for_each_step_that_it_carries()
    {
        Schedule schedule = ScheduleOf(6);

        IEnumerable<(int Carried, int Slots)> rings = schedule.StepRow!.Border.States.Select(s => (s.Initial.Count, s.Initial.Buffer.Slots));
        Assert.Equal(new[] { (1, 2), (12, 24) }, rings);
    }

    private static IEnumerable<string> Invoked(Plan plan) => plan.Forward.Body.OfType<Invoke>().Select(i => i.Kernel.Name);

    // The first convolution's 7 filters lie in slots of 16 elements.
    private static IEnumerable<string> Dumps(Schedule schedule, int dilation) => schedule.StepRow!.Forward.Body.OfType<Invoke>()
        .Select(i => Enumerable.Range(1, 2).Aggregate(KernelDump.Write(i.Kernel.Body), (text, tap) => text.Replace("= x[" + (tap * dilation * 16) + "]", "= x[tap " + tap + "]", System.StringComparison.Ordinal)));

    private static Schedule ScheduleOf(int dilation)
    {
        ModelSpec spec = new ModelBuilder("M").Sequence(9, 5, ("Batch", 4))
            .Conv1D(7, 2, ("Padding", "Causal"))
            .Conv1D(3, 3, ("Padding", "Causal"), ("DilationRate", dilation)).Build();
        return ModelCompiler.Schedule(ShapeInference.Infer(spec), CancellationToken.None);
    }
}
