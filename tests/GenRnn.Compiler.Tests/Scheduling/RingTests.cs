using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling;
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
        Schedule narrow = ScheduleOf(1), wide = ScheduleOf(4096);

        Assert.Equal(Invoked(narrow.StepRow!), Invoked(wide.StepRow!));
        Assert.All(wide.StepRow!.States, s => Assert.Equal(1, s.Final.Count));
        // No kernel knows how far the ring reaches: the reach is an offset in the driver.
        Assert.Equal(
            narrow.StepRow!.Forward.Body.OfType<Invoke>().Select(i => KernelDump.Write(i.Kernel.Body)),
            wide.StepRow.Forward.Body.OfType<Invoke>().Select(i => KernelDump.Write(i.Kernel.Body)));
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

        IEnumerable<(int Carried, int Slots)> rings = schedule.StepRow!.States.Select(s => (s.Initial.Count, s.Initial.Buffer.Slots));
        Assert.Equal(new[] { (1, 2), (12, 24) }, rings);
    }

    private static IEnumerable<string> Invoked(Plan plan) => plan.Forward.Body.OfType<Invoke>().Select(i => i.Kernel.Name);

    private static Schedule ScheduleOf(int dilation)
    {
        ModelSpec spec = new ModelBuilder("M").Sequence(9, 5, ("Batch", 4))
            .Conv1D(7, 2, ("Padding", "Causal"))
            .Conv1D(3, 3, ("Padding", "Causal"), ("DilationRate", dilation)).Build();
        return Scheduler.Run(spec, ShapeInference.Infer(spec), CancellationToken.None);
    }
}
