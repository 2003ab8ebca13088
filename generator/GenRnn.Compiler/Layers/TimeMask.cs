using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Layers;

/// <summary>Which steps of a sequence count. It travels beside the sequence, and no gradient flows through it.</summary>
/// <param name="Steps">1 at a step that counts, 0 at one that does not; of width 1.</param>
/// <param name="Rows">1 at a step that its row has, whether it counts or not; null where every row has all. Behind the end of a row there are no steps at all, so that returned sequences are zero there.</param>
public sealed record TimeMask(Sequence Steps, Sequence? Rows = null)
{
    /// <summary>Whether the masked steps are those behind the end of a row, and no others.</summary>
    public bool EndsRows => Steps == Rows;
}

/// <summary>What a layer does with the mask of its input, and whether its output has one.</summary>
public enum MaskUse
{
    /// <summary>Treats masked steps like any other; its output has no mask.</summary>
    Ignores,

    /// <summary>Leaves masked steps out; its output has no mask.</summary>
    Consumes,

    /// <summary>Its output has the same steps and the same mask.</summary>
    Passes,

    /// <summary>Its output has a mask whether the input has one or not.</summary>
    Makes,
}

/// <summary>Writes what differs at masked steps.</summary>
internal static class MaskedSteps
{
    /// <summary>mask ? <paramref name="used"/> : <paramref name="masked"/>, by a mask of width 1.</summary>
    public static Value Choose(this RegionBuilder b, Value mask, Value used, Value masked) =>
        b.Select(b.Greater(b.Broadcast(mask, used.Width), 0), used, masked);
}
