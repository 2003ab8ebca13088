using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Compiler.Scheduling.Placement;

/// <summary>A buffer with the first and the last stage of its plan that touch it.</summary>
public sealed record LiveBuffer(ArenaBuffer Buffer, int First, int Last)
{
    /// <summary>Whether some stage touches both.</summary>
    public bool Meets(LiveBuffer other) => First <= other.Last && other.First <= Last;
}

/// <summary>Collects the buffers of a plan, and when they live, while the plan is scheduled.</summary>
internal sealed class Lifetimes
{
    private readonly List<ArenaBuffer> _buffers = new();
    private readonly Dictionary<ArenaBuffer, (int First, int Last)> _stages = new();

    public void Add(ArenaBuffer buffer) => _buffers.Add(buffer);

    /// <summary>Says that a stage touches a buffer. An external reference may point to the staged copy, which must then live as long.</summary>
    public void Touch(ArenaBuffer buffer, int stage)
    {
        _stages[buffer] = _stages.TryGetValue(buffer, out (int First, int Last) known) ? (System.Math.Min(known.First, stage), System.Math.Max(known.Last, stage)) : (stage, stage);
        if (buffer.Staged is not null)
            Touch(buffer.Staged, stage);
    }

    /// <summary>All buffers that some stage touches, in the order in which they were added.</summary>
    public IReadOnlyList<LiveBuffer> All => _buffers.Where(_stages.ContainsKey).Select(b => new LiveBuffer(b, _stages[b].First, _stages[b].Last)).ToList();
}
