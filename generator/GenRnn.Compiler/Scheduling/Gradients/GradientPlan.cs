using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Scheduling.Kernels;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Targets;

namespace GenRnn.Compiler.Scheduling.Gradients;

/// <summary>The parameter gradients of a training pass: which of them run together, and which inside of a scan if one thread runs the pass.</summary>
internal sealed class GradientPlan
{
    private readonly Dictionary<LoopGroup, List<GradientGroup>> _inScans = new();

    /// <param name="context">The training pass.</param>
    /// <param name="program">What is differentiated.</param>
    /// <param name="sites">Where their factors are.</param>
    /// <param name="reverse">All time loops of the reverse pass.</param>
    public GradientPlan(PlanContext context, Program program, SequenceSites sites, IReadOnlyList<LoopGroup> reverse)
    {
        Groups = GradientGroup.Of(program.Gradients.Select(g => Call(context, program, g, sites))).ToList();
        foreach (GradientGroup group in Groups)
        {
            if (reverse.FirstOrDefault(scan => Fits(context, group, scan, reverse)) is not { } scan)
                continue;
            if (!_inScans.TryGetValue(scan, out List<GradientGroup>? inScan))
                _inScans[scan] = inScan = new List<GradientGroup>();
            inScan.Add(group);
        }
    }

    public IReadOnlyList<GradientGroup> Groups { get; }

    public bool HasAnyInScans => _inScans.Count > 0;

    /// <summary>Groups that no scan takes with it.</summary>
    public IEnumerable<GradientGroup> Behind => Groups.Where(g => !IsInScan(g));

    /// <summary>Groups that a scan takes with it; null if there is none.</summary>
    public IReadOnlyList<GradientGroup>? InScan(LoopGroup scan) => _inScans.TryGetValue(scan, out List<GradientGroup>? groups) ? groups : null;

    public bool IsInScan(GradientGroup group) => _inScans.Values.Any(groups => groups.Contains(group));

    /// <summary>Whether gradients can follow a scan: it leaves what they read, last step first, and too much of it to be kept by the caches.</summary>
    /// <param name="plan">The training pass.</param>
    /// <param name="gradients">Calls that run together.</param>
    /// <param name="scan">A time loop of the reverse pass.</param>
    /// <param name="reverse">All time loops of the reverse pass: what they leave on a left side may not be there yet.</param>
    private static bool Fits(PlanShape plan, GradientGroup gradients, LoopGroup scan, IEnumerable<LoopGroup> reverse)
    {
        if (gradients.Chunks == 1 || scan.TakesStepsAsRows || scan.Unroll != 0)
            return false;
        ParameterGradient[] all = gradients.Calls.Select(c => c.Gradient).ToArray();
        return gradients.Rights.Sum(right => (long)right.Steps * Layout.For(plan, right.Width).SlotStride) > Target.CachedElements
            && all.All(g => g.Steps == scan.Steps && (g.Left is null || !reverse.Any(l => Writes(l, g.Left, null))))
            && gradients.Rights.All(right => Writes(scan, right, TimeAccess.Reversed));
    }

    private static bool Writes(LoopGroup group, Sequence sequence, TimeAccess? access) =>
        group.Regions.SelectMany(r => r.Outputs).Any(o => o.Target == sequence && (access is null || o.Access == access));

    private static GradientCall Call(PlanContext context, Program program, ParameterGradient gradient, SequenceSites sites)
    {
        Site? left = gradient.Left is null ? null : sites.Of(gradient.Left, gradient.LeftAccess, gradient.Steps);
        Site right = sites.Of(gradient.Right, gradient.Right.IsVector ? TimeAccess.Whole : TimeAccess.Same, gradient.Steps);
        int pitch = Target.Pad(gradient.Target.Columns);
        ArenaBuffer staging = new("d " + gradient.Target.Parameter.Path, new Layout(gradient.Target.Rows * pitch, pitch, 1), 1, gradient.Target.Columns)
        {
            Label = ReaderNames.Of("d_" + gradient.Target.Parameter.Name, gradient.Layer),
        };
        string weight = program.Layers[gradient.Layer].ViewName + string.Concat(gradient.Target.Parameter.Name.Split('_').Select(w => char.ToUpperInvariant(w[0]) + w.Substring(1)));
        return GradientKernels.Build(gradient.Right.IsShared ? context.ForShared() : context, gradient, weight, left, right, staging);
    }
}
