using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Scheduling;

namespace GenRnn.Compiler.Memory;

/// <summary>
/// Gives every buffer a fixed offset in one arena: first fit by size, largest first; buffers whose lifetimes (in stages) overlap
/// never share an element.
/// </summary>
public static class ArenaPlanner
{
    /// <param name="buffers">All buffers of the plan.</param>
    /// <param name="first">Lengths reserved at the start, and the buffer of each, which shares its room with none.</param>
    /// <returns>Length of the arena in elements.</returns>
    /// <exception cref="System.OverflowException">It is more than an array can hold; offsets are 32-bit constants of the emitted code.</exception>
    public static int Plan(IEnumerable<ArenaBuffer> buffers, IReadOnlyList<(ArenaBuffer Buffer, int Length)> first)
    {
        List<ArenaBuffer> placed = new();
        long length = 0;
        foreach ((ArenaBuffer buffer, int reserved) in first)
        {
            buffer.Offset = checked((int)length);
            length += reserved;
        }

        long start = length;
        foreach (ArenaBuffer buffer in buffers.Where(b => b.External is null && b.LastStage >= 0 && first.All(f => f.Buffer != b)).OrderByDescending(b => b.Length).ThenBy(b => b.FirstStage))
        {
            long offset = start;
            foreach (ArenaBuffer other in placed.Where(o => Overlap(o, buffer)).OrderBy(o => o.Offset))
            {
                if (offset + buffer.Length <= other.Offset)
                    break;
                offset = System.Math.Max(offset, other.Offset + other.Length);
            }

            buffer.Offset = checked((int)offset);
            placed.Add(buffer);
            length = System.Math.Max(length, offset + buffer.Length);
        }

        return checked((int)length);
    }

    private static bool Overlap(ArenaBuffer a, ArenaBuffer b) => a.FirstStage <= b.LastStage && b.FirstStage <= a.LastStage;
}
