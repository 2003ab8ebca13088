using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Targets;

namespace GenRnn.Compiler.Scheduling.Plans;

/// <summary>A scheduled plan with its place in memory.</summary>
/// <param name="Scheduled">The plan.</param>
/// <param name="Arena">Where its buffers lie.</param>
internal sealed record PlacedPlan(ScheduledPlan Scheduled, Arena Arena)
{
    /// <summary>Gives every buffer of a plan its place; a plan that runs in a State has its carried states at the start, as the State has.</summary>
    /// <exception cref="SizeLimitException">The arena does not fit one array.</exception>
    public static PlacedPlan Of(ScheduledPlan plan)
    {
        PlanRequest request = plan.Request;
        IReadOnlyList<(ArenaBuffer, int)> carried = request.Purpose.RunsInState ? plan.Border.States.Select(Reserved).ToList() : Array.Empty<(ArenaBuffer, int)>();
        string what = string.Format(
            CultureInfo.InvariantCulture, "the arena of {0} pass of {1} row{2}", request.Purpose.Differentiates ? "a training" : "an inference", request.Rows, request.Rows == 1 ? "" : "s");
        return new PlacedPlan(plan, ArenaPlanner.Plan(plan.Buffers, carried, plan.InPlace, what));
    }

    /// <summary>A state's room at the start of the arena.</summary>
    private static (ArenaBuffer Buffer, int Length) Reserved(CarriedState state) => state.Initial.First == 0
        ? (state.Initial.Buffer, StateLayout.LengthOf(state))
        : throw new InvalidOperationException("The state " + state.Name + " does not start its buffer.");
}
