using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Kernels;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Scheduling.Tiles;

namespace GenRnn.Compiler.Scheduling.Gradients;

/// <summary>Strides and sizes of one parameter gradient; the left side is null for a bias.</summary>
internal sealed record GradientShape(
    int LeftWidth, Layout? LeftStride, int LeftStep,
    int RightWidth, Layout RightStride, int RightStep,
    int Steps, int TargetPitch)
{
    /// <summary>Where the left side of a step begins.</summary>
    public Place LeftAt(Index step) => new("left_", step * Index.Size("leftStride", LeftStep));

    /// <summary>Where the right side of a step begins.</summary>
    public Place RightAt(Index step) => new("right", step * Index.Size("rightStride", RightStep));
}

/// <summary>A gradient's kernel call and where its result is staged.</summary>
/// <param name="Gradient">What it computes.</param>
/// <param name="Call">References: left_ (unless a bias), right, target, waiting (if chains wait); numbers: end (of the rows, unless they always are all), from, to (rows of the parameter; not for a bias), chunk (if there are several).</param>
/// <param name="Staging">Padded rows of the parameter.</param>
/// <param name="TileRows">Parts of several threads start at multiples of this.</param>
/// <param name="Chunks">Chunks of steps, each of which is a call.</param>
public sealed record GradientCall(ParameterGradient Gradient, KernelCall Call, ArenaBuffer Staging, int TileRows, int Chunks)
{
    /// <summary>Memory for sums that wait for further steps; null if none does.</summary>
    public ArenaBuffer? Waiting { get; init; }
}

/// <summary>Parameter gradients, hoisted out of the reverse scans.</summary>
internal static class GradientKernels
{
    /// <summary>Threads cut the rows of a parameter at multiples of this: every tile of either kind divides it or is cut by it cleanly.</summary>
    private const int PartGrain = 60;

    /// <summary>The sum of a value over all steps and rows, in the order of a bias gradient.</summary>
    public static KernelCall Sum(PlanContext plan, Site terms, int width, int steps, ArenaBuffer target)
    {
        GradientShape shape = new(1, null, 0, width, terms.Layout, terms.StepStride, steps, target.Layout.SlotStride);
        List<Statement> body = plan.Axis == LaneAxis.Units ? UnitLaneGradients.Build(plan, shape) : RowLaneGradients.Build(plan, shape);
        int chunks = ChunksOf(plan, steps);
        if (chunks > 1)
            body = new List<Statement> { new Loop(LoopNumbers.Chunk, 0, chunks, 1, body) };
        Kernel kernel = plan.Kernels.Add("Sum" + plan.Suffix, "sum over steps and rows", new[] { new Reference("right", plan.Target.Element), new Reference("target", plan.Target.Element) }, plan.SumNames.ToList(), body);
        return new KernelCall(kernel, new[] { new Argument(terms.First, null), new Argument(Site.Fixed(target), null) });
    }

    /// <param name="weight">What the weight is called in names of kernels.</param>
    public static GradientCall Build(PlanContext plan, ParameterGradient gradient, string weight, Site? left, Site right, ArenaBuffer staging)
    {
        GradientShape shape = new(
            gradient.Target.Rows, left?.Layout, left?.StepStride ?? 0,
            gradient.Target.Columns, right.Layout, right.StepStride,
            gradient.Steps, staging.Layout.RowStride);
        List<Statement> body = gradient.IsScatter ? ScatterGradients.Build(plan, shape) : plan.Axis == LaneAxis.Units ? UnitLaneGradients.Build(plan, shape) : RowLaneGradients.Build(plan, shape);
        List<string> references = new() { "right", "target" };
        List<Argument> arguments = new() { new Argument(right.First, null), new Argument(Site.Fixed(staging), null) };
        if (left is not null)
        {
            references.Insert(0, "left_");
            arguments.Insert(0, new Argument(left.First, null));
        }

        ArenaBuffer? waiting = null;
        if (!gradient.IsScatter && plan.Axis == LaneAxis.Rows && RowLaneGradients.WaitingLength(plan, shape) is > 0 and int length)
        {
            waiting = new ArenaBuffer(staging.Name + " waiting", new Layout(length, 0, 1), 1, length) { Label = staging.Label + " waiting" };
            references.Add(RowLaneGradients.Waiting);
            arguments.Add(new Argument(Site.Fixed(waiting), null));
        }

        int chunks = gradient.IsScatter ? 1 : ChunksOf(plan, gradient.Steps);
        List<string> numbers = plan.SumNames.ToList();
        if (left is not null)
            numbers.AddRange(new[] { LoopNumbers.From, LoopNumbers.To });
        if (chunks > 1)
            numbers.Add(LoopNumbers.Chunk);

        Tile tile = plan.Axis == LaneAxis.Units ? UnitLaneGradients.TileOf(plan, shape) : RowLaneGradients.TileOf(shape);
        string name = weight + "Gradient" + plan.Suffix + (left is null || gradient.IsScatter ? "" : Names.Of("Tile", tile.Rows) + Names.Of("x", tile.Vectors));
        string summary = left is null
            ? "bias gradient: sum over steps and rows"
            : gradient.IsScatter ? "table gradient: each id's row gets the sum over the steps and rows where it stands"
            : Names.Of("weight gradient: sum over steps and rows, ", shape.LeftWidth) + Names.Of(" x ", shape.RightWidth);
        bool hasWidths = !gradient.IsScatter && plan.Axis == LaneAxis.Units;
        Kernel kernel = plan.Kernels.Add(name, summary, references.Select(r => new Reference(r, plan.Target.Element)).ToList(), numbers, body, hasWidths ? remainders => UnitLaneGradients.Build(plan.ForAnyWidth(remainders), shape) : null);
        return new GradientCall(gradient, new KernelCall(kernel, arguments), staging, PartGrain, chunks) { Waiting = waiting };
    }

    private static int ChunksOf(PlanContext plan, int steps) => plan.Axis == LaneAxis.Units ? UnitLaneGradients.ChunksOf(steps, plan.Rows) : 1;
}
