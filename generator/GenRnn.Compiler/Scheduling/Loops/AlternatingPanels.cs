using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Targets;

namespace GenRnn.Compiler.Scheduling.Loops;

/// <summary>Which panels' blocks are read in turns upwards and downwards from step to step.</summary>
internal static class AlternatingPanels
{
    /// <summary>Elements of a panel that fills most of a first-level cache of 32 KB.</summary>
    private const int Smallest = 6 * 1024;

    /// <summary>Elements of a panel of which a first-level cache holds too little to matter.</summary>
    private const int Largest = 25 * 1024;

    /// <summary>Whether one row streams a panel that does not stay in the first-level cache, but starts with those blocks that the step before has read last.</summary>
    public static bool Has(PlanShape plan, Value linear)
    {
        int rows = (linear.Bias?.Rows ?? 0) + linear.Terms.Sum(t => t.Weights.Rows);
        return plan.Axis == LaneAxis.Units && plan.Rows == 1 && (long)rows * Target.Pad(linear.Width) is >= Smallest and <= Largest;
    }
}
