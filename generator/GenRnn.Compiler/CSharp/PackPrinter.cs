using System.Linq;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Scheduling.Placement;

namespace GenRnn.Compiler.CSharp;

/// <summary>Prints the method that derives all panels from the dense parameters.</summary>
internal sealed class PackPrinter
{
    private readonly CodeWriter _code;
    private readonly ModelNames _names;
    private readonly Schedule _schedule;

    public PackPrinter(CodeWriter code, ModelNames names, Schedule schedule)
    {
        _code = code;
        _names = names;
        _schedule = schedule;
    }

    public void Print()
    {
        _code.Line("// Copies the parameters into the order in which the kernels read them: [block][k][lane].");
        _code.Open("internal static void Pack(" + _names.ReadOnly + " parameters, " + _names.Writable + " panels)");
        foreach (PlacedPanel placed in _schedule.Panels.Panels)
        {
            Panel panel = placed.Panel;
            string blockLanes = panel.BlockVectors > 0 ? "Lanes.Count * " + CodeWriter.Text(panel.BlockVectors) : CodeWriter.Text(panel.BlockLanes);
            string granule = panel.BlockVectors > 0 ? "Lanes.Count" : "1";
            int row = 0;
            foreach (PanelSegment segment in panel.Segments)
            {
                _code.Line("PanelPacker.Pack(parameters.Slice(" + CodeWriter.Text(segment.Offset) + "), " + string.Join(", ", new[] { segment.KStride, segment.LaneStride, segment.Count, panel.Lanes }.Select(CodeWriter.Text))
                    + ", panels.Slice(" + CodeWriter.Text(placed.Offset) + "), " + CodeWriter.Text(row) + ", " + CodeWriter.Text(panel.RowCount) + ", " + blockLanes + ", " + granule + ");");
                row += segment.Count;
            }
        }

        _code.Close();
    }
}
