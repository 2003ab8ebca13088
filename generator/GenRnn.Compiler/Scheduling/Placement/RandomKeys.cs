using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Scheduling.Placement;

/// <summary>
/// Where the keys of a plan's random values lie in its arena. A pass writes them before its first kernel, so that kernels find them like
/// anything else that they read, and threads that share the pass share the keys.
/// </summary>
public sealed class RandomKeys
{
    /// <summary>Elements of a key: three words of 32 bits and one of padding, in float. Double wastes as much again.</summary>
    public const int Elements = 4;

    private readonly List<RandomSource> _sources;
    private readonly ArenaBuffer _buffer;

    public RandomKeys(IEnumerable<Region> regions)
    {
        _sources = regions.SelectMany(r => r.Values).Where(v => v.Op == OpCode.Random).Select(v => v.Random).Distinct().ToList();
        _buffer = new ArenaBuffer("random keys", new Layout(Elements, Elements, 1), _sources.Count, Elements);
    }

    /// <summary>The buffer; null if nothing is random.</summary>
    public ArenaBuffer? Buffer => _sources.Count == 0 ? null : _buffer;

    /// <summary>All sources, in the order of their keys.</summary>
    public IReadOnlyList<RandomSource> Sources => _sources;

    /// <summary>Where a kernel finds the key of a source.</summary>
    public Site Of(RandomSource source) => Site.Fixed(_buffer, _sources.IndexOf(source));
}
