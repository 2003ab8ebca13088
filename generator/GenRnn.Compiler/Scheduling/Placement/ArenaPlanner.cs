using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Targets;

namespace GenRnn.Compiler.Scheduling.Placement;

/// <summary>
/// Gives every buffer a fixed offset in one arena: first fit by size, largest first; buffers whose lifetimes (in stages) overlap
/// never share an element.
/// </summary>
public static class ArenaPlanner
{
    /// <param name="buffers">All buffers of the plan that live.</param>
    /// <param name="first">Lengths reserved at the start, and the buffer of each, which shares its room with none.</param>
    /// <param name="inPlace">Buffers of which every step reads and writes the first slot.</param>
    /// <param name="what">What the arena is, for the message that it is too large.</param>
    /// <exception cref="SizeLimitException">The arena does not fit one array.</exception>
    public static Arena Plan(IReadOnlyList<LiveBuffer> buffers, IReadOnlyList<(ArenaBuffer Buffer, int Length)> first, IEnumerable<ArenaBuffer> inPlace, string what = "the arena")
    {
        Dictionary<ArenaBuffer, (long Offset, long Length)> places = new();
        long length = 0;
        foreach ((ArenaBuffer buffer, int room) in first)
        {
            places[buffer] = (length, room);
            length += room;
        }

        long start = length;
        List<(LiveBuffer Live, long Offset)> placed = new();
        foreach (LiveBuffer live in buffers.Where(b => b.Buffer.External is null && !places.ContainsKey(b.Buffer)).OrderByDescending(b => b.Buffer.Length).ThenBy(b => b.First).ToList())
        {
            long offset = start;
            foreach ((LiveBuffer other, long taken) in placed.Where(o => o.Live.Meets(live)).OrderBy(o => o.Offset))
            {
                if (offset + live.Buffer.Length <= taken)
                    break;
                offset = System.Math.Max(offset, taken + other.Buffer.Length);
            }

            placed.Add((live, offset));
            places.Add(live.Buffer, (offset, live.Buffer.Length));
            length = System.Math.Max(length, offset + live.Buffer.Length);
        }

        int checkedLength = SizeLimit.Check(length, what);
        return new Arena(checkedLength, buffers.Where(b => places.ContainsKey(b.Buffer)).Select(b => new PlacedBuffer(b, (int)places[b.Buffer].Offset, places[b.Buffer].Length)).ToList(), inPlace);
    }
}
