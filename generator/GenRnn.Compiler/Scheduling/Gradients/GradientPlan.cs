using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Scheduling.Kernels;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;

namespace GenRnn.Compiler.Scheduling.Gradients;

/// <summary>The parameter gradients of a training pass: which of them run together, and which inside of a scan if one thread runs the pass.</summary>
internal sealed class GradientPlan
{
    private readonly Dictionary<LoopGroup, List<GradientGroup>> _inScans = new();

    /// <param name="context">The training pass.</param>
    /// <param name="gradients">The gradients of the program.</param>
    /// <param name="sites">Where their factors are.</param>
    /// <param name="reverse">All time loops of the reverse pass.</param>
    public GradientPlan(PlanContext context, IEnumerable<ParameterGradient> gradients, SequenceSites sites, IReadOnlyList<LoopGroup> reverse)
    {
        Groups = GradientGroup.Of(gradients.Select(g => Call(context, g, sites))).ToList();
        foreach (GradientGroup group in Groups)
        {
            if (reverse.FirstOrDefault(scan => GradientsInScan.Fits(context, group, scan, reverse)) is not { } scan)
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

    private static GradientCall Call(PlanContext context, ParameterGradient gradient, SequenceSites sites)
    {
        Site? left = gradient.Left is null ? null : sites.Of(gradient.Left, gradient.LeftAccess, gradient.Steps);
        Site right = sites.Of(gradient.Right, gradient.Right.IsVector ? TimeAccess.Whole : TimeAccess.Same, gradient.Steps);
        int pitch = Layout.Pad(gradient.Target.Columns);
        ArenaBuffer staging = new("d " + gradient.Target.Parameter.Path, new Layout(gradient.Target.Rows * pitch, pitch, 1), 1, gradient.Target.Columns);
        return GradientKernels.Build(gradient.Right.IsShared ? context.ForShared() : context, gradient, left, right, staging);
    }
}
