using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Kernels;

namespace GenRnn.Compiler.Scheduling.Placement;

/// <summary>
/// Lets a step write a state's next value over the one before it, where nothing reads that any more: then nothing needs to be copied back
/// for the next step, and the values that it waits for are there sooner.
/// </summary>
internal static class InPlaceStates
{
    /// <param name="plan">A plan of one step that runs in a State.</param>
    /// <param name="sites">Where its states are.</param>
    /// <param name="calls">All its kernels in the order of their calls.</param>
    public static void Apply(Plan plan, SequenceSites sites, IReadOnlyList<KernelCall> calls)
    {
        foreach (Region region in plan.Program.Forward)
        {
            for (int i = 0; i < region.States.Count; i++)
            {
                ArenaBuffer buffer = sites.StateInitial(region, i).Buffer;
                if (region.States[i].IsCarried && CanOverwrite(plan, region, i, buffer, calls))
                    buffer.KeepOneSlot();
            }
        }
    }

    private static bool CanOverwrite(Plan plan, Region region, int state, ArenaBuffer buffer, IReadOnlyList<KernelCall> calls)
    {
        if (plan.Outputs.Any(o => Slot(o.Site, buffer) == 0) || plan.States.Count(s => s.Initial.Buffer == buffer) > 1)
            return false;
        int lastRead = LastIndex(calls, call => call.Arguments.Any(a => Slot(a.Site, buffer) == 0));
        int firstWrite = FirstIndex(calls, call => call.Arguments.Any(a => Slot(a.Site, buffer) == 1));
        return firstWrite >= 0 && (lastRead < firstWrite || (lastRead == firstWrite && calls[lastRead].IsLaneByLane && IsReadLaneByLane(region, state)));
    }

    /// <summary>The slot of a step's own value (0) or of the next one (1); -1 of another buffer.</summary>
    private static int Slot(Site? site, ArenaBuffer buffer) =>
        site?.Buffer == buffer ? ((ConstantIndex)site.Slot(0)).Value : -1;

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

    private static int FirstIndex(IReadOnlyList<KernelCall> calls, System.Func<KernelCall, bool> predicate)
    {
        for (int i = 0; i < calls.Count; i++)
        {
            if (predicate(calls[i]))
                return i;
        }

        return -1;
    }

    private static int LastIndex(IReadOnlyList<KernelCall> calls, System.Func<KernelCall, bool> predicate)
    {
        for (int i = calls.Count - 1; i >= 0; i--)
        {
            if (predicate(calls[i]))
                return i;
        }

        return -1;
    }
}
