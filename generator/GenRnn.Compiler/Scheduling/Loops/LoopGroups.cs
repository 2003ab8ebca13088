using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Scheduling.Loops;

/// <summary>Regions that run in one time loop, step by step together, so that what one writes at a step is still in cache when the next reads it.</summary>
public sealed class LoopGroup
{
    public LoopGroup(int steps) => Steps = steps;

    public int Steps { get; }

    /// <summary>One call over all steps instead of a loop.</summary>
    public bool TakesStepsAsRows => Regions.Any(r => r.TakesStepsAsRows);

    public List<Region> Regions { get; } = new();

    /// <summary>Whether a step waits for the one before it.</summary>
    public bool HasState => Regions.Any(r => r.IsScan);

    /// <summary>Steps written out one behind the other; the largest that a region asks for.</summary>
    public int Unroll => Regions.Any(r => r.Unroll < 0) ? -1 : Regions.Max(r => r.Unroll);
}

/// <summary>Forms loop groups: a region joins the one before it if it needs nothing of a later step.</summary>
internal static class LoopGroups
{
    public static IReadOnlyList<LoopGroup> Form(IEnumerable<Region> regions)
    {
        List<LoopGroup> groups = new();
        foreach (Region region in regions)
        {
            LoopGroup? last = groups.LastOrDefault();
            if (last is null || !CanJoin(last, region))
                groups.Add(last = new LoopGroup(region.Steps));
            last.Regions.Add(region);
        }

        return groups;
    }

    private static bool CanJoin(LoopGroup group, Region region)
    {
        if (group.Steps != region.Steps || region.TakesStepsAsRows || group.TakesStepsAsRows || group.Regions[0].IsShared != region.IsShared)
            return false;
        HashSet<Sequence> finals = new(group.Regions.SelectMany(r => r.States).Where(s => s.Final is not null).Select(s => s.Final!));
        if (region.States.Any(s => s.Initial is not null && (finals.Contains(s.Initial) || WrittenAs(group, s.Initial) is not null)))
            return false;
        foreach (RegionInput input in region.Inputs)
        {
            // A final state, or a sum over the steps, is there only after the last one.
            if (finals.Contains(input.Source) || (input.Source.IsShared && !region.IsShared && WrittenAs(group, input.Source) is not null))
                return false;
            TimeAccess? written = WrittenAs(group, input.Source);
            if (written is not null && written != input.Access)
                return false;
        }

        return true;
    }

    private static TimeAccess? WrittenAs(LoopGroup group, Sequence sequence) =>
        group.Regions.SelectMany(r => r.Outputs).FirstOrDefault(o => o.Target == sequence)?.Access;
}
