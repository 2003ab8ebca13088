using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;

namespace GenRnn.Compiler.Scheduling;

/// <summary>
/// Weight gradients with rows in lanes: row r goes to partial sum r mod 16, one chain of fused multiply-adds a partial sum over steps
/// (last step first), and within a step over the sixteens of rows; then the partial sums are folded s[i] += s[i+8], s[i+4], s[i+2], s[i+1].
/// Where the rows of a tile are more than the first-level cache holds for all steps, they are taken in pieces of steps, and the chains wait in memory between them.
/// </summary>
internal static class RowLaneGradients
{
    private const int Partials = 16;

    /// <summary>Bytes of a tile's operands that stay in the first-level cache beside the chains that are taken up and laid down.</summary>
    private const int CachedBytes = 24 * 1024;

    /// <summary>Columns of the parameter in a tile of a wide machine.</summary>
    private const int Rights = 2;

    private const string Piece = "piece";

    /// <summary>Where chains wait, [rows, columns, 16] of the parameter.</summary>
    public const string Waiting = "waiting";

    /// <summary>Steps that a tile's operands are read for at a time; all if they fit the cache.</summary>
    public static int StepsPerPiece(PlanContext plan, GradientShape shape)
    {
        int bytes = (Math.Min(Larger(shape), shape.LeftWidth) + Rights) * Layout.Pad(plan.Rows) * (plan.LaneCounts.Contains(2) ? sizeof(double) : sizeof(float));
        int pieces = shape.LeftStride is null ? 1 : (shape.Steps * bytes + CachedBytes - 1) / CachedBytes;
        return (shape.Steps + pieces - 1) / pieces;
    }

    /// <summary>Elements of memory for chains that wait; 0 if none does.</summary>
    public static int WaitingLength(PlanContext plan, GradientShape shape) =>
        StepsPerPiece(plan, shape) == shape.Steps ? 0 : shape.LeftWidth * shape.RightWidth * Partials;

    public static List<Statement> Build(PlanContext plan, GradientShape shape)
    {
        // Sixteen partial sums are 1, 2, 4 or 8 vectors: a body for each width of the machine, of which the JIT keeps one. The tuned
        // one is 256 bits; the others keep to small tiles, so that a model's source stays small.
        IReadOnlyList<Statement> body = ForLanes(plan, shape, plan.LaneCounts[plan.LaneCounts.Count - 1]);
        for (int i = plan.LaneCounts.Count - 2; i >= 0; i--)
            body = new[] { new Branch(Index.Lanes, Comparison.Equal, plan.LaneCounts[i], ForLanes(plan, shape, plan.LaneCounts[i]), body) };
        return body.ToList();
    }

    private static IReadOnlyList<Statement> ForLanes(PlanContext plan, GradientShape shape, int lanes) => (Partials / lanes) switch
    {
        1 => Tiles(plan, shape, 2, 2, 1),
        2 => shape.LeftStride is null
            ? Tiles(plan, shape, 1, 2, 2)
            : new Statement[] { new RegisterBranch(Tiles(plan, shape, Larger(shape), Rights, 2), Tiles(plan, shape, 3, 2, 2)) },
        4 => Tiles(plan, shape, 1, 2, 4),
        _ => Tiles(plan, shape, 1, 1, 8),
    };

    // Five rows of the parameter fit 32 registers; four if that leaves no remainder.
    private static int Larger(GradientShape shape) => shape.LeftWidth % 5 != 0 && shape.LeftWidth % 4 == 0 ? 4 : 5;

    private static IReadOnlyList<Statement> Tiles(PlanContext plan, GradientShape shape, int lefts, int rights, int vectors)
    {
        if (shape.LeftStride is null)
            return ByRight(shape, 4 / Math.Min(4, vectors) + 1, (right, n) => TileBody(plan, shape, 0, 1, right, n, vectors));

        int length = StepsPerPiece(plan, shape);
        int pieces = (shape.Steps + length - 1) / length;
        IReadOnlyList<Statement> Left(Index left, int m)
        {
            IReadOnlyList<Statement> tiles = ByRight(shape, rights, (right, n) => TileBody(plan, shape, left, m, right, n, vectors));
            return pieces == 1 ? tiles : new Statement[] { new Loop(Piece, 0, pieces, 1, tiles) };
        }

        lefts = Math.Min(lefts, shape.LeftWidth);
        Index to = Index.Variable("to");
        List<Statement> statements = new() { new Loop("left", Index.Variable("from"), to - (Index)(lefts - 1), lefts, Left(Index.Variable("left"), lefts)) };
        if (lefts > 1)
        {
            Index rest = Index.Variable("from") + (to - Index.Variable("from")) / lefts * lefts;
            statements.Add(new Loop("left", rest, to, 1, Left(Index.Variable("left"), 1)));
        }

        return statements;
    }

    private static IReadOnlyList<Statement> ByRight(GradientShape shape, int rights, Func<Index, int, IReadOnlyList<Statement>> tile)
    {
        int whole = shape.RightWidth / rights * rights;
        List<Statement> statements = new();
        if (whole > 0)
            statements.Add(new Loop("unit", 0, whole, rights, tile(Index.Variable("unit"), rights)));
        if (whole < shape.RightWidth)
            statements.Add(new Block(tile(whole, shape.RightWidth - whole)));
        return statements;
    }

    private static IReadOnlyList<Statement> TileBody(PlanContext plan, GradientShape shape, Index left, int m, Index right, int n, int vectors)
    {
        int length = StepsPerPiece(plan, shape);
        int pieces = (shape.Steps + length - 1) / length;
        Index piece = Index.Variable(Piece);
        List<Statement> body = new();
        foreach ((int i, int j, int q) in Accumulators(m, n, vectors))
            body.Add(new Let(Names.Of("g", i, j, q), new NumberVec(0)));
        Place WaitingAt(int i, int j, int q) => new(Waiting, ((left + i) * shape.RightWidth + right + j) * Partials + Index.Lanes * q);
        if (pieces > 1)
        {
            body.Add(new Branch(piece, Comparison.Greater, 0,
                Accumulators(m, n, vectors).Select(a => (Statement)new Assign(Names.Of("g", a.Left, a.Right, a.Vector), new LoadVec(WaitingAt(a.Left, a.Right, a.Vector)))).ToList(), Array.Empty<Statement>()));
        }

        Index step = Index.Variable("step");
        Index row = Index.Variable("row");
        List<Statement> rowBody = new();
        for (int q = 0; q < vectors; q++)
        {
            if (shape.LeftStride is not null)
            {
                for (int i = 0; i < m; i++)
                    rowBody.Add(new Let(Names.Of("a", i, q), new LoadVec(new Place("l", (Index)(i * shape.LeftStride.LaneStride) + row + Index.Lanes * q))));
            }

            for (int j = 0; j < n; j++)
            {
                string d = Names.Of("d", j, q);
                rowBody.Add(new Let(d, new LoadVec(new Place("r", (Index)(j * shape.RightStride.LaneStride) + row + Index.Lanes * q))));
                for (int i = 0; i < m; i++)
                {
                    Vec g = Vec.Local(Names.Of("g", i, j, q));
                    rowBody.Add(new Assign(Names.Of("g", i, j, q), shape.LeftStride is null
                        ? new ApplyVec(OpCode.Add, new[] { g, Vec.Local(d) })
                        : new FmaVec(Vec.Local(Names.Of("a", i, q)), Vec.Local(d), g)));
                }
            }
        }

        List<Statement> stepBody = new();
        if (shape.LeftStride is not null)
            stepBody.Add(new Point("l", new Place("left_", shape.LeftSlot!(step) * shape.LeftStride.SlotStride + left * shape.LeftStride.LaneStride)));
        stepBody.Add(new Point("r", new Place("right", shape.RightSlot(step) * shape.RightStride.SlotStride + right * shape.RightStride.LaneStride)));
        int padded = Layout.Pad(plan.Rows);
        stepBody.Add(new Loop("row", 0, padded, Partials, rowBody));
        body.Add(pieces == 1
            ? new Loop("step", shape.Steps - 1, 0, -1, stepBody)
            : new Loop("step", (Index)(shape.Steps - 1) - piece * length, new MaximumIndex(0, (Index)(shape.Steps - length) - piece * length), -1, stepBody));

        List<Statement> end = new(Fold(shape, left, m, right, n, vectors));
        if (pieces == 1)
            body.AddRange(end);
        else
            body.Add(new Branch(piece, Comparison.Equal, pieces - 1, end,
                Accumulators(m, n, vectors).Select(a => (Statement)new Store(WaitingAt(a.Left, a.Right, a.Vector), Vec.Local(Names.Of("g", a.Left, a.Right, a.Vector)))).ToList()));
        return body;
    }

    private static IEnumerable<Statement> Fold(GradientShape shape, Index left, int m, Index right, int n, int vectors)
    {
        for (int distance = vectors / 2; distance > 0; distance /= 2)
        {
            foreach ((int i, int j, int q) in Accumulators(m, n, distance))
            {
                yield return new Assign(Names.Of("g", i, j, q), new ApplyVec(OpCode.Add,
                    new[] { Vec.Local(Names.Of("g", i, j, q)), Vec.Local(Names.Of("g", i, j, q + distance)) }));
            }
        }

        foreach ((int i, int j, int _) in Accumulators(m, n, 1))
            yield return new StoreScalar(new Place("target", (left + i) * shape.TargetPitch + right + j), new FoldScalar(Vec.Local(Names.Of("g", i, j, 0))));
    }

    private static IEnumerable<(int Left, int Right, int Vector)> Accumulators(int m, int n, int vectors) =>
        from i in Enumerable.Range(0, m)
        from j in Enumerable.Range(0, n)
        from q in Enumerable.Range(0, vectors)
        select (i, j, q);
}
