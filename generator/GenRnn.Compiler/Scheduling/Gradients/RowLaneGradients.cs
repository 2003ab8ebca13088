using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Kernels;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Tiles;
using GenRnn.Compiler.Targets;

namespace GenRnn.Compiler.Scheduling.Gradients;

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
        long bytes = (long)(Math.Min(Larger(shape), shape.LeftWidth) + Rights) * Target.Pad(plan.Rows) * plan.Target.ElementBytes;
        int pieces = shape.LeftStride is null ? 1 : (int)Math.Min(shape.Steps, (shape.Steps * bytes + CachedBytes - 1) / CachedBytes);
        return (shape.Steps + pieces - 1) / pieces;
    }

    /// <summary>Elements of memory for chains that wait; 0 if none does.</summary>
    public static int WaitingLength(PlanContext plan, GradientShape shape) =>
        StepsPerPiece(plan, shape) == shape.Steps ? 0 : SizeLimit.Check((long)shape.LeftWidth * shape.RightWidth * Partials, "the sums of a weight gradient that wait");

    public static List<Statement> Build(PlanContext plan, GradientShape shape)
    {
        // Sixteen partial sums are 1, 2, 4 or 8 vectors: a body for each width of the machine, of which the JIT keeps one. The tuned
        // one is 256 bits; the others keep to small tiles, so that a model's source stays small.
        IReadOnlyList<Statement> body = ForLanes(plan, shape, plan.Target.Lanes.Wide);
        for (int i = plan.Target.Lanes.All.Count - 2; i >= 0; i--)
            body = new[] { new Branch(Index.Lanes, Comparison.Equal, plan.Target.Lanes.All[i], ForLanes(plan, shape, plan.Target.Lanes.All[i]), body) };
        return body.ToList();
    }

    private static IReadOnlyList<Statement> ForLanes(PlanContext plan, GradientShape shape, int lanes)
    {
        int vectors = Partials / lanes;
        if (shape.LeftStride is null)
            return Sums(plan, shape, Math.Min(4, 8 / vectors), vectors);
        return vectors switch
        {
            1 => Tiles(plan, shape, 2, 2, 2, 1),
            2 => Tiles(plan, shape, Larger(shape), 3, Rights, 2),
            4 => Tiles(plan, shape, 1, 1, 2, 4),
            _ => Tiles(plan, shape, 1, 1, 1, 8),
        };
    }

    /// <summary>Rows x columns of the parameter in a tile of the width that is tuned for.</summary>
    public static Tile TileOf(GradientShape shape) => new(Math.Min(Larger(shape), shape.LeftWidth), Math.Min(Rights, shape.RightWidth));

    // Five rows of the parameter fit 32 registers; four if that leaves no remainder.
    private static int Larger(GradientShape shape) => shape.LeftWidth % 5 != 0 && shape.LeftWidth % 4 == 0 ? 4 : 5;

    /// <summary>Tiles of several rows of the parameter, then what remains row by row.</summary>
    /// <param name="many">Rows of a tile for 32 registers.</param>
    /// <param name="few">Rows of a tile for 16 registers.</param>
    private static IReadOnlyList<Statement> Tiles(PlanContext plan, GradientShape shape, int many, int few, int rights, int vectors)
    {
        Index from = Index.Variable(LoopNumbers.From), to = Index.Variable(LoopNumbers.To), left = Index.Variable("left"), rest = Index.Variable("rest");
        IReadOnlyList<Statement> Row(Index first, int m)
        {
            IReadOnlyList<Statement> tiles = ByRight(shape, rights, (right, n) => TileBody(plan, shape, first, m, right, n, vectors));
            return IsWhole(plan, shape) ? tiles : new Statement[] { new Loop(Piece, 0, Pieces(plan, shape), 1, tiles) };
        }

        many = Math.Min(many, shape.LeftWidth);
        few = Math.Min(few, shape.LeftWidth);
        if (many == 1)
            return new Statement[] { new Loop("left", from, to, 1, Row(left, 1)) };

        Statement[] Whole(int m) => new Statement[]
        {
            new Loop("left", from, to - (Index)(m - 1), m, Row(left, m)),
            new AssignIndex("rest", from + (to - from) / m * m),
        };
        List<Statement> statements = new() { new LetIndex("rest", from) };
        if (many == few)
            statements.AddRange(Whole(many));
        else
            statements.Add(new RegisterBranch(Whole(many), Whole(few)));
        statements.Add(new Loop("left", rest, to, 1, Row(left, 1)));
        return statements;
    }

    // The rest of the columns is a loop even where there is none: whatever the width, sums of a batch are one kernel.
    private static IReadOnlyList<Statement> Sums(PlanContext plan, GradientShape shape, int rights, int vectors)
    {
        Index unit = Index.Variable("unit"), units = Units(shape);
        Loop whole = new("unit", 0, units - (Index)(rights - 1), rights, TileBody(plan, shape, 0, 1, unit, rights, vectors));
        // Columns one at a time leave none.
        return rights == 1
            ? new[] { whole }
            : new[] { whole, new Loop("unit", units / rights * rights, units, 1, TileBody(plan, shape, 0, 1, unit, 1, vectors)) };
    }

    private static IReadOnlyList<Statement> ByRight(GradientShape shape, int rights, Func<Index, int, IReadOnlyList<Statement>> tile)
    {
        Index unit = Index.Variable("unit"), units = Units(shape);
        List<Statement> statements = new();
        if (shape.RightWidth >= rights)
            statements.Add(new Loop("unit", 0, units - (Index)(rights - 1), rights, tile(unit, rights)));
        if (shape.RightWidth % rights != 0)
            statements.Add(new Loop("unit", units / rights * rights, units, 1, tile(unit, 1)));
        return statements;
    }

    // Layers of the same kind differ in these alone, and have one kernel.
    private static Index Steps(GradientShape shape) => Index.Size("steps", shape.Steps);

    private static Index Units(GradientShape shape) => Index.Size("units", shape.RightWidth);

    private static Index PieceSteps(PlanContext plan, GradientShape shape) => Index.Size("pieceSteps", StepsPerPiece(plan, shape));

    private static Index Pieces(PlanContext plan, GradientShape shape) =>
        Index.Size("pieces", (shape.Steps + StepsPerPiece(plan, shape) - 1) / StepsPerPiece(plan, shape));

    private static bool IsWhole(PlanContext plan, GradientShape shape) => StepsPerPiece(plan, shape) == shape.Steps;

    private static IReadOnlyList<Statement> TileBody(PlanContext plan, GradientShape shape, Index left, int m, Index right, int n, int vectors)
    {
        Index piece = Index.Variable(Piece);
        bool isWhole = IsWhole(plan, shape);
        List<Statement> body = new();
        foreach ((int i, int j, int q) in Accumulators(m, n, vectors))
            body.Add(new Let(Names.Of("g", i, j, q), new NumberVec(0)));
        Place WaitingAt(int i, int j, int q) => new(Waiting, ((left + i) * Units(shape) + right + j) * Partials + Index.Lanes * q);
        if (!isWhole)
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
            stepBody.Add(new Point("l", shape.LeftAt(step) + left * shape.LeftStride.LaneStride));
        stepBody.Add(new Point("r", shape.RightAt(step) + right * shape.RightStride.LaneStride));
        stepBody.Add(new Loop("row", 0, plan.EndRow, Partials, rowBody));
        Index length = PieceSteps(plan, shape);
        body.Add(isWhole
            ? new Loop("step", Steps(shape) - 1, 0, -1, stepBody)
            : new Loop("step", Steps(shape) - 1 - piece * length, new MaximumIndex(0, Steps(shape) - length - piece * length), -1, stepBody));

        List<Statement> end = new(Fold(shape, left, m, right, n, vectors));
        if (isWhole)
            body.AddRange(end);
        else
            body.Add(new Branch(piece, Comparison.Equal, Pieces(plan, shape) - 1, end,
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
            yield return new StoreScalar(new Place("target", (left + i) * Index.Size("targetStride", shape.TargetPitch) + right + j), new FoldScalar(Vec.Local(Names.Of("g", i, j, 0))));
    }

    private static IEnumerable<(int Left, int Right, int Vector)> Accumulators(int m, int n, int vectors) =>
        from i in Enumerable.Range(0, m)
        from j in Enumerable.Range(0, n)
        from q in Enumerable.Range(0, vectors)
        select (i, j, q);
}
