using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;

namespace GenRnn.Compiler.Scheduling.Placement;

/// <summary>What a kernel's call reads and writes.</summary>
/// <param name="Sites">Where.</param>
/// <param name="IsLaneByLane">Whether each vector that it writes depends on the same lanes alone of what it still reads then.</param>
internal sealed record TouchedSites(IReadOnlyList<Site> Sites, bool IsLaneByLane);

/// <summary>
/// Lets a step write a state's next value over the one before it, where nothing reads that any more: then nothing needs to be copied back
/// for the next step, and the values that it waits for are there sooner.
/// </summary>
internal static class InPlaceStates
{
    /// <summary>The buffers of which every step reads and writes the first slot.</summary>
    /// <param name="program">A program of one step that runs in a State.</param>
    /// <param name="border">Its outputs and states.</param>
    /// <param name="sites">Where its states are.</param>
    /// <param name="calls">What all its kernels touch, in the order of their calls.</param>
    public static IEnumerable<ArenaBuffer> Find(Program program, PlanBorder border, SequenceSites sites, IReadOnlyList<TouchedSites> calls)
    {
        foreach (Region region in program.Forward)
        {
            for (int i = 0; i < region.States.Count; i++)
            {
                ArenaBuffer buffer = sites.StateInitial(region, i).Buffer;
                if (region.States[i].IsCarried && CanOverwrite(border, region, i, buffer, calls))
                    yield return buffer;
            }
        }
    }

    private static bool CanOverwrite(PlanBorder border, Region region, int state, ArenaBuffer buffer, IReadOnlyList<TouchedSites> calls)
    {
        if (border.Outputs.Any(o => Slot(o.Site, buffer) == 0) || border.States.Count(s => s.Initial.Buffer == buffer) > 1)
            return false;
        int lastRead = LastIndex(calls, call => call.Sites.Any(s => Slot(s, buffer) == 0));
        int firstWrite = FirstIndex(calls, call => call.Sites.Any(s => Slot(s, buffer) == 1));
        return firstWrite >= 0 && (lastRead < firstWrite || (lastRead == firstWrite && calls[lastRead].IsLaneByLane && IsReadLaneByLane(region, state)));
    }

    /// <summary>The slot of a step's own value (0) or of the next one (1); -1 of another buffer.</summary>
    private static int Slot(Site site, ArenaBuffer buffer) =>
        site.Buffer == buffer ? ((ConstantIndex)site.Slot(0)).Value : -1;

    /// <summary>
    /// Whether a kernel that works lane by lane has read what it needs of a state when it stores the next one: products have before its first result, and pointwise work on the
    /// way to that next one in whichever order it is written.
    /// </summary>
    private static bool IsReadLaneByLane(Region region, int state)
    {
        Value leaf = region.Values.First(v => v.Op == OpCode.State && v.Index == state);
        HashSet<Value> onTheWay = OnTheWayTo(region, region.States[state].Next!);
        return region.Values.Where(v => v.Operands.Contains(leaf)).All(v => v.Op == OpCode.Linear || (v.Op.IsPointwise() && v.Width == leaf.Width && IsOnTheWay(region, v, onTheWay)));
    }

    /// <summary>Whether a value is the next state, or read by what is and by nothing that may come later; a mask is computed where it is read.</summary>
    private static bool IsOnTheWay(Region region, Value value, HashSet<Value> onTheWay) => value.IsMask
        ? region.Values.Where(v => v.Operands.Contains(value)).All(v => IsOnTheWay(region, v, onTheWay))
        : onTheWay.Contains(value);

    /// <summary>A value and all that it is computed from. Operands stand in front of what reads them, so one walk backwards finds them.</summary>
    private static HashSet<Value> OnTheWayTo(Region region, Value next)
    {
        HashSet<Value> found = new() { next };
        foreach (Value value in Enumerable.Reverse(region.Values).Where(found.Contains))
            found.UnionWith(value.Operands);
        return found;
    }

    private static int FirstIndex(IReadOnlyList<TouchedSites> calls, System.Func<TouchedSites, bool> predicate)
    {
        for (int i = 0; i < calls.Count; i++)
        {
            if (predicate(calls[i]))
                return i;
        }

        return -1;
    }

    private static int LastIndex(IReadOnlyList<TouchedSites> calls, System.Func<TouchedSites, bool> predicate)
    {
        for (int i = calls.Count - 1; i >= 0; i--)
        {
            if (predicate(calls[i]))
                return i;
        }

        return -1;
    }
}
