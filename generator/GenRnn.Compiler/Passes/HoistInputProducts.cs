using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Passes;

/// <summary>
/// Moves x W out of a scan over a single row: the steps of the input then fill a register tile as rows of a batch would, and the
/// weights are read once a tile, not once a step. The chain b + x W + h R goes on from the stored sum: same order, same bits.
/// For more rows the tile is full anyway, so the scheduler asks for it only there.
/// </summary>
internal static class HoistInputProducts
{
    /// <summary>Below this many features the product hides behind the recurrent one's latency.</summary>
    private const int MinimumFeatures = 16;

    private const int MinimumSteps = 4;

    /// <summary>Elements that stay in the second-level cache beside the weights.</summary>
    private const int MaximumElements = 64 * 1024;

    public static void Run(Program program)
    {
        List<Region> regions = new();
        foreach (Region region in program.Forward)
        {
            // One by one: what follows a product in its region is written anew when it moves.
            while (region.Values.FirstOrDefault(v => CanHoist(program, region, v)) is { } product)
                regions.Add(Hoist(program, region, product));
            regions.Add(region);
        }

        program.Forward.Clear();
        program.Forward.AddRange(regions);
        RemoveDeadValues.Run(program);
    }

    private static bool CanHoist(Program program, Region region, Value value)
    {
        if (!region.IsScan || region.Steps < MinimumSteps || value.Op != OpCode.Linear || value.IsLaneReduced || value.HasInitialValue || value.Terms.Count < 2)
            return false;
        LinearTerm term = value.Terms[0];
        return term.Operand.Op == OpCode.Input
            && region.Inputs[term.Operand.Index].Access == TimeAccess.Same
            && program.Inputs.Contains(region.Inputs[term.Operand.Index].Source)
            && term.Weights.Rows >= MinimumFeatures
            && region.Steps * value.Width <= MaximumElements;
    }

    private static Region Hoist(Program program, Region region, Value product)
    {
        LinearTerm term = product.Terms[0];
        Region hoisted = new(region.Name + " input product", region.Layer, region.Steps) { TakesStepsAsRows = true, Equation = "b + x K of all steps" };
        RegionBuilder b = new(hoisted);
        Value x = b.Input(region.Inputs[term.Operand.Index].Source, TimeAccess.Same);
        Sequence sums = program.NewSequence(region.Name + ".xK" + product.Id, region.Steps, product.Width);
        b.Output(b.Linear(product.Width, product.Bias, (x, term.Weights)), sums, TimeAccess.Same);

        RegionRewriter.Replace(region, product, rest =>
            rest.Linear(product.Width, null, rest.Input(sums, TimeAccess.Same), false, product.Terms.Skip(1).ToList()));
        return hoisted;
    }
}
