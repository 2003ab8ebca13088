using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Compiler.Scheduling.Placement;

/// <summary>
/// Gives every buffer a fixed offset in one arena: first fit by size, largest first; buffers whose lifetimes (in stages) overlap
/// never share an element.
/// </summary>
public static class ArenaPlanner
{
    /// <param name="buffers">All buffers of the plan.</param>
    /// <param name="first">Lengths reserved at the start, and the buffer of each, which shares its room with none.</param>
    /// <param name="what">What the arena is, for the message that it is too large.</param>
    /// <returns>Length of the arena in elements.</returns>
    /// <exception cref="SizeLimitException">The arena does not fit one array.</exception>
    public static int Plan(IEnumerable<ArenaBuffer> buffers, IReadOnlyList<(ArenaBuffer Buffer, int Length)> first, string what = "the arena")
    {
        List<(ArenaBuffer Buffer, long Offset)> placed = new();
        List<(ArenaBuffer Buffer, long Offset)> reserved = new();
        long length = 0;
        foreach ((ArenaBuffer buffer, int room) in first)
        {
            reserved.Add((buffer, length));
            length += room;
        }

        long start = length;
        foreach (ArenaBuffer buffer in buffers.Where(b => b.External is null && b.LastStage >= 0 && first.All(f => f.Buffer != b)).OrderByDescending(b => b.Length).ThenBy(b => b.FirstStage))
        {
            long offset = start;
            foreach ((ArenaBuffer other, long taken) in placed.Where(o => Overlap(o.Buffer, buffer)).OrderBy(o => o.Offset))
            {
                if (offset + buffer.Length <= taken)
                    break;
                offset = System.Math.Max(offset, taken + other.Length);
            }

            placed.Add((buffer, offset));
            length = System.Math.Max(length, offset + buffer.Length);
        }

        int checkedLength = SizeLimit.Check(length, what);
        foreach ((ArenaBuffer buffer, long offset) in reserved.Concat(placed))
            buffer.Offset = (int)offset;
        return checkedLength;
    }

    private static bool Overlap(ArenaBuffer a, ArenaBuffer b) => a.FirstStage <= b.LastStage && b.FirstStage <= a.LastStage;
}
