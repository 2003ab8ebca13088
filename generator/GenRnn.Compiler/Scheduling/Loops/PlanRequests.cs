using System.Collections.Generic;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Targets;

namespace GenRnn.Compiler.Scheduling.Loops;

/// <summary>Which plans a model has: inference on one row and on a batch, training, single steps of one row and of a batch. Where a batch is one row, those of one row are those of a batch.</summary>
internal static class PlanRequests
{
    /// <param name="training">The program that is differentiated.</param>
    /// <param name="inference">The program for a batch.</param>
    /// <param name="single">The program for one row.</param>
    /// <param name="step">The program of a single step; null if there is none.</param>
    /// <param name="batch">Rows of a batch.</param>
    /// <param name="axis">What lies in lanes where there is a batch of rows.</param>
    /// <param name="target">What code is written for.</param>
    /// <param name="isStepped">Whether the model is a cell that is stepped by hand.</param>
    public static IEnumerable<PlanRequest> Of(Program training, Program inference, Program single, Program? step, int batch, LaneAxis axis, Target target, bool isStepped)
    {
        LaneAxis ofOneRow = batch == 1 ? axis : LaneAxis.Units;
        Purpose predict = isStepped ? Purpose.SteppedInference : Purpose.Inference;
        yield return new PlanRequest("Predict1", single, 1, ofOneRow, predict, target);
        if (batch > 1)
            yield return new PlanRequest(Names.Of("Predict", batch), inference, batch, axis, predict, target);
        yield return new PlanRequest("Train", training, batch, axis, isStepped ? Purpose.SteppedTraining : Purpose.Training, target);
        if (step is null)
            yield break;
        yield return new PlanRequest("Step1", step, 1, ofOneRow, Purpose.Step, target);
        if (batch > 1)
            yield return new PlanRequest(Names.Of("Step", batch), step, batch, axis, Purpose.Step, target);
    }
}
