using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Placement;

namespace GenRnn.Compiler.Scheduling.Drivers;

/// <summary>Writes the pass that derives all panels from the dense parameters.</summary>
internal static class PackPass
{
    private const string Parameters = "parameters", Panels = "panels";

    public static Kernel Write(IEnumerable<PlacedPanel> panels) => Kernel.Pass(
        "Pack",
        "Copies the parameters into the order in which the kernels read them: [block][k][lane].",
        new[] { new PassParameter(PassParameterKind.DenseWeights, Parameters), new PassParameter(PassParameterKind.PackedWeights, Panels) },
        panels.SelectMany(Statements).ToList());

    private static IEnumerable<Statement> Statements(PlacedPanel placed)
    {
        Panel panel = placed.Panel;
        Index blockLanes = panel.BlockVectors > 0 ? Index.Times(Index.Lanes, panel.BlockVectors) : panel.BlockLanes;
        Index granule = panel.BlockVectors > 0 ? Index.Lanes : 1;
        int row = 0;
        foreach (PanelSegment segment in panel.Segments)
        {
            yield return new PackPanel(
                new Place(Parameters, OffsetIndex.Of(segment.Offset)), segment.KStride, segment.LaneStride, segment.Count, panel.Lanes,
                new Place(Panels, OffsetIndex.Of(Index.Named(placed.Name, placed.Offset))), row, panel.RowCount, blockLanes, granule);
            row += segment.Count;
        }
    }
}
