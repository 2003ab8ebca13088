using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Passes;

/// <summary>
/// The steps of a map do not depend on each other: for a single row they fill the register tile of a product as rows of a batch would; and rows of a table
/// are looked up in one call. Same chains, same bits.
/// </summary>
internal static class TakeStepsAsRows
{
    private const int MinimumSteps = 4;

    public static void Run(Program program)
    {
        foreach (Region region in program.Forward.Where(CanTake))
            region.TakesStepsAsRows = true;
    }

    private static bool CanTake(Region region) =>
        !region.IsScan && region.Steps >= MinimumSteps
        && region.Values.Any(v => (v.Op == OpCode.Linear && !v.IsLaneReduced) || v.Op == OpCode.Gather)
        && region.Inputs.Select(i => i.Access).Concat(region.Outputs.Select(o => o.Access)).All(a => a is { Kind: AccessKind.Step, IsReversed: false });
}
