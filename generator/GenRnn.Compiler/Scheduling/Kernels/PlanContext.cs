using System;
using System.Collections.Generic;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Targets;

namespace GenRnn.Compiler.Scheduling.Kernels;

/// <summary>What all kernels of a plan have in common: its shape, and where kernels, panels and the keys of random values are.</summary>
internal sealed class PlanContext : PlanShape
{
    /// <param name="keys">Keys of what is drawn at random.</param>
    public PlanContext(int rows, LaneAxis axis, Target target, RandomKeys keys, KernelLibrary kernels, PanelLibrary panels, bool runsWhole = false)
        : base(rows, axis, target, runsWhole)
    {
        RandomKeys = keys;
        Kernels = kernels;
        Panels = panels;
    }

    private PlanContext(PlanContext plan, Remainders remainders)
        : this(plan.Rows, plan.Axis, plan.Target, plan.RandomKeys, plan.Kernels, plan.Panels, !plan.HasRowRange) => Remainders = remainders;

    public KernelLibrary Kernels { get; }

    public PanelLibrary Panels { get; }

    /// <summary>Keys of what is drawn at random.</summary>
    public RandomKeys RandomKeys { get; }

    /// <summary>The same plan for a region whose steps are taken as rows.</summary>
    public PlanContext WithStepsAsRows(int steps) => new(steps, Axis, Target, RandomKeys, Kernels, Panels, runsWhole: true);

    /// <summary>The same plan for what is computed once, for all rows.</summary>
    public PlanContext ForShared() => new(1, LaneAxis.Units, Target, RandomKeys, Kernels, Panels, runsWhole: true);

    /// <summary>The same plan for kernels of any width.</summary>
    /// <param name="remainders">What is left behind whole tiles.</param>
    public PlanContext ForAnyWidth(Remainders remainders) => new(this, remainders);

    /// <summary>A kernel with its arguments, as written for its own widths; and for any, for a library that has many alike.</summary>
    /// <param name="build">Writes it.</param>
    public KernelCall Call(string name, string summary, Func<PlanContext, KernelText> build)
    {
        KernelText text = build(this);
        Kernel kernel = Kernels.Add(name + Suffix, summary, text.Scope.References, text.Numbers, text.Body, remainders => build(ForAnyWidth(remainders)).Body, text.Scope.Locals);
        return new KernelCall(kernel, text.Scope.Arguments);
    }

    /// <summary>Suffix of kernel names.</summary>
    public string Suffix => Names.Of("", Rows);
}
