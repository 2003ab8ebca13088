using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Loops;

namespace GenRnn.Compiler.Scheduling.Tiles;

/// <summary>A register tile: rows x vectors of accumulators, each a local.</summary>
public readonly record struct Tile(int Rows, int Vectors)
{
    public int Accumulators => Rows * Vectors;
}

/// <summary>
/// Picks register tiles by a small cost model of a core with two fused multiply-adds and two vector loads a cycle and a latency of
/// four: the model, not the machine that compiles, decides, so one declaration gives one schedule.
/// </summary>
internal static class TileChoice
{
    /// <summary>Accumulators that 16 vector registers hold beside their operands.</summary>
    public const int FewRegisters = 12;

    /// <summary>Accumulators that 32 vector registers hold beside their operands.</summary>
    private const int ManyRegisters = 20;

    private const int Latency = 4;

    /// <summary>Elements of a panel that stay in the first-level cache: 22 KB of 32.</summary>
    private const int PanelElements = 22 * 1024 / 4;

    private const int RowsThatHideTheSecondLevel = 8;

    /// <summary>The width that is tuned for; other widths run the same tiles with another number of blocks.</summary>
    private const int TunedLanes = 8;

    /// <summary>Fixed cost of a tile in cycles: bias, stores, addresses.</summary>
    private const int TileOverhead = 6;

    /// <summary>Tile of a product with units in lanes.</summary>
    /// <param name="rows">Rows of the plan.</param>
    /// <param name="lanes">Outputs.</param>
    /// <param name="terms">Length of the chain.</param>
    public static Tile ForUnits(int rows, int lanes, int terms)
    {
        int vectors = (lanes + TunedLanes - 1) / TunedLanes;
        Tile best = default;
        double bestCost = double.MaxValue;
        for (int r = 1; r <= Math.Min(rows, PlanShape.MostTileRows); r++)
        {
            if (rows > 16 && 16 % r != 0)
                continue;
            for (int v = 1; v <= Math.Min(vectors, 10); v++)
            {
                if (r * v > ManyRegisters || r * v + v > 28)
                    continue;
                // Every row tile reads the whole panel again. It must stay in the first-level cache beside the activations, unless so many
                // rows share a vector that the second level, with 64 / r bytes a cycle, keeps up with the multiply-adds.
                if (rows > r && v > 1 && r < RowsThatHideTheSecondLevel && v * TunedLanes * terms > PanelElements)
                    continue;
                double cost = Cost(rows, vectors, terms, r, v);
                if (cost < bestCost - 1e-9)
                {
                    bestCost = cost;
                    best = new Tile(r, v);
                }
            }
        }

        return best;
    }

    /// <summary>Tile of a weight gradient with units in lanes: rows of the parameter x vectors.</summary>
    /// <param name="isForAnyWidth">Whether few tiles shall do for all widths: those that lose a hundredth on average and fit 16 registers or nearly so.</param>
    public static Tile ForGradient(int rows, int lanes, int batch, bool isForAnyWidth)
    {
        int vectors = (lanes + TunedLanes - 1) / TunedLanes;
        // Parts of several threads are cut at multiples of 60, so only its divisors keep tiles whole.
        IEnumerable<Tile> tiles = isForAnyWidth
            ? rows == 1 ? new[] { new Tile(1, 6) } : new[] { new Tile(4, 3), new Tile(4, 4) }
            : from r in Enumerable.Range(1, Math.Min(rows, 6))
              from v in Enumerable.Range(1, Math.Min(vectors, 6))
              where r * v <= ManyRegisters && r * v + v <= 28
              select new Tile(r, v);
        Tile best = default;
        double bestCost = double.MaxValue;
        foreach (Tile tile in tiles)
        {
            double cost = Cost(rows, vectors, batch * 8, tile.Rows, tile.Vectors);
            if (cost < bestCost - 1e-9)
            {
                bestCost = cost;
                best = tile;
            }
        }

        return best;
    }

    /// <summary>Outputs of a tile with rows in lanes; it is four row vectors long where registers allow, else two, else one.</summary>
    public static int OutputsForRows(int outputs)
    {
        int best = 1;
        double bestCost = double.MaxValue;
        for (int j = 1; j <= Math.Min(outputs, 5); j++)
        {
            double cost = Cost(4, outputs, 32, 4, j);
            if (cost < bestCost - 1e-9)
            {
                bestCost = cost;
                best = j;
            }
        }

        return best;
    }

    /// <summary>Tiles of a block of vectors: for 32 registers, and with fewer rows for 16 if they do not hold as many accumulators.</summary>
    /// <param name="tile">The tile of a whole block.</param>
    /// <param name="vectors">Vectors of this block, which may be the last.</param>
    /// <param name="tiles">Tiles of so many rows.</param>
    public static IReadOnlyList<Statement> ByRegisters(Tile tile, int vectors, Func<int, IReadOnlyList<Statement>> tiles)
    {
        Tile block = tile with { Vectors = vectors };
        int few = RowsForFewRegisters(block);
        return block.Accumulators > FewRegisters && few != tile.Rows
            ? new Statement[] { new RegisterBranch(tiles(tile.Rows), tiles(few)) }
            : tiles(tile.Rows);
    }

    /// <summary>Fewer rows for machines with 16 registers; the vectors stay, because panels are packed by them.</summary>
    private static int RowsForFewRegisters(Tile tile)
    {
        int rows = Math.Max(1, FewRegisters / tile.Vectors);
        while (tile.Rows % rows != 0)
            rows--;
        return rows;
    }

    private static double Cost(int rows, int vectors, int terms, int r, int v)
    {
        double cost = 0;
        for (int row = 0; row < rows; row += r)
        {
            int tileRows = Math.Min(r, rows - row);
            for (int vector = 0; vector < vectors; vector += v)
            {
                int tileVectors = Math.Min(v, vectors - vector);
                double multiplyAdds = tileRows * tileVectors / 2.0;
                double loads = (tileRows + tileVectors) / 2.0;
                cost += terms * Math.Max(Math.Max(multiplyAdds, loads), tileRows * tileVectors >= 2 * Latency ? 0 : Latency) + TileOverhead;
            }
        }

        return cost;
    }
}
