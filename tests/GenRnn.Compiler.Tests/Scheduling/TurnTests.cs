using System.Linq;
using System.Threading;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Scheduling;

/// <summary>A single row reads a panel that does not stay in the first-level cache upwards and downwards in turns.</summary>
public sealed class TurnTests
{
    [Theory]
    [InlineData("LstmInTurns", true)]
    [InlineData("LstmStateful", false)]
    public void A_step_is_told_its_turn_only_where_a_panel_is_large(string name, bool takesTurn)
    {
        Schedule schedule = ScheduleOf(name);

        Assert.Equal(takesTurn, schedule.StepRow!.Counters.Contains(StepCounter.Turn));
        Assert.Equal(takesTurn, schedule.StepRow.Forward.Numbers.Contains(LoopNumbers.Turn));
    }

    [Fact]
    public void A_pass_counts_its_turns_by_itself()
    {
        Schedule schedule = ScheduleOf("LstmInTurns");

        Assert.Empty(schedule.PredictRow.Counters);
        Assert.DoesNotContain(LoopNumbers.Turn, schedule.PredictRow.Forward.Numbers);
        Assert.Contains(schedule.Kernels.Kernels, k => k.IsLeaf && k.Numbers.Contains(LoopNumbers.Turn));
    }

    private static Schedule ScheduleOf(string name)
    {
        ModelSpec spec = ModelCatalogue.Find(name).Spec;
        return ModelCompiler.Schedule(ShapeInference.Infer(spec), CancellationToken.None);
    }
}
