using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Scheduling.Plans;

namespace GenRnn.Compiler.CSharp;

/// <summary>What lies where in the arenas of a model, for the reader of the emitted file.</summary>
internal static class MemoryMap
{
    public static IEnumerable<string> Of(Schedule schedule)
    {
        yield return "Memory: offset, elements, what lies there (and when). c_1 is a value of the first layer. Steps run in the State.";
        foreach (Plan plan in new[] { schedule.Training }.Concat(schedule.PredictPlans).Concat(new[] { schedule.StepRow, schedule.StepBatch }).OfType<Plan>().Distinct())
        {
            yield return plan.Name + ":";
            foreach (PlacedBuffer buffer in plan.Arena.Buffers.OrderBy(b => b.Offset).ThenBy(b => b.Live.First))
                yield return string.Format(CultureInfo.InvariantCulture, "{0,6} {1,6} {2}{3}", buffer.Offset, buffer.Length, plan.Arena.NameOf(buffer.Buffer), Life(plan, buffer.Live));
        }
    }

    /// <summary>When a buffer lives: nothing is said where that is all the time.</summary>
    private static string Life(Plan plan, LiveBuffer live)
    {
        int first = plan.Arena.Buffers.Min(b => b.Live.First), last = plan.Arena.Buffers.Max(b => b.Live.Last);
        if (live.First == first && live.Last == last)
            return "";
        string from = plan.StageName(live.First), to = plan.StageName(live.Last);
        return from == to ? " (" + from + ")" : " (" + from + " to " + to + ")";
    }
}
