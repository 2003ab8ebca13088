using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Drivers;
using GenRnn.Compiler.Scheduling.Kernels;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;

namespace GenRnn.Compiler.Scheduling.Gradients;

/// <summary>
/// The reverse pass of one thread: weight gradients take each chunk of steps inside of the scan that leaves it, while it is in the caches.
/// (Several threads split the rows of the scans and the outputs of the gradients, so they run one after the other.) The same sums in
/// the same order, so the same bits.
/// </summary>
internal static class GradientsInScan
{
    /// <summary>Whether gradients can follow a scan: it leaves what they read, last step first, and too much of it to be kept by the caches.</summary>
    /// <param name="plan">The training pass.</param>
    /// <param name="gradients">Calls that run together.</param>
    /// <param name="scan">A time loop of the reverse pass.</param>
    /// <param name="reverse">All time loops of the reverse pass: what they leave on a left side may not be there yet.</param>
    public static bool Fits(PlanContext plan, GradientGroup gradients, LoopGroup scan, IEnumerable<LoopGroup> reverse)
    {
        if (gradients.Chunks == 1 || scan.TakesStepsAsRows || scan.Unroll != 0)
            return false;
        ParameterGradient[] all = gradients.Calls.Select(c => c.Gradient).ToArray();
        return gradients.Rights.Sum(right => (long)right.Steps * plan.LayoutFor(right.Width).SlotStride) > SecondLevelCache.Elements
            && all.All(g => g.Steps == scan.Steps && (g.Left is null || !reverse.Any(l => Writes(l, g.Left, null))))
            && gradients.Rights.All(right => Writes(scan, right, TimeAccess.Reversed));
    }

    /// <summary>A scan in chunks, each followed by the gradients of its steps.</summary>
    public static IReadOnlyList<Statement> Build(
        PlanContext plan, LoopGroup scan, IReadOnlyList<KernelCall> calls, IReadOnlyList<GradientGroup> gradients, DriverSignature signature)
    {
        int length = UnitLaneGradients.StepsPerChunk(plan.Rows);
        int whole = scan.Steps / length;
        Index step = Index.Variable(TimeLoop.StepNumber), chunk = Index.Variable(UnitLaneGradients.Chunk);

        IEnumerable<Statement> Part(Index number, Index end) => new Statement[]
        {
            new Loop(TimeLoop.StepNumber, number * length, end, 1, calls.Select(c => TimeLoop.Invoke(c, step, signature)).ToList()),
        }.Concat(gradients.SelectMany(g => g.Calls).Select(g => Invoke(g, number, signature)));

        List<Statement> statements = new();
        if (whole > 0)
            statements.Add(new Loop(UnitLaneGradients.Chunk, 0, whole, 1, Part(chunk, chunk * length + length).ToList()));
        if (scan.Steps % length > 0)
            statements.AddRange(Part(whole, scan.Steps));
        return statements;
    }

    /// <summary>Gradients behind the scans, all chunks of a group together.</summary>
    public static IEnumerable<Statement> Behind(GradientGroup gradients, DriverSignature signature)
    {
        if (gradients.Chunks == 1)
            return gradients.Calls.Select(c => Invoke(c, 0, signature));
        List<Statement> body = gradients.Calls.Select(c => (Statement)Invoke(c, Index.Variable(UnitLaneGradients.Chunk), signature)).ToList();
        return new[] { new Loop(UnitLaneGradients.Chunk, 0, gradients.Chunks, 1, body) };
    }

    private static bool Writes(LoopGroup group, Sequence sequence, TimeAccess? access) =>
        group.Regions.SelectMany(r => r.Outputs).Any(o => o.Target == sequence && (access is null || o.Access == access));

    private static Invoke Invoke(GradientCall call, Index chunk, DriverSignature signature) => new(
        call.Call.Kernel,
        call.Call.Arguments.Select(a => signature.PlaceOf(a, 0)).ToList(),
        call.Call.Kernel.Numbers.Select(name => name switch
        {
            GradientKernels.From => 0,
            GradientKernels.To => call.Gradient.Target.Rows,
            UnitLaneGradients.Chunk => chunk,
            PlanContext.End => Index.Variable(name),
            _ => throw new InvalidOperationException("A gradient's kernel asks for " + name + "."),
        }).ToList());
}
