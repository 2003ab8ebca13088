using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;

namespace GenRnn.Compiler.Scheduling.Kernels;

/// <summary>What all kernels of a plan have in common: rows, lane axis, and where kernels and panels are collected.</summary>
internal sealed class PlanContext
{
    /// <summary>Threads split rows at multiples of this.</summary>
    public const int RangeGrain = 16;

    /// <summary>Name of the number that says which row is the first.</summary>
    private const string First = "first";

    /// <summary>Name of the number that says where the rows end.</summary>
    public const string End = "end";

    private bool _runsWhole;

    private Remainders? _remainders;

    /// <summary>Whether a kernel is written for any width: what layers of the same kind may differ in is a size.</summary>
    public bool IsForAnyWidth => _remainders is not null;

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

    /// <summary>The same plan for kernels of any width.</summary>
    /// <param name="remainders">What is left behind whole tiles.</param>
    public PlanContext ForAnyWidth(Remainders remainders)
    {
        PlanContext plan = (PlanContext)MemberwiseClone();
        plan._remainders = remainders;
        return plan;
    }

    /// <summary>The remainders of a width behind whole tiles that a kernel has code for.</summary>
    /// <param name="size">What is cut into tiles.</param>
    /// <param name="tile">How much of it a whole tile takes.</param>
    /// <param name="own">What this width leaves, with 0 if nothing.</param>
    public IReadOnlyList<int> RemaindersOf(string size, int tile, IEnumerable<int> own) =>
        _remainders?.Of(size, tile, own) ?? new SortedSet<int>(own.Where(remainder => remainder > 0)).ToList();

    /// <summary>Whether each row of a tile has a pointer of its own: the distance of rows is no constant.</summary>
    public bool HasRowPointers => IsForAnyWidth && Axis == LaneAxis.Units && Rows > 1;

    /// <summary>A number that depends on a width: a constant, or a size in a kernel of any width.</summary>
    public Index Size(string name, int value) => IsForAnyWidth ? Index.Size(name, value) : value;

    /// <summary>A kernel with its arguments, as written for its own widths; and for any, for a library that has many alike.</summary>
    /// <param name="build">Writes it.</param>
    public KernelCall Call(string name, string summary, Func<PlanContext, KernelText> build)
    {
        KernelText text = build(this);
        Kernel kernel = Kernels.Add(name + Suffix, summary, text.Scope.Names, text.Numbers, text.Body, remainders => build(ForAnyWidth(remainders)).Body);
        return new KernelCall(kernel, text.Scope.Arguments);
    }

    /// <summary>Whether a kernel runs a part of the rows; small batches always run whole, with constant bounds.</summary>
    public bool HasRowRange => Rows > RangeGrain && !_runsWhole;

    public Index FirstRow => HasRowRange ? Index.Variable(First) : 0;

    /// <summary>One past the last row; with rows in lanes one past the last padded row.</summary>
    public Index EndRow => HasRowRange ? Index.Variable(End) : Axis == LaneAxis.Rows ? Layout.Pad(Rows) : Rows;

    public IReadOnlyList<string> RangeNames => HasRowRange ? new[] { First, End } : System.Array.Empty<string>();

    /// <summary>The number that tells a kernel which sums over the rows of a call where they end; none where a pass always runs whole.</summary>
    public IEnumerable<string> SumNames => RangeNames.Skip(1);

    public Layout LayoutFor(int width, bool isAssembled = false) => Layout.For(Axis, Rows, width, isAssembled);

    /// <summary>Suffix of kernel names.</summary>
    public string Suffix => Names.Of("", Rows);
}
