using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Kernels;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Scheduling.Plans;

namespace GenRnn.Compiler.Scheduling.Drivers;

/// <summary>What stands between a model's class and the drivers of its plans.</summary>
/// <param name="All">Passes in the order in which they stand in the file.</param>
/// <param name="Run">What a call of any number of rows runs.</param>
/// <param name="RunStep">What a step runs; empty if the model does not stream.</param>
/// <param name="RunBackward">What the backward pass of one thread runs, between its first and its last stage.</param>
/// <param name="Pack">Derives the panels from the dense parameters.</param>
public sealed record ModelPasses(IReadOnlyList<Kernel> All, IReadOnlyList<Statement> Run, IReadOnlyList<Statement> RunStep, IReadOnlyList<Statement> RunBackward, Kernel Pack)
{
    /// <param name="training">The plan of training.</param>
    /// <param name="row">The plan of inference on one row.</param>
    /// <param name="batch">The plan of inference on a batch; the same if that is one row.</param>
    /// <param name="stepRow">The plan of a step of one row; null if there is none.</param>
    /// <param name="stepBatch">The plan of a step of a batch; null if there is none.</param>
    /// <param name="panels">All panels.</param>
    internal static ModelPasses Of(Plan training, Plan row, Plan batch, Plan? stepRow, Plan? stepBatch, PanelLibrary panels)
    {
        IReadOnlyList<Sequence> inputs = training.Program.Inputs;
        Kernel one = InferencePasses.Chunk(row, inputs);
        Kernel? many = batch.Rows == 1 ? null : InferencePasses.Chunk(batch, inputs);
        Kernel predict = InferencePasses.Predict(one, many, batch, PaddedFrom(batch), inputs);
        Kernel? step = stepRow is null ? null : InferencePasses.Chunk(stepRow, inputs);
        Kernel? steps = stepBatch is null || stepBatch.Rows == 1 ? null : InferencePasses.Chunk(stepBatch, inputs);
        IReadOnlyList<Kernel> stages = TrainingPasses.Write(training);
        return new ModelPasses(
            new[] { predict, one, many, step, steps }.OfType<Kernel>().Concat(stages).ToList(),
            new[] { InferencePasses.Run(predict, many, batch.Rows) },
            step is null ? System.Array.Empty<Statement>() : new[] { InferencePasses.RunStep(step, steps) },
            TrainingPasses.RunBackward(stages),
            PackPass.Write(panels.Panels));
    }

    /// <summary>Passes that run kernels, or write panels for them: the same vectors for all of these.</summary>
    public IEnumerable<Kernel> OnVectors => All.Where(RunsKernels).Append(Pack);

    /// <summary>Passes that only move values between a caller's spans and the arena.</summary>
    public IEnumerable<Kernel> Stages => All.Where(p => !RunsKernels(p));

    private static bool RunsKernels(Kernel pass)
    {
        bool runs = false;
        new InvokeMap(call => { runs = true; return call; }, called => { runs = true; return called; }).Apply(pass.Body);
        return runs;
    }

    /// <summary>The pass of a name.</summary>
    public Kernel this[string name] => All.First(p => p.Name == name);

    /// <summary>The same passes with the kernels that stand for what they call.</summary>
    public ModelPasses With(KernelSet kernels) => new(All.Select(kernels.Of).ToList(), kernels.Of(Run), kernels.Of(RunStep), kernels.Of(RunBackward), Pack);

    /// <summary>
    /// Rows behind the last whole tiles from which on they are cheaper padded than row by row. Measured: a row by itself takes about 8/5 of the time of one in
    /// tiles of eight and more, which share what they load of the weights, and hardly more than one in lower tiles.
    /// </summary>
    private static int PaddedFrom(Plan batch) => batch.Request.RowGrain < PlanShape.MostTileRows ? batch.Request.RowGrain : (batch.Request.RowGrain * 5 + 7) / 8;
}
