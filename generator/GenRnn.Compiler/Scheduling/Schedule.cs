using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Scheduling.Drivers;
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
/// <param name="Kernels">Drivers of all plans, and what they call.</param>
/// <param name="Passes">What stands between the class and the drivers.</param>
/// <param name="Panels">Weights in the order of the kernels.</param>
/// <param name="Identity">What the model says of itself.</param>
public sealed record Schedule(int Batch, Target Target, Plan Training, Plan PredictRow, Plan PredictBatch, Plan? StepRow, Plan? StepBatch, KernelSet Kernels, ModelPasses Passes, PanelLibrary Panels, ModelIdentity Identity)
{
    /// <param name="plans">One for each request, in any order.</param>
    public static Schedule Of(IReadOnlyList<Plan> plans, int batch, Target target, KernelSet kernels, PanelLibrary panels, ModelIdentity identity)
    {
        Plan? Find(Purpose purpose, int rows) => plans.FirstOrDefault(p => p.Rows == rows && (p.Request.Purpose with { HasDenseStates = false }) == purpose);
        Plan row = Find(Purpose.Inference, 1)!, whole = Find(Purpose.Inference, batch)!, training = Find(Purpose.Training, batch)!;
        Plan? stepRow = Find(Purpose.Step, 1), stepBatch = Find(Purpose.Step, batch);
        return new Schedule(
            batch, target, training.With(kernels), row.With(kernels), whole.With(kernels), stepRow?.With(kernels), stepBatch?.With(kernels),
            kernels, ModelPasses.Of(training, row, whole, stepRow, stepBatch, panels).With(kernels), panels, identity);
    }

    /// <summary>The program of the training pass: it has all layers and parameters.</summary>
    public Program Program => Training.Program;

    /// <summary>Whether the class has a step: the model streams, or it is a cell that is stepped by hand.</summary>
    public bool Streams => StepRow is not null || Identity.IsStepped;

    public bool IsTimeMajor => Target.IsTimeMajor;

    public bool IsDouble => Target.IsDouble;

    /// <summary>Inference plans, the one for a single row first; one only if the batch is 1.</summary>
    public IReadOnlyList<Plan> PredictPlans => Batch == 1 ? new[] { PredictRow } : new[] { PredictRow, PredictBatch };

    /// <summary>Bytes of one workspace: the arena of a training pass, and the gradients.</summary>
    public long WorkspaceBytes => ((long)Training.Arena.Length + Program.Parameters.Sum(p => p.Length)) * Target.ElementBytes;
}
