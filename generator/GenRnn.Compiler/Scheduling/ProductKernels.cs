using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Scheduling;

/// <summary>What a product reads and writes.</summary>
/// <param name="Linear">The product.</param>
/// <param name="Operands">Sites of the operands of its terms, with their first lane.</param>
/// <param name="Names">What a reader calls the operands.</param>
/// <param name="Initial">Site of the value that its chains start from, or null.</param>
/// <param name="Target">Where the result goes.</param>
internal sealed record ProductSites(Value Linear, IReadOnlyList<(Site Site, int Lane)> Operands, IReadOnlyList<string> Names, Site? Initial, Site Target);

/// <summary>Register-tiled products: every output is one chain of fused multiply-adds, held in a local from bias to store.</summary>
internal static class ProductKernels
{
    /// <summary>Multiply-adds that one turn of a k loop should have at least, to hide the loop's own cost.</summary>
    private const int MinimumTurn = 12;

    /// <summary>Multiply-adds up to which a chain is written out without a loop.</summary>
    private const int MaximumFlat = 48;

    /// <summary>The same where units fill the lanes and there are several rows: two turns. A single row's kernels are so short that a loop which ends soon shows.</summary>
    private const int MaximumFlatOfRows = 2 * MinimumTurn;

    /// <summary>Row vectors of the longest tile with rows in lanes.</summary>
    private const int MostRowVectors = 4;

    /// <summary>Elements of a panel that fills most of a first-level cache of 32 KB.</summary>
    private const int SmallestAlternating = 6 * 1024;

    /// <summary>Elements of a panel of which a first-level cache holds too little to matter.</summary>
    private const int LargestAlternating = 25 * 1024;

    public static Panel PanelOf(Value linear, int blockVectors, int blockLanes)
    {
        List<PanelSegment> segments = new();
        if (linear.Bias is not null)
            segments.Add(PanelSegment.Of(linear.Bias));
        segments.AddRange(linear.Terms.Select(t => PanelSegment.Of(t.Weights)));
        return new Panel(linear.Width, blockVectors, blockLanes, segments.ToEquatableArray());
    }

    /// <summary>Tile of a product with units in lanes.</summary>
    public static Tile TileOf(PlanContext plan, Value linear) =>
        TileChoice.ForUnits(plan.Rows, linear.Width, linear.Terms.Sum(t => t.Weights.Rows));

    /// <summary>
    /// Whether the panel's blocks are read in turns upwards and downwards from step to step: one row streams a panel that does not stay in the
    /// first-level cache, but starts with those blocks that the step before has read last.
    /// </summary>
    public static bool Alternates(PlanContext plan, Value linear)
    {
        long elements = (long)PanelOf(linear, 1, 0).RowCount * Layout.Pad(linear.Width);
        return plan.Axis == LaneAxis.Units && plan.Rows == 1 && elements is >= SmallestAlternating and <= LargestAlternating;
    }

    public static KernelCall Build(PlanContext plan, string name, string summary, ProductSites sites, PointwiseBody? epilogue)
    {
        KernelScope scope = epilogue?.Scope ?? new KernelScope();
        List<Statement> body = Statements(plan, sites, scope, epilogue);
        IEnumerable<string> numbers = Alternates(plan, sites.Linear) ? plan.RangeNames.Append(TimeLoop.TurnNumber) : plan.RangeNames;
        Kernel kernel = plan.Kernels.Add(name + plan.Suffix, summary, scope.Names, numbers.ToList(), body);
        return new KernelCall(kernel, scope.Arguments);
    }

    public static List<Statement> Statements(PlanContext plan, ProductSites sites, KernelScope scope, PointwiseBody? epilogue) =>
        plan.Axis == LaneAxis.Units ? Units(plan, sites, scope, epilogue) : Rows(plan, sites, scope);

    /// <summary>
    /// A product of one row whose width is a whole number of vectors, <paramref name="vectors"/>: all its accumulators stay in locals, alive at once.
    /// </summary>
    /// <param name="accumulator">Name of the local for each vector.</param>
    public static IEnumerable<Statement> InLocals(PlanContext plan, ProductSites sites, KernelScope scope, int vectors, Func<int, string> accumulator)
    {
        Value linear = sites.Linear;
        Tile tile = TileOf(plan, linear);
        Panel panel = PanelOf(linear, tile.Vectors, 0);
        ProductOperand[] operands = ProductOperand.Of(sites, scope);
        string panelName = scope.Reference(plan.Panels.Add(panel), "weights");
        string? initial = sites.Initial is null ? null : scope.Reference(sites.Initial, "start");
        for (int first = 0; first < vectors; first += tile.Vectors)
        {
            int count = Math.Min(tile.Vectors, vectors - first);
            Place block = new(panelName, Index.Lanes * (first * panel.RowCount));
            for (int v = 0; v < count; v++)
            {
                yield return new Let(accumulator(first + v), linear.Bias is not null ? new LoadVec(block + Index.Lanes * v)
                    : initial is not null ? new LoadVec(new Place(initial, Index.Lanes * (first + v)))
                    : new NumberVec(0));
            }

            Place weights = linear.Bias is null ? block : block + Index.Lanes * count;
            int start = first;
            yield return new Block(Pointers(operands, 0, weights).Concat(UnitsChains(plan, operands, 0, 1, count, (_, v) => accumulator(start + v))).ToList());
        }
    }

    private static List<Statement> Units(PlanContext plan, ProductSites sites, KernelScope scope, PointwiseBody? epilogue)
    {
        Value linear = sites.Linear;
        Tile tile = TileOf(plan, linear);
        Panel panel = PanelOf(linear, tile.Vectors, 0);
        // One chain alone waits for its operands, which the kernel before it has just stored.
        ProductOperand[] operands = ProductOperand.Of(sites, scope, isSingle: plan.Rows == 1 && tile.Accumulators == 1);
        string panelName = scope.Reference(plan.Panels.Add(panel), "weights");
        string? initial = sites.Initial is null ? null : scope.Reference(sites.Initial, "start");
        string? target = epilogue is null ? scope.Reference(sites.Target.From(sites.Target.Lane), "result") : null;
        // Behind a part that ends within a vector other parts of its row begin.
        bool endsWithin = sites.Target.IsPart && linear.Width % Layout.Padding != 0;

        IReadOnlyList<Statement> Block(Index block, int vectors)
        {
            List<Statement> statements = new()
            {
                new Point("panel", new Place(panelName, block * (tile.Vectors * panel.RowCount) * Index.Lanes)),
            };
            IReadOnlyList<Statement> TileBody(Index row, int rows)
            {
                Index lane = block * tile.Vectors * Index.Lanes;
                Place weights = new("panel", linear.Bias is null ? 0 : Index.Lanes * vectors);
                List<Statement> body = Pointers(operands, row, weights).ToList();
                for (int r = 0; r < rows; r++)
                {
                    for (int v = 0; v < vectors; v++)
                    {
                        Vec start = linear.Bias is not null ? new LoadVec(new Place("panel", Index.Lanes * v))
                            : initial is not null ? new LoadVec(new Place(initial, (row + r) * sites.Initial!.Layout.RowStride + lane + Index.Lanes * v))
                            : new NumberVec(0);
                        body.Add(new Let(Names.Of("z", r, v), start));
                    }
                }

                body.AddRange(UnitsChains(plan, operands, row, rows, vectors, (r, v) => Names.Of("z", r, v)));
                for (int r = 0; r < rows; r++)
                {
                    for (int v = 0; v < vectors; v++)
                    {
                        Index at = lane + Index.Lanes * v;
                        string z = Names.Of("z", r, v);
                        if (epilogue is not null)
                            body.AddRange(epilogue.Emit(row + r, at, value => value == linear ? z : null, Names.Of("_", r, v)));
                        else
                            body.Add(StoreTo(new Place(target!, (row + r) * sites.Target.Layout.RowStride + at), z, endsWithin ? linear.Width - at : null));
                    }
                }

                return body;
            }

            statements.AddRange(TileChoice.ByRegisters(tile, vectors, rows => RowLoops.ByRows(plan, rows, TileBody).ToList()));
            return statements;
        }

        return RowLoops.ByBlocks(plan, linear.Width, tile.Vectors, Block, Alternates(plan, linear) ? Index.Variable(TimeLoop.TurnNumber) : null).ToList();
    }

    private static Statement StoreTo(Place place, string local, Index? count) =>
        count is null ? new Store(place, Vec.Local(local)) : new StoreTail(place, Vec.Local(local), count);

    /// <summary>Where a tile's rows and its weights begin.</summary>
    private static IEnumerable<Statement> Pointers(IEnumerable<ProductOperand> operands, Index row, Place weights)
    {
        foreach (ProductOperand operand in operands.Where(o => o.Taps == 1))
            yield return new Point(operand.Local, operand.At(row));
        yield return new Point("w", weights);
    }

    /// <summary>The chains of a tile, over all terms.</summary>
    private static IEnumerable<Statement> UnitsChains(PlanContext plan, IEnumerable<ProductOperand> operands, Index row, int rows, int vectors, Func<int, int, string> accumulator) =>
        operands.SelectMany(operand => Taps(operand, row, operand.Length * rows * vectors <= FlatOf(plan),
            Chain(operand.Length, rows * vectors, FlatOf(plan), (k, turn) => UnitsTurn(operand, k, turn, rows, vectors, accumulator), vectors)));

    private static int FlatOf(PlanContext plan) => plan.Rows == 1 ? MaximumFlat : MaximumFlatOfRows;

    /// <summary>The chain of an operand's every tap, in a loop unless it is short.</summary>
    private static IEnumerable<Statement> Taps(ProductOperand operand, Index row, bool isFlat, IEnumerable<Statement> chain)
    {
        if (operand.Taps == 1)
            return chain;
        IReadOnlyList<Statement> Tap(Index tap, Index distance) => chain.Prepend(new Point(operand.Local, operand.At(row) + tap * distance)).ToList();
        return isFlat
            ? Enumerable.Range(0, operand.Taps).Select(tap => (Statement)new Block(Tap(tap, operand.Distance)))
            : new Statement[] { new Loop("tap", 0, operand.TapCount, 1, Tap(Index.Variable("tap"), operand.TapDistance)) };
    }

    private static List<Statement> UnitsTurn(ProductOperand operand, Index k, int turn, int rows, int vectors, Func<int, int, string> accumulator)
    {
        List<Statement> body = new();
        bool isSingle = rows == 1;
        for (int v = 0; v < vectors && !isSingle; v++)
            body.Add(new Let(Names.Of("w", turn, v), new LoadVec(new Place("w", Index.Lanes * (turn * vectors + v)))));
        for (int r = 0; r < rows; r++)
        {
            string splat = Names.Of("a", turn, r);
            body.Add(new Let(splat, operand.IsTakenFromVectors && k is ConstantIndex start
                ? new SplatLaneVec(new Place(operand.Local, 0), start.Value + turn)
                : new SplatVec(new Place(operand.Local, (k + turn) * operand.Layout.LaneStride + (Index)(r * operand.Layout.RowStride)))));
            for (int v = 0; v < vectors; v++)
            {
                Vec weight = isSingle ? new LoadVec(new Place("w", Index.Lanes * (turn * vectors + v))) : Vec.Local(Names.Of("w", turn, v));
                string z = accumulator(r, v);
                body.Add(new Assign(z, new FmaVec(Vec.Local(splat), weight, Vec.Local(z))));
            }
        }

        return body;
    }

    private static List<Statement> Rows(PlanContext plan, ProductSites sites, KernelScope scope)
    {
        Value linear = sites.Linear;
        int outputs = TileChoice.OutputsForRows(linear.Width);
        Panel panel = PanelOf(linear, 0, outputs);
        ProductOperand[] operands = ProductOperand.Of(sites, scope);
        string panelName = scope.Reference(plan.Panels.Add(panel), "weights");
        string? initial = sites.Initial is null ? null : scope.Reference(sites.Initial, "start");
        string target = scope.Reference(sites.Target.From(sites.Target.Lane), "result");

        IReadOnlyList<Statement> Units(Index unit, int count)
        {
            List<Statement> statements = new() { new Point("panel", new Place(panelName, unit * Index.Size("panelRows", panel.RowCount))) };
            IReadOnlyList<Statement> TileBody(Index row, int vectors)
            {
                List<Statement> body = Pointers(operands, row, new Place("panel", linear.Bias is null ? 0 : count)).ToList();
                for (int j = 0; j < count; j++)
                {
                    for (int v = 0; v < vectors; v++)
                    {
                        Vec start = linear.Bias is not null ? (v == 0 ? new SplatVec(new Place("panel", j)) : Vec.Local(Names.Of("z", j, 0)))
                            : initial is not null ? new LoadVec(new Place(initial, (unit + j) * sites.Initial!.Layout.LaneStride + row + Index.Lanes * v))
                            : new NumberVec(0);
                        body.Add(new Let(Names.Of("z", j, v), start));
                    }
                }

                foreach (ProductOperand operand in operands)
                    body.AddRange(Taps(operand, row, IsFlatForRows(operand, count), RowsChain(operand, count, vectors)));

                for (int j = 0; j < count; j++)
                {
                    for (int v = 0; v < vectors; v++)
                    {
                        body.Add(new Store(new Place(target, (unit + j) * sites.Target.Layout.LaneStride + row + Index.Lanes * v), Vec.Local(Names.Of("z", j, v))));
                    }
                }

                return body;
            }

            statements.AddRange(RowLoops.ByRowVectors(plan, count, TileBody));
            return statements;
        }

        List<Statement> result = new();
        Index units = Index.Size("units", linear.Width);
        int rest = linear.Width % outputs;
        if (linear.Width - rest > outputs)
            result.Add(new Loop("unit", 0, units - (Index)(outputs - 1), outputs, Units(Index.Variable("unit"), outputs)));
        else
            result.Add(new Block(Units(0, outputs)));
        if (rest > 0)
            result.Add(new Block(Units(units - (Index)rest, rest)));
        return result;
    }

    /// <summary>The k loop of one term, whose length may be a number: a few terms a turn, in narrow tiles and for few vectors.</summary>
    private static IEnumerable<Statement> RowsChain(ProductOperand operand, int outputs, int vectors)
    {
        int length = operand.Length;
        int terms = IsFlatForRows(operand, outputs) ? length : Math.Min(length, outputs * vectors < MinimumTurn ? 2 : 1);
        List<Statement> Turns(Index k, int count)
        {
            List<Statement> turns = Enumerable.Range(0, count).SelectMany(turn => RowsTurn(operand, k, turn, outputs, vectors)).ToList();
            turns.Add(new Advance("w", count * outputs));
            return turns;
        }

        if (terms == length)
        {
            yield return new Block(Turns(0, length));
            yield break;
        }

        Index end = operand.LengthSize;
        yield return new Loop("k", 0, end - (Index)(terms - 1), terms, Turns(Index.Variable("k"), terms));
        if (length % terms > 0)
            yield return new Block(Turns(end - 1, 1));
    }

    private static bool IsFlatForRows(ProductOperand operand, int outputs) => operand.Length * outputs <= MaximumFlat / MostRowVectors;

    private static List<Statement> RowsTurn(ProductOperand operand, Index k, int turn, int outputs, int vectors)
    {
        List<Statement> body = new();
        for (int v = 0; v < vectors; v++)
        {
            body.Add(new Let(Names.Of("a", turn, v), new LoadVec(new Place(operand.Local, (k + turn) * operand.Layout.LaneStride + Index.Lanes * v))));
        }

        for (int j = 0; j < outputs; j++)
        {
            string splat = Names.Of("w", turn, j);
            body.Add(new Let(splat, new SplatVec(new Place("w", turn * outputs + j))));
            for (int v = 0; v < vectors; v++)
            {
                string z = Names.Of("z", j, v);
                body.Add(new Assign(z, new FmaVec(Vec.Local(splat), Vec.Local(Names.Of("a", turn, v)), Vec.Local(z))));
            }
        }

        return body;
    }

    /// <summary>The k loop of one term: written out if short, else a loop of a few terms a turn.</summary>
    private static IEnumerable<Statement> Chain(int length, int accumulators, int maximumFlat, Func<Index, int, List<Statement>> turn, int vectors)
    {
        Index Weights(int terms) => Index.Lanes * (terms * vectors);

        if (length * accumulators <= maximumFlat)
        {
            List<Statement> flat = new();
            for (int k = 0; k < length; k++)
                flat.AddRange(turn(0, k));
            flat.Add(new Advance("w", Weights(length)));
            yield return new Block(flat);
            yield break;
        }

        int terms = Math.Max(1, Math.Min(length, (MinimumTurn + accumulators - 1) / accumulators));
        int whole = length / terms * terms;
        List<Statement> body = new();
        for (int k = 0; k < terms; k++)
            body.AddRange(turn(Index.Variable("k"), k));
        body.Add(new Advance("w", Weights(terms)));
        yield return new Loop("k", 0, whole, terms, body);
        if (whole == length)
            yield break;
        List<Statement> rest = new();
        for (int k = 0; k < length - whole; k++)
            rest.AddRange(turn(whole, k));
        rest.Add(new Advance("w", Weights(length - whole)));
        yield return new Block(rest);
    }
}
