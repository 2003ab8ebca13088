using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Scheduling.Kernels;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Scheduling.Tiles;

namespace GenRnn.Compiler.Scheduling;

/// <summary>Everything that a model compiles to, before it is printed.</summary>
public sealed record Schedule(
    Program Program,
    int Batch,
    bool IsTimeMajor,
    bool IsDouble,
    bool IsStateful,
    IReadOnlyList<string> Architecture,
    Plan PredictRow,
    Plan PredictBatch,
    Plan Training,
    Plan? StepRow,
    Plan? StepBatch,
    string NotStreaming,
    KernelLibrary Kernels,
    PanelLibrary Panels)
{
    /// <summary>The hash of the declaration by the first rules.</summary>
    public string FormerArchitectureHash { get; init; } = "";

    /// <summary>Whether it is a cell that is stepped by hand.</summary>
    public bool IsStepped { get; init; }

    /// <summary>Inference plans, the one for a single row first; one only if the batch is 1.</summary>
    public IReadOnlyList<Plan> PredictPlans => Batch == 1 ? new[] { PredictRow } : new[] { PredictRow, PredictBatch };

    /// <summary>Bytes of one workspace: the arena of a training pass, and the gradients.</summary>
    public long WorkspaceBytes => ((long)Training.ArenaLength + Program.Parameters.Sum(p => p.Length)) * (IsDouble ? sizeof(double) : sizeof(float));

    /// <summary>
    /// Rows behind the last whole tiles from which on they are cheaper padded than row by row. Measured: a row by itself takes about 8/5 of the time of one in
    /// tiles of eight and more, which share what they load of the weights, and hardly more than one in lower tiles.
    /// </summary>
    public int PaddedFrom => PredictBatch.RowGrain < TileChoice.MostRows ? PredictBatch.RowGrain : (PredictBatch.RowGrain * 5 + 7) / 8;
}
