using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Gradients;
using GenRnn.Compiler.Scheduling.Kernels;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;

namespace GenRnn.Compiler.Scheduling.Plans;

/// <summary>One compiled pass over a fixed number of rows: where its buffers lie, and the drivers that call its kernels in time order.</summary>
/// <param name="Request">What was scheduled.</param>
/// <param name="Arena">Where buffers lie.</param>
/// <param name="Border">What is given to it, and what it leaves.</param>
/// <param name="Keys">Keys of what is drawn at random; none in inference.</param>
/// <param name="Counters">What its driver is told by numbers.</param>
/// <param name="GradientGroups">Parameter gradients, as they run.</param>
/// <param name="Forward">The driver of the forward pass.</param>
public sealed record Plan(
    PlanRequest Request,
    Arena Arena,
    PlanBorder Border,
    RandomKeys Keys,
    IReadOnlyList<StepCounter> Counters,
    IReadOnlyList<GradientGroup> GradientGroups,
    Kernel Forward)
{
    public string Name => Request.Name;

    public Ir.Program Program => Request.Program;

    public int Rows => Request.Rows;

    /// <summary>The same plan with the kernels that stand for its own.</summary>
    public Plan With(KernelSet kernels) => this with
    {
        Forward = kernels.Of(Forward),
        Backward = Backward is null ? null : kernels.Of(Backward),
        BackwardOfOneThread = BackwardOfOneThread is null ? null : kernels.Of(BackwardOfOneThread),
        InputBackward = InputBackward is null ? null : kernels.Of(InputBackward),
    };

    /// <summary>What runs in a stage of the lifetimes of buffers: a half of a training pass, or one of the loops of inference.</summary>
    public string StageName(int stage) => !Request.Purpose.Differentiates ? "loop " + (stage + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)
        : stage == 0 ? "forward" : stage == 1 ? "backward" : "gradients";

    /// <summary>How a State holds what it carries.</summary>
    public StateLayout StateLayout => new(Request, Border.States);

    public IEnumerable<GradientCall> Gradients => GradientGroups.SelectMany(g => g.Calls);

    /// <summary>The driver of the reverse scans; null in inference.</summary>
    public Kernel? Backward { get; init; }

    /// <summary>Reverse scans and parameter gradients in one, for a pass that one thread runs; null if that gains nothing.</summary>
    public Kernel? BackwardOfOneThread { get; init; }

    /// <summary>The input's gradient, run on demand after Backward.</summary>
    public Kernel? InputBackward { get; init; }
}
