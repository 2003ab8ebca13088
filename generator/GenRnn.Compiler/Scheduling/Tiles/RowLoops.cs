using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Targets;

namespace GenRnn.Compiler.Scheduling.Tiles;

/// <summary>Loops over the rows of a plan, or of a thread's part of them, in tiles; and over the vectors of a width.</summary>
internal static class RowLoops
{
    /// <summary>Rows one at a time. A single row is no loop, and its strides do not matter: plans of one row share such kernels.</summary>
    public static IEnumerable<Statement> OneByOne(PlanShape plan, Func<Index, IEnumerable<Statement>> body) => plan.Rows == 1
        ? body(0)
        : new Statement[] { new Loop("row", plan.FirstRow, plan.EndRow, 1, body(Index.Variable("row")).ToList()) };

    /// <summary>Rows in tiles of <paramref name="tileRows"/>; a part's row count leaves the plan's remainder or none.</summary>
    public static IEnumerable<Statement> ByRows(PlanShape plan, int tileRows, Func<Index, int, IReadOnlyList<Statement>> tile)
    {
        int remainder = plan.Rows % tileRows;
        Index row = Index.Variable("row");
        if (plan.Rows == tileRows)
        {
            yield return new Block(tile(0, tileRows));
            yield break;
        }

        Index last = plan.EndRow - (Index)(tileRows - 1);
        yield return new Loop("row", plan.FirstRow, last, tileRows, tile(row, tileRows));
        if (remainder == 0)
            yield break;
        Index start = plan.EndRow - (Index)remainder;
        if (!plan.HasRowRange)
        {
            yield return new Block(tile(start, remainder));
            yield break;
        }

        List<Statement> body = new() { new LetIndex("tail", start) };
        body.AddRange(tile(Index.Variable("tail"), remainder));
        yield return new Branch((plan.EndRow - plan.FirstRow) % tileRows, Comparison.Equal, remainder, body, Array.Empty<Statement>());
    }

    /// <summary>Row vectors in groups of four where registers allow, else two, else one (rows are padded to 16).</summary>
    public static IEnumerable<Statement> ByRowVectors(PlanShape plan, int accumulatorsPerVector, Func<Index, int, IReadOnlyList<Statement>> tile)
    {
        Index row = Index.Variable("row");
        Loop Group(Index from, int vectors) =>
            new("row", from, plan.EndRow - Index.Lanes * vectors + 1, Index.Lanes * vectors, tile(row, vectors));

        Index rest = Index.Variable("rest");
        Statement[] fours =
        {
            Group(plan.FirstRow, 4),
            new AssignIndex("rest", plan.FirstRow + (plan.EndRow - plan.FirstRow) / (Index.Lanes * 4) * (Index.Lanes * 4)),
        };
        List<Statement> statements = new() { new LetIndex("rest", plan.FirstRow) };
        if (accumulatorsPerVector * 4 <= TileChoice.FewRegisters)
            statements.AddRange(fours);
        else
            statements.Add(new RegisterBranch(fours, Array.Empty<Statement>()));
        // Rows are padded to 16: a vector of 16 elements leaves single vectors, a narrower one only pairs.
        statements.Add(plan.Target.Lanes.Wide == Target.Padding
            ? new Branch(Index.Lanes, Comparison.Less, 16, new Statement[] { Group(rest, 2) }, new Statement[] { Group(rest, 1) })
            : Group(rest, 2));
        return statements;
    }

    /// <summary>Blocks of <paramref name="blockVectors"/> vectors of a width of <paramref name="lanes"/>, then what remains at each width.</summary>
    /// <param name="block">Body, given the index of the block and its number of vectors.</param>
    /// <param name="turn">0: blocks ascend; 1: they descend. None: they ascend.</param>
    public static IEnumerable<Statement> ByBlocks(PlanShape plan, int lanes, int blockVectors, Func<Index, int, IReadOnlyList<Statement>> block, Index? turn = null)
    {
        List<int> vectors = plan.Target.Lanes.All.Select(width => (lanes + width - 1) / width).ToList();
        if (vectors.All(v => v == blockVectors) && !plan.IsForAnyWidth)
            return new Statement[] { new Block(block(0, blockVectors)) };

        bool hasFull = plan.IsForAnyWidth || vectors.Any(v => v >= blockVectors);
        Index count = Index.Variable("vectors");
        List<Statement> statements = new() { new LetIndex("vectors", (plan.Size("columns", lanes) - 1 + Index.Lanes) / Index.Lanes) };
        if (hasFull && turn is null)
            statements.Add(new Loop("block", 0, count / blockVectors, 1, block(Index.Variable("block"), blockVectors)));
        else if (hasFull)
            statements.Add(Mirrored(count / blockVectors, turn!, at => block(at, blockVectors)));
        foreach (int remainder in plan.RemaindersOf("vectors", blockVectors, vectors.Select(v => v % blockVectors)))
        {
            List<Statement> body = new() { new LetIndex("lastBlock", count / blockVectors) };
            body.AddRange(block(Index.Variable("lastBlock"), remainder));
            statements.Add(new Branch(count % blockVectors, Comparison.Equal, remainder, body, Array.Empty<Statement>()));
        }

        return statements;
    }

    private static Loop Mirrored(Index count, Index turn, Func<Index, IReadOnlyList<Statement>> block)
    {
        Index at = Index.Variable("at");
        List<Statement> body = new() { new LetIndex("block", at + turn * (count - 1 - at * 2)) };
        body.AddRange(block(Index.Variable("block")));
        return new Loop("at", 0, count, 1, body);
    }

    /// <summary>Every vector of a width, one at a time.</summary>
    public static IEnumerable<Statement> ByVectors(Index lanes, Func<Index, IReadOnlyList<Statement>> body)
    {
        yield return new Loop("lane", 0, lanes, Index.Lanes, body(Index.Variable("lane")));
    }

    /// <summary>Vectors <paramref name="together"/> at a time, as many as there are, then one at a time.</summary>
    /// <param name="variable">The loop's variable: a vector's first element.</param>
    /// <param name="from">The first element.</param>
    /// <param name="length">Elements in vectors that may be taken together.</param>
    /// <param name="end">End of the loop over what remains.</param>
    /// <param name="group">Body of several vectors.</param>
    /// <param name="one">Body of one vector.</param>
    public static IEnumerable<Statement> Together(string variable, Index from, Index length, Index end, int together,
        Func<IReadOnlyList<Index>, IEnumerable<Statement>> group, Func<Index, IEnumerable<Statement>> one)
    {
        Index first = Index.Variable(variable);
        Index rest = Index.Variable("rest");
        Index step = Index.Lanes * together;
        Statement[] groups = { new Loop(variable, from, rest, step, group(Enumerable.Range(0, together).Select(i => first + Index.Lanes * i).ToList()).ToList()) };
        Statement[] ones = { new Loop(variable, rest, end, Index.Lanes, one(first).ToList()) };
        yield return new LetIndex("rest", from + length / step * step);
        // Vectors of one row are as many as the JIT can count: it drops a loop that is empty before its budget for inlining is spent there.
        bool isFixed = from is ConstantIndex;
        yield return isFixed ? new Branch(length / step, Comparison.Greater, 0, groups, Array.Empty<Statement>()) : groups[0];
        yield return isFixed ? new Branch(end - from - length / step * step, Comparison.Greater, 0, ones, Array.Empty<Statement>()) : ones[0];
    }

    /// <summary>Whole vectors, then the last one apart, of which only some lanes may be stored.</summary>
    /// <param name="body">Body, given the first lane and the number of lanes to store (null: all).</param>
    public static IEnumerable<Statement> ByVectorsAndTail(Index lanes, Func<Index, Index?, IReadOnlyList<Statement>> body)
    {
        yield return new Loop("lane", 0, lanes + 1 - Index.Lanes, Index.Lanes, body(Index.Variable("lane"), null));
        foreach (Statement tail in Tail(lanes, (last, count) => body(last, count)))
            yield return tail;
    }

    /// <summary>The last vector of a width if it is not whole, with the number of lanes that belong to it.</summary>
    public static IEnumerable<Statement> Tail(Index lanes, Func<Index, Index, IEnumerable<Statement>> body)
    {
        if (lanes is ConstantIndex width && width.Value % Target.Padding == 0)
            yield break;
        List<Statement> tail = new() { new LetIndex("last", lanes / Index.Lanes * Index.Lanes) };
        tail.AddRange(body(Index.Variable("last"), lanes - Index.Variable("last")));
        yield return new Branch(lanes % Index.Lanes, Comparison.Greater, 0, tail, Array.Empty<Statement>());
    }
}
