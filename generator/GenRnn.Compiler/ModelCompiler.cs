using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GenRnn.Compiler.Autodiff;
using GenRnn.Compiler.CSharp;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Graph;
using GenRnn.Compiler.Identity;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Lowering;
using GenRnn.Compiler.Passes;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Scheduling.Drivers;
using GenRnn.Compiler.Scheduling.Kernels;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Scheduling.Plans;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using GenRnn.Compiler.Targets;

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
        ModelGraph graph = ModelGraph.Of(spec);
        ModelShapes shapes = ShapeInference.Infer(graph);
        EquatableArray<Finding> findings = shapes.Findings.ToEquatableArray();
        if (spec.IsCell)
            return CompileCell(spec, shapes.HasErrors, findings, cancellationToken);
        if (shapes.HasErrors || shapes.Items.Any(s => s.IsUnknown))
            return new CompiledModel(BrokenModelPrinter.Print(spec), findings);

        try
        {
            return Compile(shapes, findings, cancellationToken);
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

    private static CompiledModel Compile(ModelShapes shapes, EquatableArray<Finding> findings, CancellationToken cancellationToken)
    {
        ModelSpec spec = shapes.Graph.Spec;
        Schedule schedule = Schedule(shapes, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (MethodBudget.Check(schedule) is { } tooLarge)
            return new CompiledModel(BrokenModelPrinter.Print(spec), findings.Append(tooLarge).ToEquatableArray());
        EquatableArray<Finding> exceeded = ModelBudget.Check(spec, schedule).ToEquatableArray();
        if (exceeded.Count > 0)
            return new CompiledModel(BrokenModelPrinter.Print(spec), findings.Concat(exceeded).ToEquatableArray());
        return new CompiledModel(ModelPrinter.Print(spec, schedule), findings);
    }

    /// <summary>From a declaration without errors to what is printed. Programs, memory and kernels are verified where one hands them to the next.</summary>
    /// <exception cref="SizeLimitException">A buffer of the model would not fit one array.</exception>
    public static Schedule Schedule(ModelShapes shapes, CancellationToken cancellationToken = default)
    {
        ModelSpec spec = shapes.Graph.Spec;
        Target target = TargetOf(spec);
        int batch = spec.Items.First(i => i.IsInput)[InputItem.Batch];

        // Lower, differentiate, passes: a program for each purpose.
        Program training = Lower(shapes, canTrain: true);
        LaneAxis axis = LaneAxisChoice.For(training, batch);
        Differentiation.Run(training);
        Verifier.Check(training);
        Pipeline.RunForTraining(training, batch, Target.CachedElements);
        Program inference = Lower(shapes, canTrain: false);
        Pipeline.RunForInference(inference);
        Program single = Lower(shapes, canTrain: false);
        Pipeline.RunForOneRow(single);
        ModelIdentity identity = ModelIdentity.Of(shapes, training);
        Program? step = StepOf(spec, identity);
        cancellationToken.ThrowIfCancellationRequested();

        // Schedule: loops and kernels. Place in memory.
        KernelLibrary kernels = new();
        PanelLibrary panels = new();
        List<PlacedPlan> placed = new();
        foreach (PlanRequest request in PlanRequests.Of(training, inference, single, step, batch, axis, target, spec.IsStepped))
        {
            cancellationToken.ThrowIfCancellationRequested();
            ScheduledPlan scheduled = PlanScheduler.Run(request, kernels, panels);
            PlacedPlan plan = PlacedPlan.Of(scheduled);
            MemoryVerifier.Check(plan.Arena);
            placed.Add(plan);
        }

        // Write down: drivers, then one kernel for all that differ in sizes alone.
        List<Plan> plans = placed.Select(p => DriverWriter.Write(p, kernels)).ToList();
        KernelSet shared = kernels.Share();
        foreach (Kernel kernel in shared.Kernels)
            KernelVerifier.Check(kernel, target.Element);
        return Scheduling.Schedule.Of(plans, batch, target, shared, panels, identity);
    }

    private static Program Lower(ModelShapes shapes, bool canTrain)
    {
        Program program = ModelLowering.Lower(shapes, canTrain);
        ModelSize.CheckParameters(program);
        // Inference asks for no mask of its outputs: only a loss does.
        if (!canTrain)
            program.OutputMask = null;
        Verifier.Check(program);
        return program;
    }

    /// <summary>The program of a single step; null if there is none. A stepped cell is one step already; its states are the caller's, dense, so its passes copy them.</summary>
    private static Program? StepOf(ModelSpec spec, ModelIdentity identity)
    {
        if (identity.NotStreaming.Length > 0 || spec.IsStepped)
            return null;
        Program program = Lower(ShapeInference.Infer(ModelGraph.Of(Streaming.OneStep(spec))), canTrain: false);
        Pipeline.RunForInference(program);
        return program;
    }

    private static Target TargetOf(ModelSpec spec)
    {
        ItemSpec first = spec.Items.First(i => i.IsInput);
        return Target.Of(
            first[InputItem.Precision] == "Double" ? ElementType.Double : ElementType.Single,
            first[InputItem.Layout] == "TimeMajor" ? SpanLayout.TimeMajor : SpanLayout.BatchMajor);
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
