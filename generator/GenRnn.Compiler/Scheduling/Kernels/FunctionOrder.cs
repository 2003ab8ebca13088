using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Scheduling.Kernels;

/// <summary>
/// Puts functions of one kind next to one another: each keeps a dozen constants in registers, and those of two kinds at once leave too few for the work,
/// so that results wait in memory.
/// </summary>
internal static class FunctionOrder
{
    /// <summary>The same values, operands still first; the first of them that are ready, but functions of the kind of the last one before all others.</summary>
    public static IReadOnlyList<Value> ByKind(IReadOnlyList<Value> values)
    {
        List<Value> waiting = values.ToList();
        List<Value> ordered = new();
        OpCode? kind = null;
        while (waiting.Count > 0)
        {
            HashSet<Value> pending = new(waiting);
            List<Value> ready = waiting.Where(v => !Sources(v).Any(pending.Contains)).ToList();
            Value next = ready.FirstOrDefault(v => v.Op == kind) ?? ready[0];
            if (next.Op.IsFunction())
                kind = next.Op;
            waiting.Remove(next);
            ordered.Add(next);
        }

        return ordered;
    }

    /// <summary>What a value reads, seen through masks, which are computed where they are needed.</summary>
    private static IEnumerable<Value> Sources(Value value) => value.Operands.SelectMany(o => o.IsMask ? Sources(o) : new[] { o });
}
