using System.Collections.Generic;

namespace GenRnn.Compiler.Targets;

/// <summary>Elements of a vector that the model may meet.</summary>
/// <param name="Narrow">At 128 bits.</param>
/// <param name="Tuned">At 256 bits, which schedules are tuned for.</param>
/// <param name="Wide">At 512 bits.</param>
public sealed record LaneWidth(int Narrow, int Tuned, int Wide)
{
    /// <summary>The narrowest first.</summary>
    public IReadOnlyList<int> All { get; } = new[] { Narrow, Tuned, Wide };

    public static LaneWidth Of(ElementType element) => element == ElementType.Double ? new LaneWidth(2, 4, 8) : new LaneWidth(4, 8, 16);

    public bool Equals(LaneWidth? other) => other is not null && (Narrow, Tuned, Wide) == (other.Narrow, other.Tuned, other.Wide);

    public override int GetHashCode() => Narrow * 31 + Wide;
}
