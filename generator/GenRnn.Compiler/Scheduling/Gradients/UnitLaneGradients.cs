using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Kernels;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Scheduling.Tiles;

namespace GenRnn.Compiler.Scheduling.Gradients;

/// <summary>
/// Weight gradients with units in lanes: left^T right over all steps and rows, hoisted out of the reverse scan into one tiled product.
/// Steps run in the order of the reverse scan in chunks of about 256 rows; each chunk is one chain from +0 (last step first, rows
/// ascending), and chunk sums are added in order. The loop over chunks is the caller's: see <see cref="GradientGroup"/>.
/// </summary>
internal static class UnitLaneGradients
{
    private const int RowsPerChunk = 256;

    public static int StepsPerChunk(int batch) => Math.Max(1, RowsPerChunk / batch);

    public static int ChunksOf(int steps, int batch) => (steps + StepsPerChunk(batch) - 1) / StepsPerChunk(batch);

    /// <summary>Rows of the parameter x vectors of a tile.</summary>
    public static Tile TileOf(PlanContext plan, GradientShape shape) => TileChoice.ForGradient(shape.LeftWidth, shape.RightWidth, plan.Rows, plan.IsForAnyWidth);

    public static List<Statement> Build(PlanContext plan, GradientShape shape)
    {
        Tile tile = TileOf(plan, shape);
        int chunk = StepsPerChunk(plan.Rows);
        int chunks = ChunksOf(shape.Steps, plan.Rows);

        IReadOnlyList<Statement> Block(Index block, int vectors)
        {
            Index lane = block * tile.Vectors * Index.Lanes;
            IReadOnlyList<Statement> TileBody(Index left, int count) =>
                chunks == 1
                    ? ChunkBody(plan, shape, left, count, lane, vectors, shape.Steps - 1, 0, isFirst: null)
                    : ChunkBody(plan, shape, left, count, lane, vectors,
                        (Index)(shape.Steps - 1) - Index.Variable(LoopNumbers.Chunk) * chunk, LowestStep(shape.Steps, chunk), Index.Variable(LoopNumbers.Chunk));

            return TileChoice.ByRegisters(tile, vectors, rows => ByLeft(plan, shape, rows, TileBody));
        }

        return RowLoops.ByBlocks(plan, shape.RightWidth, tile.Vectors, Block).ToList();
    }

    // The last chunk may be short: it ends at step 0.
    private static Index LowestStep(int steps, int chunk) => new MaximumIndex(0, (Index)(steps - chunk) - Index.Variable(LoopNumbers.Chunk) * chunk);

    /// <summary>Tiles over the rows of the parameter; a thread's part of them starts at a multiple of the tile.</summary>
    private static IReadOnlyList<Statement> ByLeft(PlanContext plan, GradientShape shape, int tileRows, Func<Index, int, IReadOnlyList<Statement>> tile)
    {
        if (shape.LeftStride is null)
            return new Statement[] { new Block(tile(0, 1)) };
        Index to = Index.Variable("to");
        List<Statement> statements = new() { new Loop("left", Index.Variable("from"), to - (Index)(tileRows - 1), tileRows, tile(Index.Variable("left"), tileRows)) };
        foreach (int count in plan.RemaindersOf("left", tileRows, new[] { shape.LeftWidth % tileRows }))
        {
            List<Statement> body = new() { new LetIndex("tail", to - (Index)count) };
            body.AddRange(tile(Index.Variable("tail"), count));
            statements.Add(new Branch((to - Index.Variable("from")) % tileRows, Comparison.Equal, count, body, Array.Empty<Statement>()));
        }

        return statements;
    }

    private static IReadOnlyList<Statement> ChunkBody(
        PlanContext plan, GradientShape shape, Index left, int count, Index lane, int vectors, Index highest, Index lowest, Index? isFirst)
    {
        List<Statement> body = new();
        for (int m = 0; m < count; m++)
        {
            for (int v = 0; v < vectors; v++)
                body.Add(new Let(Names.Of("g", m, v), new NumberVec(0)));
        }

        int turns = plan.Rows % 2 == 0 && plan.Rows > 2 ? 2 : 1;
        List<Statement> rowBody = new();
        for (int turn = 0; turn < turns; turn++)
            rowBody.AddRange(RowTurn(plan, shape, Index.Variable("row"), turn, count, vectors));

        Index step = Index.Variable("step");
        List<Statement> stepBody = new();
        if (shape.LeftStride is not null)
            stepBody.Add(new Point("l", shape.LeftAt(step) + left * shape.LeftStride.LaneStride));
        stepBody.Add(new Point("r", shape.RightAt(step) + lane));
        stepBody.Add(plan.Rows == 1
            ? new Block(RowTurn(plan, shape, 0, 0, count, vectors))
            : new Loop("row", 0, plan.EndRow, turns, rowBody));
        body.Add(new Loop("step", highest, lowest, -1, stepBody));

        Index stride = plan.Size("targetStride", shape.TargetPitch);
        (Place Place, Vec Sum)[] sums = Enumerable.Range(0, count * vectors)
            .Select(i => (Row: i / vectors, Vector: i % vectors))
            .Select(a => (plan.IsForAnyWidth ? new Place(Names.Of("t", a.Row), Index.Lanes * a.Vector) : new Place("target", (left + a.Row) * stride + lane + Index.Lanes * a.Vector), Vec.Local(Names.Of("g", a.Row, a.Vector))))
            .ToArray();
        for (int m = 0; m < count && plan.IsForAnyWidth; m++)
            body.Add(new Point(Names.Of("t", m), new Place("target", (left + m) * stride + lane)));
        IReadOnlyList<Statement> stored = sums.Select(s => (Statement)new Store(s.Place, s.Sum)).ToList();
        IReadOnlyList<Statement> added = sums.Select(s => (Statement)new Store(s.Place, new ApplyVec(Ir.OpCode.Add, new[] { new LoadVec(s.Place), s.Sum }))).ToList();
        if (isFirst is null)
            body.AddRange(stored);
        else
            body.Add(new Branch(isFirst, Comparison.Equal, 0, stored, added));
        return body;
    }

    /// <summary>The terms of one row. Pointers go on from row to row where the distance of rows is no constant.</summary>
    private static IReadOnlyList<Statement> RowTurn(PlanContext plan, GradientShape shape, Index row, int turn, int count, int vectors)
    {
        List<Statement> body = new();
        Index At(Layout layout) => plan.HasRowPointers ? 0 : (row + turn) * layout.RowStride;
        for (int v = 0; v < vectors; v++)
            body.Add(new Let(Names.Of("d", turn, v), new LoadVec(new Place("r", At(shape.RightStride) + Index.Lanes * v))));
        for (int m = 0; m < count; m++)
        {
            if (shape.LeftStride is not null)
                body.Add(new Let(Names.Of("a", turn, m), new SplatVec(new Place("l", At(shape.LeftStride) + (Index)(m * shape.LeftStride.LaneStride)))));
            for (int v = 0; v < vectors; v++)
            {
                string g = Names.Of("g", m, v);
                Vec d = Vec.Local(Names.Of("d", turn, v));
                body.Add(new Assign(g, shape.LeftStride is null
                    ? new ApplyVec(Ir.OpCode.Add, new[] { Vec.Local(g), d })
                    : new FmaVec(Vec.Local(Names.Of("a", turn, m)), d, Vec.Local(g))));
            }
        }

        if (plan.HasRowPointers)
        {
            body.Add(new Advance("r", plan.Size("rightRow", shape.RightStride.RowStride)));
            if (shape.LeftStride is not null)
                body.Add(new Advance("l", plan.Size("leftRow", shape.LeftStride.RowStride)));
        }

        return body;
    }
}
