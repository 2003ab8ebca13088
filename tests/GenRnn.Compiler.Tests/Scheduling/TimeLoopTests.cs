using System.Linq;
using System.Threading;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Scheduling;

/// <summary>A short pass is written out; a long one loops, and then all of it, so that its size does not depend on how many layers share a loop.</summary>
public sealed class TimeLoopTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_pass_within_its_budget_is_written_out(int scans)
    {
        Schedule schedule = ScheduleOf(Stack(scans).Build());

        Assert.Equal(0, StepLoops(schedule.PredictRow.Forward));
        Assert.True(StepCalls(schedule.PredictRow.Forward) >= scans * 40);
    }

    [Fact]
    public void A_pass_beyond_its_budget_loops_in_all_of_its_scans()
    {
        // Each scan alone would be written out.
        Schedule schedule = ScheduleOf(Stack(9).Build());

        Assert.Equal(9, StepLoops(schedule.PredictRow.Forward));
        Assert.Equal(9, StepLoops(schedule.Training.Backward!));
    }

    [Fact]
    public void What_is_asked_for_is_written_out_in_any_pass()
    {
        Schedule schedule = ScheduleOf(Stack(9, ("Unroll", -1)).Build());

        Assert.Equal(0, StepLoops(schedule.PredictRow.Forward));
    }

    /// <summary>Scans that cannot share a loop: each waits for the last step of the one before.</summary>
    private static ModelBuilder Stack(int scans, params (string, object)[] flags)
    {
        ModelBuilder builder = new ModelBuilder("Stack").Sequence(40, 2, ("Batch", 4)).SimpleRnn(3, flags);
        for (int i = 1; i < scans; i++)
            builder = builder.Item("RepeatVector", ("N", 40)).SimpleRnn(3, flags);
        return builder;
    }

    private static Schedule ScheduleOf(ModelSpec spec) => ModelCompiler.Schedule(ShapeInference.Infer(spec), CancellationToken.None);

    private static int StepLoops(Kernel driver) => driver.Body.OfType<Loop>().Count(l => l.Variable == LoopNumbers.Step);

    /// <summary>Calls of kernels in a driver and in the methods that it is split into.</summary>
    private static int StepCalls(Kernel driver) =>
        driver.Body.OfType<Invoke>().Sum(call => call.Kernel.IsLeaf ? 1 : StepCalls(call.Kernel));
}
