using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Scheduling.Tiles;
using GenRnn.Compiler.Spec;
using GenRnn.Compiler.Targets;

namespace GenRnn.Compiler.Scheduling.Kernels;

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

    public static Panel PanelOf(PlanContext plan, Value linear, int blockVectors, int blockLanes)
    {
        List<PanelSegment> segments = new();
        if (linear.Bias is not null)
            segments.Add(PanelSegment.Of(linear.Bias));
        segments.AddRange(linear.Terms.Select(t => PanelSegment.Of(t.Weights)));
        return new Panel(plan.Target.Element, linear.Width, blockVectors, blockLanes, segments.ToEquatableArray());
    }

    /// <summary>Tile of a product with units in lanes.</summary>
    public static Tile TileOf(PlanContext plan, Value linear) =>
        TileChoice.ForUnits(plan.Rows, linear.Width, linear.Terms.Sum(t => t.Weights.Rows));

    public static KernelCall Build(PlanContext plan, string name, string summary, ProductSites sites, Func<PlanContext, PointwiseBody?> epilogueOf) => plan.Call(name, summary, p =>
    {
        PointwiseBody? epilogue = epilogueOf(p);
        KernelScope scope = epilogue?.Scope ?? new KernelScope(p.Target.Element);
        List<Statement> body = Statements(p, sites, scope, epilogue);
        return new KernelText(scope, AlternatingPanels.Has(p, sites.Linear) ? p.RangeNames.Append(LoopNumbers.Turn).ToList() : p.RangeNames, body);
    });

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
        Panel panel = PanelOf(plan, linear, tile.Vectors, 0);
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
            yield return new Block(Pointers(plan, operands, 0, 1, weights).Concat(UnitsChains(plan, operands, 0, 1, count, (_, v) => accumulator(start + v))).ToList());
        }
    }

    private static List<Statement> Units(PlanContext plan, ProductSites sites, KernelScope scope, PointwiseBody? epilogue)
    {
        Value linear = sites.Linear;
        Tile tile = TileOf(plan, linear);
        Panel panel = PanelOf(plan, linear, tile.Vectors, 0);
        // One chain alone waits for its operands, which the kernel before it has just stored.
        ProductOperand[] operands = ProductOperand.Of(sites, scope, isSingle: plan.Rows == 1 && tile.Accumulators == 1);
        string panelName = scope.Reference(plan.Panels.Add(panel), "weights");
        string? initial = sites.Initial is null ? null : scope.Reference(sites.Initial, "start");
        string? target = epilogue is null ? scope.Reference(sites.Target.From(sites.Target.Lane), "result") : null;
        Index panelRows = plan.Size("panelRows", panel.RowCount), targetStride = plan.Size("resultStride", sites.Target.Layout.RowStride);
        Index? initialStride = sites.Initial is null ? null : plan.Size("startStride", sites.Initial.Layout.RowStride);
        // Behind a part that ends within a vector other parts of its row begin.
        bool endsWithin = sites.Target.IsPart && linear.Width % Target.Padding != 0;

        IReadOnlyList<Statement> Block(Index block, int vectors)
        {
            List<Statement> statements = new()
            {
                new Point("panel", new Place(panelName, block * (panelRows * tile.Vectors) * Index.Lanes)),
            };
            IReadOnlyList<Statement> TileBody(Index row, int rows)
            {
                Index lane = block * tile.Vectors * Index.Lanes;
                Place weights = new("panel", linear.Bias is null ? 0 : Index.Lanes * vectors);
                List<Statement> body = Pointers(plan, operands, row, rows, weights).ToList();
                for (int r = 0; r < rows; r++)
                {
                    for (int v = 0; v < vectors; v++)
                    {
                        Vec start = linear.Bias is not null ? new LoadVec(new Place("panel", Index.Lanes * v))
                            : initial is not null ? new LoadVec(new Place(initial, (row + r) * initialStride! + lane + Index.Lanes * v))
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
                            body.Add(StoreTo(new Place(target!, (row + r) * targetStride + at), z, endsWithin ? plan.Size("columns", linear.Width) - at : null));
                    }
                }

                return body;
            }

            statements.AddRange(TileChoice.ByRegisters(tile, vectors, rows => RowLoops.ByRows(plan, rows, TileBody).ToList()));
            return statements;
        }

        return RowLoops.ByBlocks(plan, linear.Width, tile.Vectors, Block, AlternatingPanels.Has(plan, linear) ? Index.Variable(LoopNumbers.Turn) : null).ToList();
    }

    private static Statement StoreTo(Place place, string local, Index? count) =>
        count is null ? new Store(place, Vec.Local(local)) : new StoreTail(place, Vec.Local(local), count);

    /// <summary>Where a tile's rows and its weights begin.</summary>
    private static IEnumerable<Statement> Pointers(PlanContext plan, IEnumerable<ProductOperand> operands, Index row, int rows, Place weights) =>
        operands.Where(o => o.Taps == 1).SelectMany(o => RowPointers(plan, o, row, rows, 0)).Append(new Point("w", weights));

    /// <summary>Where the rows of a tile begin: one pointer for all where their distance is a constant, which the addresses of loads can hold.</summary>
    private static IEnumerable<Statement> RowPointers(PlanContext plan, ProductOperand operand, Index row, int rows, Index offset) => plan.HasRowPointers
        ? Enumerable.Range(0, rows).Select(r => new Point(operand.LocalOf(r), operand.At(plan, row + r) + offset))
        : new[] { new Point(operand.Local, operand.At(plan, row) + offset) };

    /// <summary>The chains of a tile, over all terms.</summary>
    private static IEnumerable<Statement> UnitsChains(PlanContext plan, IEnumerable<ProductOperand> operands, Index row, int rows, int vectors, Func<int, int, string> accumulator) =>
        operands.SelectMany(operand => Taps(plan, operand, row, rows, !plan.IsForAnyWidth && operand.Length * rows * vectors <= FlatOf(plan),
            Chain(plan, operand, rows * vectors, (k, turn) => UnitsTurn(plan, operand, k, turn, rows, vectors, accumulator), vectors)));

    private static int FlatOf(PlanContext plan) => plan.Rows == 1 ? MaximumFlat : MaximumFlatOfRows;

    /// <summary>The chain of an operand's every tap, in a loop unless it is short.</summary>
    private static IEnumerable<Statement> Taps(PlanContext plan, ProductOperand operand, Index row, int rows, bool isFlat, IEnumerable<Statement> chain)
    {
        if (operand.Taps == 1)
            return chain;
        IReadOnlyList<Statement> Tap(Index tap, Index distance) => RowPointers(plan, operand, row, rows, tap * distance).Concat(chain).ToList();
        return isFlat
            ? Enumerable.Range(0, operand.Taps).Select(tap => (Statement)new Block(Tap(tap, operand.Distance)))
            : new Statement[] { new Loop("tap", 0, operand.TapCount, 1, Tap(Index.Variable("tap"), operand.TapDistance)) };
    }

    private static List<Statement> UnitsTurn(PlanContext plan, ProductOperand operand, Index k, int turn, int rows, int vectors, Func<int, int, string> accumulator)
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
                : plan.HasRowPointers ? new SplatVec(new Place(operand.LocalOf(r), (k + turn) * operand.Layout.LaneStride))
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
        Panel panel = PanelOf(plan, linear, 0, outputs);
        ProductOperand[] operands = ProductOperand.Of(sites, scope);
        string panelName = scope.Reference(plan.Panels.Add(panel), "weights");
        string? initial = sites.Initial is null ? null : scope.Reference(sites.Initial, "start");
        string target = scope.Reference(sites.Target.From(sites.Target.Lane), "result");

        IReadOnlyList<Statement> Units(Index unit, int count)
        {
            List<Statement> statements = new() { new Point("panel", new Place(panelName, unit * Index.Size("panelRows", panel.RowCount))) };
            IReadOnlyList<Statement> TileBody(Index row, int vectors)
            {
                List<Statement> body = Pointers(plan, operands, row, 1, new Place("panel", linear.Bias is null ? 0 : count)).ToList();
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
                    body.AddRange(Taps(plan, operand, row, 1, IsFlatForRows(plan, operand, count), RowsChain(plan, operand, count, vectors)));

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
        if (plan.IsForAnyWidth)
        {
            result.Add(new Loop("unit", 0, units - (Index)(outputs - 1), outputs, Units(Index.Variable("unit"), outputs)));
            foreach (int count in plan.RemaindersOf("units", outputs, new[] { rest }))
                result.Add(new Branch(units % outputs, Comparison.Equal, count, Units(units - (Index)count, count), Array.Empty<Statement>()));
            return result;
        }

        if (linear.Width - rest > outputs)
            result.Add(new Loop("unit", 0, units - (Index)(outputs - 1), outputs, Units(Index.Variable("unit"), outputs)));
        else
            result.Add(new Block(Units(0, outputs)));
        if (rest > 0)
            result.Add(new Block(Units(units - (Index)rest, rest)));
        return result;
    }

    /// <summary>The k loop of one term, whose length may be a number: a few terms a turn, in narrow tiles and for few vectors.</summary>
    private static IEnumerable<Statement> RowsChain(PlanContext plan, ProductOperand operand, int outputs, int vectors)
    {
        int length = operand.Length;
        int narrow = outputs * vectors < MinimumTurn ? 2 : 1;
        int terms = plan.IsForAnyWidth ? narrow : IsFlatForRows(plan, operand, outputs) ? length : Math.Min(length, narrow);
        List<Statement> Turns(Index k, int count)
        {
            List<Statement> turns = Enumerable.Range(0, count).SelectMany(turn => RowsTurn(operand, k, turn, outputs, vectors)).ToList();
            turns.Add(new Advance("w", count * outputs));
            return turns;
        }

        if (terms == length && !plan.IsForAnyWidth)
        {
            yield return new Block(Turns(0, length));
            yield break;
        }

        Index end = operand.LengthSize;
        yield return new Loop("k", 0, end - (Index)(terms - 1), terms, Turns(Index.Variable("k"), terms));
        if (plan.IsForAnyWidth && terms > 1)
            yield return new Branch(end % terms, Comparison.Equal, 1, Turns(end - 1, 1), Array.Empty<Statement>());
        else if (length % terms > 0)
            yield return new Block(Turns(end - 1, 1));
    }

    private static bool IsFlatForRows(PlanContext plan, ProductOperand operand, int outputs) =>
        !plan.IsForAnyWidth && operand.Length * outputs <= MaximumFlat / MostRowVectors;

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
    private static IEnumerable<Statement> Chain(PlanContext plan, ProductOperand operand, int accumulators, Func<Index, int, List<Statement>> turn, int vectors)
    {
        int length = operand.Length;
        List<Statement> Turns(Index k, int terms)
        {
            List<Statement> turns = Enumerable.Range(0, terms).SelectMany(i => turn(k, i)).ToList();
            turns.Add(new Advance("w", Index.Lanes * (terms * vectors)));
            return turns;
        }

        int several = Math.Max(1, (MinimumTurn + accumulators - 1) / accumulators);
        if (plan.IsForAnyWidth)
        {
            Index end = operand.LengthSize, k = Index.Variable("k");
            yield return new Loop("k", 0, end - (Index)(several - 1), several, Turns(k, several));
            if (several > 1)
                yield return new Loop("k", end / several * several, end, 1, Turns(k, 1));
            yield break;
        }

        if (length * accumulators <= FlatOf(plan))
        {
            yield return new Block(Turns(0, length));
            yield break;
        }

        int terms = Math.Min(length, several);
        int whole = length / terms * terms;
        yield return new Loop("k", 0, whole, terms, Turns(Index.Variable("k"), terms));
        if (whole < length)
            yield return new Block(Turns(whole, length - whole));
    }
}
