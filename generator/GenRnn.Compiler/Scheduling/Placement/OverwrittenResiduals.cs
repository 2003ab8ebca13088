using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Scheduling.Loops;

namespace GenRnn.Compiler.Scheduling.Placement;

/// <summary>
/// Which residuals of the forward pass are kept where the reverse scan writes the gradients that follow from them: an LSTM's saved gates, that make
/// room for their gradients lane by lane. Both passes then work in half the memory, and what the scan writes is in the caches already.
/// </summary>
internal sealed class OverwrittenResiduals
{
    private readonly PlanShape _context;
    private readonly Program _program;
    private readonly Dictionary<Sequence, Place> _places = new();

    /// <param name="context">The training pass.</param>
    /// <param name="program">Its regions.</param>
    /// <param name="margins">Sequences that are stored with more than their own steps keep what they have.</param>
    public OverwrittenResiduals(PlanShape context, Program program, SequenceMargins margins)
    {
        _context = context;
        _program = program;
        if (context.Rows <= KernelFusion.MaximumRows)
            return;
        foreach (Region region in program.Backward.Where(r => !r.IsOnDemand && !r.IsShared && !r.TakesStepsAsRows && r.Steps > 1))
        {
            KernelPartition partition = new(region);
            foreach (RegionOutput output in region.Outputs.Where(o => IsKeptForGradients(o, region) && margins.Of(o.Target) == default))
            {
                foreach ((Value part, int lane) in PartsOf(output.Value))
                {
                    // The one that is read last: an LSTM's gate rather than the output that needs no room any more.
                    Sequence? residual = Candidates(region, part).Where(s => margins.Of(s) == default && Fits(s, output.Target))
                        .OrderByDescending(s => LastReader(region, partition, s, part)).FirstOrDefault(s => LastReader(region, partition, s, part) >= 0);
                    if (residual is not null)
                        _places.Add(residual, new Place(output, lane));
                }
            }
        }
    }

    /// <summary>Where a residual is kept.</summary>
    /// <param name="Output">What overwrites it.</param>
    /// <param name="Lane">The first lane of it there.</param>
    public sealed record Place(RegionOutput Output, int Lane);

    /// <summary>Null for what has a place of its own.</summary>
    public Place? PlaceOf(Sequence sequence) => _places.TryGetValue(sequence, out Place? place) ? place : null;

    private bool IsKeptForGradients(RegionOutput output, Region region) =>
        output.Access == TimeAccess.Reversed && !output.Target.IsVector && !output.Target.IsShared
        && _program.Gradients.Any(g => g.Right == output.Target)
        && region.States.All(s => s.Next != output.Value) && !output.Value.Op.IsLeaf()
        && _program.Backward.SelectMany(r => r.Outputs).Count(o => o.Target == output.Target) == 1;

    private static IEnumerable<(Value Part, int Lane)> PartsOf(Value value)
    {
        if (value.Op != OpCode.Concat)
        {
            yield return (value, 0);
            yield break;
        }

        int lane = 0;
        foreach (Value part in value.Operands)
        {
            yield return (part, lane);
            lane += part.Width;
        }
    }

    /// <summary>What the forward pass saves at each step for this region alone, as wide as a gradient that it writes.</summary>
    private IEnumerable<Sequence> Candidates(Region region, Value part) =>
        from input in region.Inputs
        let source = input.Source
        where input.Access == TimeAccess.Reversed && source.Width == part.Width && source.Steps == region.Steps && !source.IsShared
        where region.Inputs.Count(i => i.Source == source) == 1 && !_places.ContainsKey(source) && IsOnlyResidual(source, region)
        select source;

    private bool IsOnlyResidual(Sequence sequence, Region reader)
    {
        List<(Region Region, RegionOutput Output)> writers = _program.Forward.SelectMany(r => r.Outputs.Where(o => o.Target == sequence).Select(o => (r, o))).ToList();
        return writers.Count == 1
            && writers[0].Output.Access == TimeAccess.Same
            && !writers[0].Region.IsShared && !writers[0].Region.TakesStepsAsRows
            && writers[0].Region.States.All(s => s.Next != writers[0].Output.Value)
            && new KernelPartition(writers[0].Region).WorkOf(writers[0].Output.Value) is { IsPointwise: true }
            && !_program.Outputs.Contains(sequence) && _program.OutputMask != sequence && _program.Penalty != sequence && _program.Logits?.Values != sequence
            && !_program.Gradients.Any(g => g.Left == sequence || g.Right == sequence)
            && !_program.Backward.Any(r => r != reader && (r.Inputs.Any(i => i.Source == sequence) || r.States.Any(s => s.Initial == sequence)));
    }

    /// <summary>With units in lanes rows of one pitch only: a loop that walks rows of another jumps from part to part, which the processor does not foresee.</summary>
    private bool Fits(Sequence residual, Sequence gradient) => _context.Axis == LaneAxis.Rows || residual.Width == gradient.Width;

    /// <summary>
    /// The last value that reads a residual, in the order of the loop that computes the gradient; -1 if another loop reads it too, or one that has not read
    /// the lanes of a vector when it overwrites them.
    /// </summary>
    private static int LastReader(Region region, KernelPartition partition, Sequence residual, Value gradient)
    {
        if (partition.WorkOf(gradient) is not { IsPointwise: true } work)
            return -1;
        List<Value> leaves = region.Values.Where(v => v.Op == OpCode.Input && region.Inputs[v.Index].Source == residual).ToList();
        List<Value> readers = region.Values.Where(v => v.Operands.Any(leaves.Contains)).ToList();
        int last = readers.Count == 0 ? -1 : readers.Max(work.Values.IndexOf);
        return readers.All(r => partition.WorkOf(r) == work && r.Width == residual.Width) && last <= work.Values.IndexOf(gradient)
            && !region.Outputs.Any(o => leaves.Contains(o.Value)) && !region.States.Any(s => s.Next is not null && leaves.Contains(s.Next)) ? last : -1;
    }
}
