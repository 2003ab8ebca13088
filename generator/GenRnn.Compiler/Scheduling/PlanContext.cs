using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Kernels;

namespace GenRnn.Compiler.Scheduling;

/// <summary>What all kernels of a plan have in common: rows, lane axis, and where kernels and panels are collected.</summary>
internal sealed class PlanContext
{
    /// <summary>Threads split rows at multiples of this.</summary>
    private const int RowGrain = 16;

    private bool _runsWhole;

    public PlanContext(int rows, LaneAxis axis, bool isDouble, KernelLibrary kernels, PanelLibrary panels)
    {
        LaneCounts = isDouble ? new[] { 2, 4, 8 } : new[] { 4, 8, 16 };
        Rows = rows;
        Axis = axis;
        Kernels = kernels;
        Panels = panels;
    }

    /// <summary>Elements of a vector that the model may meet: 128, 256 and 512 bits.</summary>
    public IReadOnlyList<int> LaneCounts { get; }

    public int Rows { get; }

    public LaneAxis Axis { get; }

    public KernelLibrary Kernels { get; }

    public PanelLibrary Panels { get; }

    /// <summary>Keys of what is drawn at random. Set before kernels are built.</summary>
    public RandomKeys RandomKeys { get; set; } = null!;

    /// <summary>The same plan for a region whose steps are taken as rows.</summary>
    public PlanContext WithStepsAsRows(int steps) => new(steps, Axis, LaneCounts.Contains(2), Kernels, Panels) { RandomKeys = RandomKeys, _runsWhole = true };

    /// <summary>The same plan for what is computed once, for all rows.</summary>
    public PlanContext ForShared() => new(1, LaneAxis.Units, LaneCounts.Contains(2), Kernels, Panels) { _runsWhole = true };

    /// <summary>Whether a kernel runs a part of the rows; small batches always run whole, with constant bounds.</summary>
    public bool HasRowRange => Rows > RowGrain && !_runsWhole;

    public Index FirstRow => HasRowRange ? Index.Variable("first") : 0;

    /// <summary>One past the last row; with rows in lanes one past the last padded row.</summary>
    public Index EndRow => HasRowRange ? Index.Variable("end") : Axis == LaneAxis.Rows ? Layout.Pad(Rows) : Rows;

    public IReadOnlyList<string> RangeNames => HasRowRange ? new[] { "first", "end" } : System.Array.Empty<string>();

    public Layout LayoutFor(int width, bool isAssembled = false) => Layout.For(Axis, Rows, width, isAssembled);

    /// <summary>Suffix of kernel names.</summary>
    public string Suffix => Names.Of("", Rows);
}
