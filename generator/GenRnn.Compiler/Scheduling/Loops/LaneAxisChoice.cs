using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Targets;

namespace GenRnn.Compiler.Scheduling.Loops;

/// <summary>
/// Units or rows in lanes: decided by the declaration alone, never by the machine, because the order of weight-gradient sums follows it.
/// Version 2 of the rule: rows in lanes for 16 and more rows, where padding them costs at most a quarter and no product is wider than 160
/// outputs or sums more than 96 terms (larger ones fill vectors by themselves, and their weight gradients stay in the caches better).
/// </summary>
public static class LaneAxisChoice
{
    private const int MinimumRows = 16;
    private const int MaximumWidth = 160;
    private const int MaximumChain = 96;

    public static LaneAxis For(Program program, int rows)
    {
        if (rows < MinimumRows || Target.Pad(rows) * 4 > rows * 5)
            return LaneAxis.Units;
        bool isNarrow = program.Forward.SelectMany(r => r.Values).All(v => v.Width <= MaximumWidth
            && (v.Op != OpCode.Linear || v.Terms.Sum(t => t.Weights.Rows) <= MaximumChain));
        return isNarrow ? LaneAxis.Rows : LaneAxis.Units;
    }
}
