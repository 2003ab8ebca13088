using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Targets;

namespace GenRnn.Compiler.Scheduling.Placement;

/// <summary>
/// Which outputs of a pass its kernels store where the caller wants them. To copy all steps at the end would fetch from memory what the caches had when it was computed;
/// a store beside the one that the next step reads costs nothing, for it waits while the vector functions run.
/// </summary>
internal sealed class DirectOutputs
{
    private readonly Dictionary<Sequence, ArenaBuffer> _buffers = new();

    /// <param name="plan">A pass. One of training keeps its outputs anyway, for the gradients, and is run in parts by several threads; the caller's rows hold units.</param>
    public DirectOutputs(PlanRequest plan)
    {
        if (plan.Purpose.Differentiates || plan.Axis != LaneAxis.Units || plan.Purpose.RunsInState || plan.Rows <= KernelFusion.MaximumRows)
            return;
        for (int i = 0; i < plan.Program.Outputs.Count; i++)
        {
            Sequence output = plan.Program.Outputs[i];
            if (!Fits(plan, output))
                continue;
            _buffers[output] = new ArenaBuffer(output.Name, CallerLayout.Of(output, plan.Rows, plan.Target), output.Steps, output.Width)
            {
                External = string.Format(CultureInfo.InvariantCulture, "output{0}", i),
            };
        }
    }

    /// <summary>The caller's memory, or the staged copy of rows that are fewer than a batch; null if the output is copied at the end.</summary>
    public ArenaBuffer? Of(Sequence output) => _buffers.TryGetValue(output, out ArenaBuffer? buffer) ? buffer : null;

    private static bool Fits(PlanRequest plan, Sequence output)
    {
        Program program = plan.Program;
        List<(Region Region, RegionOutput Output)> writers = program.Forward.SelectMany(r => r.Outputs.Where(o => o.Target == output).Select(o => (r, o))).ToList();
        return !output.IsVector && !output.IsShared
            // A row's last vector would reach into the next row.
            && output.Width % Target.Padding == 0
            && (long)output.Steps * plan.Rows * output.Width > Target.CachedElements
            && program.Outputs.Count(o => o == output) == 1 && program.OutputMask != output
            && writers.Count == 1
            && writers[0].Output.Access.IsAligned && writers[0].Region.Steps == output.Steps
            && !writers[0].Region.IsShared && !writers[0].Region.TakesStepsAsRows
            && new KernelPartition(writers[0].Region).WorkOf(writers[0].Output.Value) is { IsPointwise: true };
    }
}
