using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Targets;

namespace GenRnn.Compiler.Scheduling.Placement;

/// <summary>Rows of a panel that come from one parameter, of that layer: element (k, lane) is at Offset + k KStride + lane LaneStride of the dense parameters.</summary>
public sealed record PanelSegment(int Layer, int Offset, int KStride, int LaneStride, int Count)
{
    public static PanelSegment Of(ParameterView view) =>
        new(view.Parameter.Layer, view.Parameter.Offset + view.Offset, view.RowStride, view.ColumnStride, view.Rows);
}

/// <summary>
/// Weights in the order in which a kernel reads them: [block][k][lane]. Vector panels have blocks of <paramref name="BlockVectors"/>
/// vectors of the machine; broadcast panels (BlockVectors = 0) blocks of <paramref name="BlockLanes"/> lanes. <paramref name="Element"/> is what they are packed as.
/// </summary>
public sealed record Panel(ElementType Element, int Lanes, int BlockVectors, int BlockLanes, Spec.EquatableArray<PanelSegment> Segments)
{
    public int RowCount => Segments.Sum(s => s.Count);

    /// <summary>Elements reserved, whatever the width of a vector.</summary>
    public long Length => Target.Pad((long)RowCount * Target.Pad(Lanes));
}

/// <summary>A panel with its offset in the panel buffer, and what a reader calls it.</summary>
public sealed record PlacedPanel(Panel Panel, int Offset, string Name);

/// <summary>All panels of a model; kernels that read the same weights in the same order share one.</summary>
public sealed class PanelLibrary
{
    private readonly List<PlacedPanel> _panels = new();
    private readonly ReaderNames _names = new();
    private int _length;

    public IReadOnlyList<PlacedPanel> Panels => _panels;

    public int Length => _length;

    public PlacedPanel Add(Panel panel)
    {
        PlacedPanel? known = _panels.FirstOrDefault(p => p.Panel.Equals(panel));
        if (known is not null)
            return known;
        // A capital, which no name in the arena has.
        PlacedPanel placed = new(panel, _length, "W" + _names.Unique(ReaderNames.Of("w", panel.Segments[0].Layer)).Substring(1));
        _panels.Add(placed);
        _length = SizeLimit.Check(_length + panel.Length, "the weights, packed for the kernels,");
        return placed;
    }
}
