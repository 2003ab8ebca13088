using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Gradients;
using GenRnn.Compiler.Scheduling.Kernels;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Scheduling.Plans;

namespace GenRnn.Compiler.Scheduling.Drivers;

/// <summary>Writes the drivers of a plan: they call its kernels in time order, with constant places in the arena.</summary>
internal sealed class DriverWriter
{
    private readonly ScheduledPlan _plan;
    private readonly Arena _arena;
    private readonly KernelLibrary _kernels;

    private DriverWriter(PlacedPlan placed, KernelLibrary kernels)
    {
        _plan = placed.Scheduled;
        _arena = placed.Arena;
        _kernels = kernels;
    }

    /// <param name="placed">The plan.</param>
    /// <param name="kernels">Kernels of the model so far; the drivers are added.</param>
    public static Plan Write(PlacedPlan placed, KernelLibrary kernels) => new DriverWriter(placed, kernels).Write();

    private Plan Write()
    {
        string name = _plan.Request.Name;
        GradientPlan? gradients = _plan.Gradients;
        return new Plan(_plan.Request, _arena, _plan.Border, _plan.Keys, _plan.Counters, gradients?.Groups ?? System.Array.Empty<GradientGroup>(), Driver(name, "forward", _plan.Forward))
        {
            Backward = gradients is null ? null : Driver(name + "Backward", "reverse scans", _plan.Backward),
            BackwardOfOneThread = gradients is not { HasAnyInScans: true } ? null
                : Driver(name + "BackwardOfOneThread", "reverse scans and parameter gradients", _plan.Backward, gradients),
            InputBackward = _plan.OnDemand.Count == 0 ? null : Driver(name + "InputBackward", "gradient of the inputs", _plan.OnDemand),
        };
    }

    /// <param name="gradients">Those that run in the same driver; null if none do.</param>
    private Kernel Driver(string name, string summary, IReadOnlyList<LoopKernels> loops, GradientPlan? gradients = null)
    {
        DriverSignature signature = new(_arena, Externals(), _plan.Counters, _plan.Request.Target.Element);
        bool isWrittenOut = TimeLoop.IsWrittenOut(loops.Where(l => gradients?.InScan(l.Group) is null).Select(l => (l.Group, l.Calls.Count)));
        List<Statement> body = new();
        foreach (LoopKernels loop in loops)
        {
            body.Add(new Note(string.Join(", ", loop.Group.Regions.Select(r => r.Name)) + ": " + string.Join("; ", loop.Group.Regions.Select(r => r.Equation).Distinct())));
            body.AddRange(loop.Starts.Select(call => TimeLoop.Invoke(call, 0, signature)));
            body.AddRange(gradients?.InScan(loop.Group) is { } inScan
                ? GradientsInScan.Build(_plan.Shape, loop, inScan, signature)
                : TimeLoop.Build(_plan.Shape, _kernels, name, loop.Group, loop.Calls, signature, isWrittenOut));
            body.AddRange(loop.Ends.Select(call => TimeLoop.Invoke(call, 0, signature)));
        }

        if (gradients is not null)
            body.AddRange(gradients.Behind.SelectMany(g => GradientsInScan.Behind(g, signature)));
        body.AddRange(_plan.Carries.Select(call => TimeLoop.Invoke(call, 0, signature)));

        IEnumerable<string> numbers = _plan.Shape.RangeNames.Concat(signature.Counters.Select(c => c.Name));
        return _kernels.AddDriver(name, summary, signature.References, numbers.ToList(), body, isStep: _plan.Request.Purpose.RunsInState);
    }

    /// <summary>Names of the references that a driver takes in front of arena and panels.</summary>
    private IEnumerable<string> Externals() => Direct("input", _plan.Border.Inputs).Concat(Direct("output", _plan.Border.Outputs));

    private static IEnumerable<string> Direct(string name, IEnumerable<Binding> bindings) => bindings
        .Select((binding, index) => (binding, index))
        .Where(b => b.binding.IsDirect)
        .Select(b => Names.Of(name, b.index));
}
