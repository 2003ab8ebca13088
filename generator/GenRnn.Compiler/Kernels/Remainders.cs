using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Compiler.Kernels;

/// <summary>
/// Which remainders of widths the kernels that become one leave behind whole tiles. A kernel for any width is first written with all of them, and says which
/// its own width needs; the one in the place of several is written with what any of those needs.
/// </summary>
public sealed class Remainders
{
    private readonly HashSet<(string Size, int Tile, int Remainder)> _needed = new();

    /// <summary>Whether all remainders are written, not only those that are needed.</summary>
    public bool AreAllWritten { get; set; } = true;

    /// <summary>The remainders that a kernel is written with.</summary>
    /// <param name="size">What is cut into tiles.</param>
    /// <param name="tile">How much of it a whole tile takes.</param>
    /// <param name="needed">What this kernel's own width needs.</param>
    public IReadOnlyList<int> Of(string size, int tile, IEnumerable<int> needed)
    {
        _needed.UnionWith(needed.Where(remainder => remainder > 0).Select(remainder => (size, tile, remainder)));
        return Enumerable.Range(1, tile - 1).Where(remainder => AreAllWritten || _needed.Contains((size, tile, remainder))).ToList();
    }
}
