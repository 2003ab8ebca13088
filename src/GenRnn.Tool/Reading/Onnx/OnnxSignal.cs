using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Tool.Reading.Onnx;

/// <summary>What an axis of a signal counts.</summary>
internal enum OnnxAxisKind
{
    /// <summary>An axis of the input of which no node has said it yet.</summary>
    Open,
    Rows,
    Steps,
    Features,

    /// <summary>The two directions of a recurrent node.</summary>
    Directions,

    /// <summary>Of size 1.</summary>
    Single,

    /// <summary>Rows and steps in one, for products of each step.</summary>
    RowsAndSteps,
}

/// <summary>An axis; one object through all nodes that move it.</summary>
internal sealed class OnnxAxis(OnnxAxisKind kind, long size)
{
    public OnnxAxisKind Kind { get; set; } = kind;

    public long Size { get; } = size;

    /// <summary>Whether the file leaves its size open, which is then made up.</summary>
    public bool IsFree { get; init; }

    /// <summary>What it was made of; empty if it is itself.</summary>
    public IReadOnlyList<OnnxAxis> Parts { get; init; } = [];

    public override string ToString() => Kind.ToString().ToLowerInvariant();
}

/// <summary>What goes from node to node.</summary>
/// <param name="Axes">Its axes, in order.</param>
/// <param name="Version">How many layers have computed it.</param>
internal sealed record OnnxSignal(IReadOnlyList<OnnxAxis> Axes, int Version)
{
    /// <summary>Its axes without those of size 1.</summary>
    public IReadOnlyList<OnnxAxis> Proper => [.. Axes.Where(a => a.Kind != OnnxAxisKind.Single)];

    public override string ToString() => "[" + string.Join(", ", Axes) + "]";
}
