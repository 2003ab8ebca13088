using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Targets;

namespace GenRnn.Compiler.Scheduling.Loops;

/// <summary>What all loops of a plan have in common: its rows, what lies in the lanes of a vector, and what it is written for.</summary>
internal class PlanShape
{
    /// <summary>Threads split rows at multiples of this.</summary>
    public const int RangeGrain = 16;

    /// <summary>Rows of the highest tile.</summary>
    public const int MostTileRows = 8;

    private readonly bool _runsWhole;

    public PlanShape(int rows, LaneAxis axis, Target target, bool runsWhole = false)
    {
        Rows = rows;
        Axis = axis;
        Target = target;
        _runsWhole = runsWhole;
    }

    public int Rows { get; }

    public LaneAxis Axis { get; }

    public Target Target { get; }

    /// <summary>What kernels of any width leave behind whole tiles; null in a kernel for one width.</summary>
    protected Remainders? Remainders { get; init; }

    /// <summary>Whether a kernel is written for any width: what layers of the same kind may differ in is a size.</summary>
    public bool IsForAnyWidth => Remainders is not null;

    /// <summary>The remainders of a width behind whole tiles that a kernel has code for.</summary>
    /// <param name="size">What is cut into tiles.</param>
    /// <param name="tile">How much of it a whole tile takes.</param>
    /// <param name="own">What this width leaves, with 0 if nothing.</param>
    public IReadOnlyList<int> RemaindersOf(string size, int tile, IEnumerable<int> own) =>
        Remainders?.Of(size, tile, own) ?? new SortedSet<int>(own.Where(remainder => remainder > 0)).ToList();

    /// <summary>Whether each row of a tile has a pointer of its own: the distance of rows is no constant.</summary>
    public bool HasRowPointers => IsForAnyWidth && Axis == LaneAxis.Units && Rows > 1;

    /// <summary>A number that depends on a width: a constant, or a size in a kernel of any width.</summary>
    public Index Size(string name, int value) => IsForAnyWidth ? Index.Size(name, value) : value;

    /// <summary>Whether a kernel runs a part of the rows; small batches always run whole, with constant bounds.</summary>
    public bool HasRowRange => Rows > RangeGrain && !_runsWhole;

    public Index FirstRow => HasRowRange ? Index.Variable(LoopNumbers.First) : 0;

    /// <summary>One past the last row; with rows in lanes one past the last padded row.</summary>
    public Index EndRow => HasRowRange ? Index.Variable(LoopNumbers.End) : Axis == LaneAxis.Rows ? Target.Pad(Rows) : Rows;

    public IReadOnlyList<string> RangeNames => HasRowRange ? new[] { LoopNumbers.First, LoopNumbers.End } : Array.Empty<string>();

    /// <summary>The number that tells a kernel which sums over the rows of a call where they end; none where a pass always runs whole.</summary>
    public IEnumerable<string> SumNames => RangeNames.Skip(1);
}
