using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Scheduling.Gradients;
using GenRnn.Compiler.Scheduling.Kernels;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;

namespace GenRnn.Compiler.Scheduling.Plans;

/// <summary>How a program runs: its loops and their kernels, and the buffers that they work in. Where these lie is not known yet.</summary>
/// <param name="Request">What was to be scheduled.</param>
/// <param name="Shape">What all loops have in common.</param>
/// <param name="Forward">Loops of the forward pass.</param>
/// <param name="Backward">Loops of the reverse pass; none in inference.</param>
/// <param name="OnDemand">Loops that the gradient of the input needs besides.</param>
/// <param name="Gradients">Parameter gradients; null in inference.</param>
/// <param name="Carries">What copies a step's states to where the next one starts.</param>
/// <param name="Border">What is given to the plan, and what it leaves.</param>
/// <param name="Keys">Keys of what is drawn at random.</param>
/// <param name="Buffers">All buffers that some stage touches.</param>
/// <param name="InPlace">Buffers of which every step reads and writes the first slot.</param>
internal sealed record ScheduledPlan(
    PlanRequest Request,
    PlanShape Shape,
    IReadOnlyList<LoopKernels> Forward,
    IReadOnlyList<LoopKernels> Backward,
    IReadOnlyList<LoopKernels> OnDemand,
    GradientPlan? Gradients,
    IReadOnlyList<KernelCall> Carries,
    PlanBorder Border,
    RandomKeys Keys,
    IReadOnlyList<LiveBuffer> Buffers,
    IReadOnlyList<ArenaBuffer> InPlace)
{
    /// <summary>What its driver is told by numbers, since a step cannot know how many there were before it: in which order to read its panels, where the rings of the State have come to.</summary>
    public IReadOnlyList<StepCounter> Counters { get; } = CountersOf(Request, Forward, Buffers).ToList();

    private static IEnumerable<StepCounter> CountersOf(PlanRequest request, IEnumerable<LoopKernels> loops, IEnumerable<LiveBuffer> buffers)
    {
        if (!request.Purpose.RunsInState)
            yield break;
        if (loops.SelectMany(l => l.Calls).Any(c => c.Kernel.Numbers.Contains(LoopNumbers.Turn)))
            yield return StepCounter.Turn;
        foreach (StepCounter window in buffers.Where(b => b.Buffer.Window is not null).Select(b => b.Buffer.Window!).Distinct().OrderBy(w => w.Period))
            yield return window;
    }
}
