using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Scheduling.Plans;
using GenRnn.Compiler.Tests.Support;
using GenRnn.Interpreter.Kernels;
using GenRnn.TestModels;
using Xunit;
using static GenRnn.Compiler.Tests.Support.BrokenSchedule;
using Index = GenRnn.Compiler.Kernels.Index;

namespace GenRnn.Compiler.Tests.Plans;

/// <summary>Plans that are broken in one place: the verifier finds each.</summary>
public sealed class BrokenPlanTests
{
    private const int Seed = 2;

    [Fact]
    public void A_kernel_in_front_of_what_it_reads()
    {
        Schedule schedule = ScheduleOf("Leaky16Of1");
        Kernel driver = schedule.PredictRow.Forward;
        List<Statement> body = driver.Body.ToList();
        int first = body.FindIndex(s => s is Invoke { Kernel.Name: var name } && name.Contains("Pointwise", StringComparison.Ordinal));
        Assert.Contains("Step", Assert.IsType<Invoke>(body[first + 1]).Kernel.Name, StringComparison.Ordinal);
        (body[first], body[first + 1]) = (body[first + 1], body[first]);
        schedule = schedule.With(driver, body);

        string message = Assert.Throws<WrongPlanException>(() => PlanVerifier.Verify(schedule, Seed)).Message;
        Assert.Contains($"{((Invoke)body[first]).Kernel.Name} reads what nothing has written, or an earlier call.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Leaky16Of1")]
    [InlineData("Leaky5Of2")]
    [InlineData("Skipping16Of1")]
    public void A_store_that_is_missing_whichever_it_is(string model)
    {
        int stores = 0;
        for (bool isLast = false; !isLast; stores++)
        {
            Schedule schedule = ScheduleOf(model);
            int left = stores;
            schedule = schedule.With(k => k.IsLeaf ? Edited(k.Body, s => s is Store or StoreTail or StoreScalar && left-- == 0 ? [] : [s]) : k.Body);
            isLast = left >= 0;
            if (!isLast)
                AssertIsFound(schedule);
        }

        Assert.True(stores > 10, $"Only {stores} stores.");
    }

    /// <summary>What the forward pass keeps for the backward pass, moved onto something else that it keeps.</summary>
    [Fact]
    public void Two_residuals_in_one_place()
    {
        static bool IsKept(PlacedBuffer buffer) => buffer.Live is { First: 0, Last: > 0 };
        int found = 0;
        int count = PlanVerifier.ScheduleOf(Recurrent(4)).Training.Arena.Buffers.Count;
        for (int moved = 0; moved < count; moved++)
        {
            Schedule schedule = PlanVerifier.ScheduleOf(Recurrent(4));
            Plan plan = schedule.Training;
            PlacedBuffer from = plan.Arena.Buffers[moved];
            PlacedBuffer? to = plan.Arena.Buffers.FirstOrDefault(b => b != from && IsKept(b) && b.Length == from.Length);
            if (!IsKept(from) || to is null)
                continue;
            AssertIsFound(schedule.With(k => k == plan.Forward || k == plan.Backward
                ? Edited(k.Body, s => s is Invoke invoke ? [invoke with { References = invoke.References.Select(r => Moved(r, from, to)).ToList() }] : [s]) : k.Body));
            found++;
        }

        Assert.True(found > 1, $"Only {found} buffers were moved.");
    }

    [Fact]
    public void Carried_gradients_that_do_not_start_from_zero()
    {
        Schedule schedule = PlanVerifier.ScheduleOf(Recurrent(4));
        Kernel begin = schedule.Passes["BeginBackward"];
        Assert.Contains(begin.Body, s => s is Clear);

        AssertIsFound(schedule.With(begin, begin.Body.Where(s => s is not Clear).ToList()));
    }

    /// <summary>What stands around the drivers is run as well: whichever copy, clearing or call of a pass is missing, the verifier finds it.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(17)]
    public void A_statement_of_a_pass_that_is_missing_whichever_it_is(int batch)
    {
        int found = 0;
        for (bool isLast = false; !isLast;)
        {
            Schedule schedule = PlanVerifier.ScheduleOf(new ModelBuilder("M").Sequence(4, 3, ("Batch", batch)).Lstm(5, ("Stateful", true)).Dense(2).Build());
            int left = found;
            schedule = schedule.With(k => k.Parameters is null ? k.Body : Edited(k.Body, s => s is Gather or Scatter or CopyGradient or Copy or Invoke && left-- == 0 ? [] : [s]));
            isLast = left >= 0;
            if (!isLast)
                AssertIsFound(schedule);
            found++;
        }

        Assert.True(found > 20, $"Only {found} statements.");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(32)]
    public void A_row_of_weights_that_is_read_twice(int batch)
    {
        Schedule schedule = PlanVerifier.ScheduleOf(Recurrent(batch));
        bool isDone = false;
        schedule = schedule.With(k => !k.IsLeaf ? k.Body : Edited(k.Body, s =>
        {
            if (isDone || s is not Advance { Name: "w" })
                return [s];
            isDone = true;
            return [];
        }));

        Assert.True(isDone);
        AssertIsFound(schedule);
    }

    /// <summary>A table of one row gives the same bits for every id, whichever is read.</summary>
    [Fact]
    public void An_id_of_another_step()
    {
        Schedule schedule = PlanVerifier.ScheduleOf(new ModelBuilder("M").Ids(3, ("Batch", 3)).Embedding(1, 4).SimpleRnn(4).Build());
        int edited = 0;
        Kernel driver = schedule.PredictBatch.Forward;
        schedule = schedule.With(driver, Edited(driver.Body, s => s is Invoke { Kernel.Name: var name } invoke && name.Contains("Gather", StringComparison.Ordinal) && edited++ >= 0
            ? [invoke with { References = invoke.References.Select(r => r.Reference is "arena" or "panels" ? r : r with { Offset = 0 }).ToList() }] : [s]));

        Assert.True(edited > 0);
        string message = AssertIsFound(schedule).Message;
        Assert.Matches(@"is computed of other values: expected (\S+), found \1\. ", message);
    }

    private static Place Moved(Place place, PlacedBuffer from, PlacedBuffer to) =>
        place is { Reference: "arena", Offset: ConstantIndex { Value: var at } } && at >= from.Offset && at < from.Offset + from.Length
            ? place with { Offset = (Index)(at - from.Offset + to.Offset) } : place;

    private static Compiler.Spec.ModelSpec Recurrent(int batch) => new ModelBuilder("M").Sequence(4, 3, ("Batch", batch)).Lstm(16, ("ReturnSequences", true)).Lstm(16).Dense(2).Build();

    private static Schedule ScheduleOf(string reader) => PlanVerifier.ScheduleOf(ReaderModels.All.Single(m => m.Name == reader).Spec);

    private static WrongPlanException AssertIsFound(Schedule schedule) => Assert.Throws<WrongPlanException>(() => PlanVerifier.Verify(schedule, Seed, explains: false));
}
