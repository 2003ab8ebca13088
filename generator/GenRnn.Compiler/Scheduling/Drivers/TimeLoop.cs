using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Kernels;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Targets;

namespace GenRnn.Compiler.Scheduling.Drivers;

/// <summary>
/// Writes the time loop of a group. In a short pass it is one call per kernel and step with constant offsets; in a longer one, or where
/// a factor is asked for, a loop over that many steps at a time. Both run equally fast, but each call written out is a line to compile.
/// </summary>
internal static class TimeLoop
{
    public const int AutoUnrolledSteps = 64;

    /// <summary>Calls of a pass up to which its loops are written out unasked: deep stacks loop, so that a model's code stays small.</summary>
    private const int AutoUnrolledCalls = 320;

    /// <summary>The same for one loop without a state: its steps overlap anyway, so writing them out gains nothing.</summary>
    private const int AutoUnrolledMapCalls = 32;

    /// <summary>Calls in one driver: beyond about a thousand locals and temporaries the JIT gives a method up.</summary>
    private const int CallsPerMethod = 96;

    /// <summary>Whether a pass writes out the loops of which nothing else is asked: all of them, or none.</summary>
    public static bool IsWrittenOut(IEnumerable<(LoopGroup Group, int CallsPerStep)> pass) =>
        pass.Where(loop => CanBeWrittenOut(loop.Group, loop.CallsPerStep)).Sum(loop => Rounds(loop.Group) * loop.CallsPerStep) <= AutoUnrolledCalls;

    private static bool CanBeWrittenOut(LoopGroup group, int callsPerStep) =>
        group.Unroll == 0 && Rounds(group) <= AutoUnrolledSteps && (group.HasState || Rounds(group) * callsPerStep <= AutoUnrolledMapCalls);

    private static int Rounds(LoopGroup group) => group.TakesStepsAsRows ? 1 : group.Steps;

    /// <param name="passIsWrittenOut">See <see cref="IsWrittenOut"/>.</param>
    public static IReadOnlyList<Statement> Build(PlanShape plan, KernelLibrary kernels, string driver, LoopGroup group, IReadOnlyList<KernelCall> calls, DriverSignature signature, bool passIsWrittenOut)
    {
        int steps = Rounds(group);
        bool isFlat = steps <= 1 || group.Unroll < 0 || group.Unroll >= steps || (passIsWrittenOut && CanBeWrittenOut(group, calls.Count));
        if (isFlat)
            return Flat(plan, kernels, driver, steps, calls, signature);

        int factor = Math.Max(1, group.Unroll);
        int whole = steps / factor * factor;
        List<Statement> body = new();
        for (int i = 0; i < factor; i++)
            body.AddRange(Step(calls, Index.Variable(LoopNumbers.Step) + i, signature));
        List<Statement> statements = new() { new Loop(LoopNumbers.Step, 0, whole, factor, body) };
        for (int step = whole; step < steps; step++)
            statements.AddRange(Step(calls, step, signature));
        return statements;
    }

    private static IReadOnlyList<Statement> Flat(PlanShape plan, KernelLibrary kernels, string driver, int steps, IReadOnlyList<KernelCall> calls, DriverSignature signature)
    {
        int stepsPerMethod = Math.Max(1, CallsPerMethod / Math.Max(1, calls.Count));
        if (steps <= stepsPerMethod)
            return Enumerable.Range(0, steps).SelectMany(s => Step(calls, s, signature)).ToList();

        List<Statement> statements = new();
        for (int first = 0; first < steps; first += stepsPerMethod)
        {
            int end = Math.Min(steps, first + stepsPerMethod);
            List<Statement> part = Enumerable.Range(first, end - first).SelectMany(s => Step(calls, s, signature)).ToList();
            string range = string.Format(CultureInfo.InvariantCulture, "{0} to {1}", first, end - 1);
            Kernel method = kernels.AddDriver(
                string.Format(CultureInfo.InvariantCulture, "{0}Steps{1}To{2}", driver, first, end - 1),
                "steps " + range, signature.References, plan.RangeNames, part);
            statements.Add(new Invoke(method, signature.References.Select(r => new Place(r.Name, 0)).ToList(), plan.RangeNames.Select(Index.Variable).ToList()));
        }

        return statements;
    }

    private static IEnumerable<Statement> Step(IReadOnlyList<KernelCall> calls, Index step, DriverSignature signature) =>
        calls.Select(call => Invoke(call, step, signature));

    public static Invoke Invoke(KernelCall call, Index step, DriverSignature signature) => new(
        call.Kernel,
        call.Arguments.Select(a => signature.PlaceOf(a, step)).ToList(),
        call.Kernel.Numbers.Select(name => name switch
        {
            LoopNumbers.Step => step,
            LoopNumbers.Turn => signature.TurnOf(step),
            _ => Index.Variable(name),
        }).ToList());
}

/// <summary>References that a driver is given: external inputs, the arena, the panels.</summary>
internal sealed class DriverSignature
{
    private readonly Arena _arena;

    /// <param name="arena">Where buffers lie.</param>
    /// <param name="externals">What lies outside the arena.</param>
    /// <param name="counters">What the caller of a driver of one step counts.</param>
    /// <param name="element">What all of them hold.</param>
    public DriverSignature(Arena arena, IEnumerable<string> externals, IReadOnlyList<StepCounter> counters, ElementType element)
    {
        _arena = arena;
        References = externals.Concat(new[] { "arena", "panels" }).Select(name => new Reference(name, element)).ToList();
        Counters = counters;
    }

    public IReadOnlyList<StepCounter> Counters { get; }

    public IReadOnlyList<Reference> References { get; }

    public Index TurnOf(Index step) => Counters.Contains(StepCounter.Turn) ? Index.Variable(LoopNumbers.Turn) : step % StepCounter.Turn.Period;

    public Place PlaceOf(Argument argument, Index step)
    {
        if (argument.Panel is not null)
            return new Place("panels", Index.Named(argument.Panel.Name, argument.Panel.Offset));
        Site site = argument.Site!;
        return new Place(site.Buffer.External ?? "arena", _arena.OffsetOf(site, step));
    }
}
