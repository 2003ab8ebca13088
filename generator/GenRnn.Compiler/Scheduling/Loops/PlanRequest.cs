using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Targets;

namespace GenRnn.Compiler.Scheduling.Loops;

/// <summary>What is to be scheduled: a program for a number of rows.</summary>
/// <param name="Name">Name of the driver; those of other loops begin with it.</param>
/// <param name="Program">What is computed.</param>
/// <param name="Rows">Rows of a whole pass.</param>
/// <param name="Axis">What lies in the lanes of a vector.</param>
/// <param name="Purpose">What the pass is for.</param>
/// <param name="Target">What it is written for.</param>
public sealed record PlanRequest(string Name, Program Program, int Rows, LaneAxis Axis, Purpose Purpose, Target Target)
{
    /// <summary>Rows that buffers hold: padded with rows in lanes.</summary>
    public int StoredRows => Axis == LaneAxis.Rows ? Target.Pad(Rows) : Rows;

    /// <summary>Whether a pass may run a part of its rows: a small batch always runs whole, with constant bounds.</summary>
    public bool HasRowRange => Rows > PlanShape.RangeGrain;

    /// <summary>A call's rows are padded to a multiple of this, or to the whole pass: what it costs follows its rows in such steps. The rows of a tile divide it.</summary>
    public int RowGrain => !HasRowRange ? StoredRows : Axis == LaneAxis.Rows ? Target.Padding : PlanShape.MostTileRows;
}
