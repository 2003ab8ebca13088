using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Scheduling.Kernels;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Scheduling.Plans;
using GenRnn.Compiler.Spec;
using GenRnn.Compiler.Targets;

namespace GenRnn.Compiler.Scheduling;

/// <summary>Everything that a model compiles to, before it is printed.</summary>
/// <param name="Batch">Rows of a compiled pass.</param>
/// <param name="Target">What it is written for.</param>
/// <param name="Training">The pass with a backward half.</param>
/// <param name="PredictRow">Inference on one row.</param>
/// <param name="PredictBatch">Inference on a batch; the same if that is one row.</param>
/// <param name="StepRow">A single step of one row; null if the model does not stream.</param>
/// <param name="StepBatch">A single step of a batch; null if the model does not stream.</param>
/// <param name="Kernels">What all plans call.</param>
/// <param name="Panels">Weights in the order of the kernels.</param>
/// <param name="Identity">What the model says of itself.</param>
public sealed record Schedule(int Batch, Target Target, Plan Training, Plan PredictRow, Plan PredictBatch, Plan? StepRow, Plan? StepBatch, KernelLibrary Kernels, PanelLibrary Panels, ModelIdentity Identity)
{
    /// <param name="plans">One for each request, in any order.</param>
    public static Schedule Of(IReadOnlyList<Plan> plans, int batch, Target target, KernelLibrary kernels, PanelLibrary panels, ModelIdentity identity)
    {
        Plan? Find(Purpose purpose, int rows) => plans.FirstOrDefault(p => p.Rows == rows && (p.Request.Purpose with { HasDenseStates = false }) == purpose);
        return new Schedule(
            batch, target, Find(Purpose.Training, batch)!, Find(Purpose.Inference, 1)!, Find(Purpose.Inference, batch)!, Find(Purpose.Step, 1), Find(Purpose.Step, batch), kernels, panels, identity);
    }

    /// <summary>The program of the training pass: it has all layers and parameters.</summary>
    public Program Program => Training.Program;

    public bool IsTimeMajor => Target.IsTimeMajor;

    public bool IsDouble => Target.IsDouble;

    /// <summary>Inference plans, the one for a single row first; one only if the batch is 1.</summary>
    public IReadOnlyList<Plan> PredictPlans => Batch == 1 ? new[] { PredictRow } : new[] { PredictRow, PredictBatch };

    /// <summary>Bytes of one workspace: the arena of a training pass, and the gradients.</summary>
    public long WorkspaceBytes => ((long)Training.Arena.Length + Program.Parameters.Sum(p => p.Length)) * Target.ElementBytes;

    /// <summary>
    /// Rows behind the last whole tiles from which on they are cheaper padded than row by row. Measured: a row by itself takes about 8/5 of the time of one in
    /// tiles of eight and more, which share what they load of the weights, and hardly more than one in lower tiles.
    /// </summary>
    public int PaddedFrom => PredictBatch.Request.RowGrain < PlanShape.MostTileRows ? PredictBatch.Request.RowGrain : (PredictBatch.Request.RowGrain * 5 + 7) / 8;
}
