using System.Collections.Generic;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Kernels;

// What passes are made of beside the statements of kernels: they stand between a caller's spans and the drivers. References of a pass are spans: those of the caller, the arena, a State.

/// <summary>A part of a span; all of it where nothing else is said.</summary>
public sealed record Piece(string Reference, Index? Offset = null, Index? Length = null);

/// <summary>Values in an arena: element (step, row, lane) at step SlotStride + row RowStride + lane LaneStride behind a place.</summary>
public sealed record ArenaBlock(Place Start, int SlotStride, int RowStride, int LaneStride, int Steps, int Width);

/// <summary>Rows from <paramref name="First"/> on of a caller's span: element (step, row, lane) at step SlotStride + row RowStride + lane.</summary>
public sealed record SpanRows(Piece Span, Index SlotStride, Index RowStride, Index First);

/// <summary>Copies rows of a caller into an arena, and pads them to <paramref name="StoredRows"/>: by copies of the first, or by zeros.</summary>
public sealed record Gather(SpanRows Source, Index Count, ArenaBlock Target, Index StoredRows, bool Repeats) : Statement;

/// <summary>Copies rows of an arena to a caller.</summary>
public sealed record Scatter(ArenaBlock Source, SpanRows Target, Index Count) : Statement;

/// <summary>Rows that pad a pass repeat its first one.</summary>
public sealed record RepeatFirstRow(ArenaBlock Block, int Rows, int StoredRows) : Statement;

/// <summary>Sets all of a span to zero.</summary>
public sealed record ClearSpan(string Reference) : Statement;

/// <summary>Writes 1 for each row of a call and 0 for each that pads it.</summary>
public sealed record MarkRows(Place Place, int RowStride, Index StoredRows, Index Rows) : Statement;

/// <summary>Writes one part of as many as a call has rows for each of them and 0 for each that pads it.</summary>
public sealed record ShareAmongRows(Place Place, int RowStride, Index StoredRows, Index Rows) : Statement;

/// <summary>Writes 1 if a flag of the call is set, else 0.</summary>
public sealed record StoreFlag(Place Place, string Flag) : Statement;

/// <summary>Writes the key of a random source, if the flag of the call says that it draws.</summary>
public sealed record WriteKey(Place Place, int Elements, RandomSource Source, string Flag, string Note) : Statement;

/// <summary>Adds a staged gradient, [rows] with a pitch, to what stands in its place among the dense ones, or to +0.</summary>
public sealed record CopyGradient(Place Source, int Pitch, int Rows, int Columns, Place Target, int RowStride, int ColumnStride, bool Adds) : Statement;

/// <summary>
/// Copies a matrix of dense weights into rows [<paramref name="Row"/>, Row + <paramref name="Count"/>) of a panel, in the order in which kernels read it: [block][k][lane].
/// Element (k, lane) of the source is at k <paramref name="KStride"/> + lane <paramref name="LaneStride"/>.
/// </summary>
/// <param name="Lanes">Lanes of the panel.</param>
/// <param name="RowCount">Rows of the panel.</param>
/// <param name="BlockLanes">Lanes of a block.</param>
/// <param name="Granule">The last block is as wide as its lanes, up to a multiple of this.</param>
public sealed record PackPanel(Place Source, int KStride, int LaneStride, int Count, int Lanes, Place Target, int Row, int RowCount, Index BlockLanes, Index Granule) : Statement;

/// <summary>Moves statistics towards those of a batch: moving = moving momentum + batch (1 - momentum).</summary>
public sealed record Follow(Place Moving, int Count, Place Batch, double Momentum, string Note) : Statement;

/// <summary>Refuses a workspace whose last forward pass was not one of training.</summary>
public sealed record RequireTraining(Place Flag) : Statement;

/// <summary>Copies an input that lies under an output, and goes on with the copy.</summary>
public sealed record KeepApart(string Input, string Output, bool IsLengths) : Statement;

/// <summary>The rings of a State stand at their first slots.</summary>
public sealed record RestartRings : Statement;

/// <summary>Whose memory a pass works in.</summary>
public enum PassMemory
{
    /// <summary>A buffer that it is given.</summary>
    Given,

    /// <summary>The workspace's arena.</summary>
    Workspace,

    /// <summary>The workspace's gradients.</summary>
    Gradients,
}

/// <summary>A new span over memory.</summary>
public sealed record LetSpan(string Name, PassMemory Memory) : Statement;

/// <summary>A new reference to the start of memory.</summary>
public sealed record LetOrigin(string Name, PassMemory Memory) : Statement;

/// <summary>A reference into a caller's span, whose bounds were checked: a new one, or another place for one that exists.</summary>
public sealed record PointInto(string Name, string Span, Index Offset, bool IsNew) : Statement;

/// <summary>A new condition with a name.</summary>
public sealed record LetCondition(string Name, Condition Value) : Statement;

/// <summary>Runs Body if a condition holds, else Otherwise.</summary>
public sealed record When(Condition Condition, IReadOnlyList<Statement> Body, IReadOnlyList<Statement> Otherwise) : Statement;

/// <summary>Runs one statement if a condition holds, else another or none.</summary>
public sealed record Guard(Condition Condition, Statement Body, Statement? Otherwise = null) : Statement;

/// <summary>Runs Body as long as a condition holds.</summary>
public sealed record While(Condition Condition, IReadOnlyList<Statement> Body) : Statement;

/// <summary>Goes on with a number that exists, one by one, up to To.</summary>
public sealed record GoOn(string Variable, Index To, Statement Body) : Statement;

/// <summary>Ends the pass.</summary>
public sealed record Return : Statement;

/// <summary>Calls a pass with what the caller has of the same kind: its spans, its state, its memory. Numbers are given in the order of the pass's own.</summary>
public sealed record PassCall(Kernel Pass, IReadOnlyList<Index> Numbers) : Statement;
