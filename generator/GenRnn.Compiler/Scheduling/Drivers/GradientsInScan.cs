using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Gradients;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Plans;

namespace GenRnn.Compiler.Scheduling.Drivers;

/// <summary>
/// The reverse pass of one thread: weight gradients take each chunk of steps inside of the scan that leaves it, while it is in the caches.
/// (Several threads split the rows of the scans and the outputs of the gradients, so they run one after the other.) The same sums in
/// the same order, so the same bits.
/// </summary>
internal static class GradientsInScan
{
    /// <summary>A scan in chunks, each followed by the gradients of its steps.</summary>
    public static IReadOnlyList<Statement> Build(
        PlanShape plan, LoopKernels loop, IReadOnlyList<GradientGroup> gradients, DriverSignature signature)
    {
        LoopGroup scan = loop.Group;
        int length = UnitLaneGradients.StepsPerChunk(plan.Rows);
        int whole = scan.Steps / length;
        Index step = Index.Variable(LoopNumbers.Step), chunk = Index.Variable(LoopNumbers.Chunk);

        IEnumerable<Statement> Part(Index number, Index end) => new Statement[]
        {
            new Loop(LoopNumbers.Step, number * length, end, 1, loop.Calls.Select(c => TimeLoop.Invoke(c, step, signature)).ToList()),
        }.Concat(gradients.SelectMany(g => g.Calls).Select(g => Invoke(g, number, signature)));

        List<Statement> statements = new();
        if (whole > 0)
            statements.Add(new Loop(LoopNumbers.Chunk, 0, whole, 1, Part(chunk, chunk * length + length).ToList()));
        if (scan.Steps % length > 0)
            statements.AddRange(Part(whole, scan.Steps));
        return statements;
    }

    /// <summary>Gradients behind the scans, all chunks of a group together.</summary>
    public static IEnumerable<Statement> Behind(GradientGroup gradients, DriverSignature signature)
    {
        if (gradients.Chunks == 1)
            return gradients.Calls.Select(c => Invoke(c, 0, signature));
        List<Statement> body = gradients.Calls.Select(c => (Statement)Invoke(c, Index.Variable(LoopNumbers.Chunk), signature)).ToList();
        return new[] { new Loop(LoopNumbers.Chunk, 0, gradients.Chunks, 1, body) };
    }

    private static Invoke Invoke(GradientCall call, Index chunk, DriverSignature signature) => new(
        call.Call.Kernel,
        call.Call.Arguments.Select(a => signature.PlaceOf(a, 0)).ToList(),
        call.Call.Kernel.Numbers.Select(name => name switch
        {
            LoopNumbers.From => 0,
            LoopNumbers.To => call.Gradient.Target.Rows,
            LoopNumbers.Chunk => chunk,
            LoopNumbers.End => Index.Variable(name),
            _ => throw new InvalidOperationException("A gradient's kernel asks for " + name + "."),
        }).ToList());
}
