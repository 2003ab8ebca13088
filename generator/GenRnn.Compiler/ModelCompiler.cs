using System;
using System.Linq;
using System.Threading;
using GenRnn.Compiler.CSharp;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler;

/// <summary>The result of compiling one model.</summary>
/// <param name="Source">The C# file. A broken model gets its members' signatures with bodies that throw.</param>
/// <param name="Findings">What is wrong, in the order of the items; empty if nothing is.</param>
public sealed record CompiledModel(string Source, EquatableArray<Finding> Findings);

/// <summary>The way of one model through the compiler, a pass a line. A pure function of the spec.</summary>
public static class ModelCompiler
{
    public static CompiledModel Compile(ModelSpec spec, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ModelShapes shapes = ShapeInference.Infer(spec);
        EquatableArray<Finding> findings = shapes.Findings.ToEquatableArray();
        if (spec.IsCell)
            return CompileCell(spec, shapes.HasErrors, findings, cancellationToken);
        if (shapes.HasErrors || shapes.Items.Any(s => s.IsUnknown))
            return new CompiledModel(BrokenModelPrinter.Print(spec), findings);

        try
        {
            return Compile(spec, shapes, findings, cancellationToken);
        }
        catch (SizeLimitException limit)
        {
            return new CompiledModel(BrokenModelPrinter.Print(spec), findings.Append(ModelSize.Describe(limit)).ToEquatableArray());
        }
        catch (OverflowException)
        {
            return new CompiledModel(BrokenModelPrinter.Print(spec), findings.Append(SizeOverflow.Of(spec, -1)).ToEquatableArray());
        }
    }

    private static CompiledModel Compile(ModelSpec spec, ModelShapes shapes, EquatableArray<Finding> findings, CancellationToken cancellationToken)
    {
        Schedule schedule = Scheduler.Run(spec, shapes, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (MethodBudget.Check(schedule) is { } tooLarge)
            return new CompiledModel(BrokenModelPrinter.Print(spec), findings.Append(tooLarge).ToEquatableArray());
        EquatableArray<Finding> exceeded = ModelBudget.Check(spec, schedule).ToEquatableArray();
        if (exceeded.Count > 0)
            return new CompiledModel(BrokenModelPrinter.Print(spec), findings.Concat(exceeded).ToEquatableArray());
        return new CompiledModel(ModelPrinter.Print(spec, schedule), findings);
    }

    /// <summary>A cell has code of its own only where it is stepped by hand.</summary>
    private static CompiledModel CompileCell(ModelSpec spec, bool hasErrors, EquatableArray<Finding> findings, CancellationToken cancellationToken)
    {
        if (!SteppedCell.StandsAlone(spec))
            return new CompiledModel("", findings);
        if (hasErrors)
            return new CompiledModel(BrokenModelPrinter.Print(spec), findings);

        CompiledModel compiled = Compile(SteppedCell.ModelOf(spec), cancellationToken);
        // What is wrong with its only layer is wrong with the cell.
        return compiled with { Findings = findings.Concat(compiled.Findings.Select(f => f.Place.Item < 0 ? f : f with { Place = f.Place with { Item = 0, Flag = "" } })).ToEquatableArray() };
    }
}
