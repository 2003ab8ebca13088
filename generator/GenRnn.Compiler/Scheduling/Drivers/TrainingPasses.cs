using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Gradients;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Scheduling.Plans;

namespace GenRnn.Compiler.Scheduling.Drivers;

// The runtime's Index is nearer.
using Index = GenRnn.Compiler.Kernels.Index;

/// <summary>Writes the stages of a training pass: begin by one thread, rows by several, end by one.</summary>
internal sealed class TrainingPasses : PassWriter
{
    // Names of stages that a member runs.
    private const string BackwardOfRows = "BackwardRows", Gradients = "ParameterGradients", OneThread = "BackwardOfOneThread";

    private static readonly PassParameter s_workspace = new(PassParameterKind.Workspace, Workspace);
    private static readonly PassParameter s_panels = new(PassParameterKind.Panels, Panels);
    private static readonly PassParameter s_state = new(PassParameterKind.State, State);
    private static readonly PassParameter s_wantsInputGradient = new(PassParameterKind.Flag, "inputGradient");

    private static readonly Index s_rowsOfForward = new RowsOfForwardIndex();

    private TrainingPasses(Plan plan)
        : base(plan)
    {
    }

    /// <summary>All stages, in their order.</summary>
    /// <param name="plan">A plan of training.</param>
    public static IReadOnlyList<Kernel> Write(Plan plan) => new TrainingPasses(plan).Write().ToList();

    /// <summary>What one thread runs of a backward pass, between its first and its last stage: all in one, or rows and then gradients.</summary>
    public static IReadOnlyList<Statement> RunBackward(IReadOnlyList<Kernel> stages)
    {
        if (stages.FirstOrDefault(s => s.Name == OneThread) is { } together)
            return new[] { new PassCall(together, Array.Empty<Index>()) };
        return new[]
        {
            new PassCall(stages.First(s => s.Name == BackwardOfRows), new[] { 0, Index.Variable("Batch") }),
            new PassCall(stages.First(s => s.Name == Gradients), new Index[] { 0, 1 }),
        };
    }

    private IEnumerable<Kernel> Write()
    {
        int inputs = Border.Inputs.Count, outputs = Border.Outputs.Count;
        yield return Kernel.Pass("BeginForward", "", Items(PassParameterKind.Input, inputs, Input)
            .Concat(new[] { Number(Rows), s_state, s_workspace, new PassParameter(PassParameterKind.Flag, Training) }).ToList(), BeginForward().ToList());
        yield return Kernel.Pass("ForwardRows", "", new[] { s_workspace, s_panels, Number(First), Number(Count) }, DriveRows(Plan.Forward).ToList());
        yield return Kernel.Pass("EndForward", "", Items(PassParameterKind.Output, outputs, Output).Concat(new[] { s_state, s_workspace }).ToList(), EndForward().ToList());
        yield return Kernel.Pass("BeginBackward", "", Items(PassParameterKind.OutputGradient, outputs, OutputGradient).Append(s_workspace).ToList(), BeginBackward().ToList());
        yield return Kernel.Pass(BackwardOfRows, "", new[] { s_workspace, s_panels, Number(First), Number(Count), s_wantsInputGradient },
            DriveRows(Plan.Backward!).Concat(InputBackward(Index.Variable(First), Index.Variable(End))).ToList());
        yield return Kernel.Pass(Gradients, "Part of parts of the weight gradients: outputs are split, never sums.",
            new[] { s_workspace, Number(Part), Number("parts") }, ParameterGradients().ToList());
        if (Plan.BackwardOfOneThread is { } driver)
        {
            yield return Kernel.Pass(OneThread, "BackwardRows of all rows and all ParameterGradients, each chunk of steps while it is in the caches.",
                new[] { s_workspace, s_panels, s_wantsInputGradient }, BackwardOfOneThread(driver).ToList());
        }

        yield return Kernel.Pass("EndBackward", "", Items(PassParameterKind.InputGradient, inputs, InputGradient).Append(s_workspace).ToList(), EndBackward().ToList());
        if (Border.Statistics.Count > 0)
            yield return Kernel.Pass("UpdateStatistics", "", new[] { s_workspace, new PassParameter(PassParameterKind.Parameters, "parameters") }, UpdateStatistics().ToList());
    }

    private static IEnumerable<PassParameter> Items(PassParameterKind kind, int count, Func<int, string> name) => Enumerable.Range(0, count).Select(i => new PassParameter(kind, name(i), i));

    private IEnumerable<Statement> BeginForward()
    {
        yield return new LetSpan(Arena, PassMemory.Workspace);
        for (int i = 0; i < Plan.Keys.Sources.Count; i++)
        {
            RandomSource source = Plan.Keys.Sources[i];
            yield return new WriteKey(new Place(Arena, OffsetIndex.Of(Plan.Arena.At(Plan.Keys, i))), RandomKeys.Elements, source, Training, Plan.Program.Layers[source.Layer].Name);
        }

        for (int i = 0; i < Border.Inputs.Count; i++)
            yield return CopyIn(Input(i), Border.Inputs[i], 0, Index.Variable(Rows), repeats: true);
        if (Border.RowWeights is { } weights)
            yield return new MarkRows(PlaceOf(weights.Site), weights.Site.Layout.RowStride, Padded(Index.Variable(Rows)), Index.Variable(Rows));
        if (Border.TrainingFlag is { } flag)
            yield return new StoreFlag(PlaceOf(flag.Site), Training);
        foreach (Statement state in StatesIn())
            yield return state;
    }

    private IEnumerable<Statement> EndForward()
    {
        yield return new LetSpan(Arena, PassMemory.Workspace);
        yield return new LetIndex(Rows, s_rowsOfForward);
        for (int i = 0; i < Border.Outputs.Count; i++)
            yield return CopyOut(Border.Outputs[i], Output(i), 0, Index.Variable(Rows));
        if (Border.OutputMask is { } mask)
            yield return CopyOut(mask, OutputMask, 0, Index.Variable(Rows));
        if (Border.Penalty is { } penalty)
            yield return CopyOut(penalty, Penalties, 0, Index.Variable(Rows));
        if (Border.Logits is { } logits)
            yield return CopyOut(logits, Logits, 0, Index.Variable(Rows));
        foreach (Statement state in StatesOut())
            yield return state;
    }

    /// <summary>The name of what the workspace keeps for a loss: which steps of the main output count.</summary>
    public const string OutputMask = "outputMask";

    /// <summary>The name of what the workspace keeps of activity penalties, for each row.</summary>
    public const string Penalties = "penalties";

    /// <summary>The names of what the workspace keeps of the logits behind the main output, and of the gradient that a loss gives them.</summary>
    public const string Logits = "logits", LogitsGradient = "logitsGradient";

    private IEnumerable<Statement> BeginBackward()
    {
        yield return new LetSpan(Arena, PassMemory.Workspace);
        yield return new LetIndex(Rows, s_rowsOfForward);
        for (int i = 0; i < Border.OutputGradients.Count; i++)
            yield return CopyIn(OutputGradient(i), Border.OutputGradients[i], 0, Index.Variable(Rows), repeats: false);
        if (Border.LogitsGradient is { } ofLogits)
            yield return CopyIn(LogitsGradient, ofLogits, 0, Index.Variable(Rows), repeats: false);
        if (Border.PenaltyGradient is { } share)
            yield return new ShareAmongRows(PlaceOf(share.Site), share.Site.Layout.RowStride, Padded(Index.Variable(Rows)), Index.Variable(Rows));
        foreach (Statement clear in Cleared(Border.ZeroedBackward))
            yield return clear;
    }

    /// <summary>Runs a driver over the rows from <c>first</c> on, <c>count</c> of them.</summary>
    private IEnumerable<Statement> DriveRows(Kernel driver)
    {
        Index first = Index.Variable(First), end = Index.Variable(End);
        yield return new LetOrigin(Arena, PassMemory.Workspace);
        if (Request.HasRowRange)
        {
            yield return new Note("Nothing runs beyond the rows of the call.");
            yield return new LetIndex(End, new MinimumIndex(Padded(first + Index.Variable(Count)), Padded(s_rowsOfForward)));
            yield return new Guard(new Compare(end, Comparison.LessOrEqual, first), new Return());
        }

        yield return Drive(driver, first, end);
    }

    private Statement Drive(Kernel driver, Index first, Index end) => new Invoke(
        driver,
        Border.Inputs.Where(i => i.IsDirect).Select(i => PlaceOf(i.Site.Buffer)).Concat(new[] { new Place(Arena, 0), new Place(Panels, 0) }).ToList(),
        Range(first, end).ToList());

    private IEnumerable<Statement> InputBackward(Index first, Index end)
    {
        if (Plan.InputBackward is { } driver)
            yield return new Guard(new IsSet(s_wantsInputGradient.Name), Drive(driver, first, end));
    }

    private IEnumerable<Statement> BackwardOfOneThread(Kernel driver)
    {
        Index end = Padded(s_rowsOfForward);
        yield return new LetOrigin(Arena, PassMemory.Workspace);
        yield return Drive(driver, 0, end);
        foreach (Statement statement in InputBackward(0, end))
            yield return statement;
    }

    private IEnumerable<Statement> ParameterGradients()
    {
        yield return new LetOrigin(Arena, PassMemory.Workspace);
        if (Request.HasRowRange)
            yield return new LetIndex(End, Padded(s_rowsOfForward));
        int number = 0;
        foreach (GradientGroup group in Plan.GradientGroups)
        {
            List<Statement> calls = group.Calls.SelectMany(call => ParameterGradient(call, number++)).ToList();
            foreach (Statement statement in group.Chunks > 1 ? new[] { new Loop(LoopNumbers.Chunk, 0, group.Chunks, 1, calls) } : calls.AsEnumerable())
                yield return statement;
        }
    }

    /// <summary>A part takes whole tiles of a weight's rows. A bias is one part's.</summary>
    private IEnumerable<Statement> ParameterGradient(GradientCall gradient, int number)
    {
        ParameterView target = gradient.Gradient.Target;
        int tiles = (target.Rows + gradient.TileRows - 1) / gradient.TileRows;
        Index part = Index.Variable(Part);
        Invoke call = new(
            gradient.Call.Kernel,
            gradient.Call.Arguments.Select(a => ReferenceOf(a.Site!)).ToList(),
            gradient.Call.Kernel.Numbers.Select(name => name switch
            {
                LoopNumbers.From => Index.Times(new PartIndex(tiles, part), gradient.TileRows),
                LoopNumbers.To => new MinimumIndex(target.Rows, Index.Times(new PartIndex(tiles, part + 1), gradient.TileRows)),
                _ => Index.Variable(name),
            }).ToList());
        yield return new Note(target.Parameter.Path);
        yield return gradient.Gradient.Left is null ? new Guard(new Compare(part, Comparison.Equal, new BinaryIndex('%', number, Index.Variable("parts"))), call) : call;
    }

    private Place ReferenceOf(Site site) => new(Arena, OffsetIndex.Of(Plan.Arena.At(site.Buffer.Staged ?? site.Buffer) + site.Shift * site.Layout.SlotStride));

    private IEnumerable<Statement> EndBackward()
    {
        const string Dense = "gradients";
        yield return new LetSpan(Arena, PassMemory.Workspace);
        yield return new LetSpan(Dense, PassMemory.Gradients);
        yield return new LetIndex(Rows, s_rowsOfForward);
        // What has no gradient is zero, whatever the caller made of it.
        foreach (Parameter parameter in Plan.Program.Parameters.Where(p => Plan.Gradients.All(g => g.Gradient.Target.Parameter != p)))
            yield return new Clear(new Place(Dense, OffsetIndex.Of(parameter.Offset)), parameter.Length) { Note = parameter.Path };
        HashSet<ParameterView> seen = new();
        foreach (GradientCall gradient in Plan.Gradients)
        {
            ParameterView target = gradient.Gradient.Target;
            yield return new CopyGradient(
                PlaceOf(gradient.Staging), gradient.Staging.Layout.RowStride, target.Rows, target.Columns,
                new Place(Dense, OffsetIndex.Of(target.Parameter.Offset + target.Offset)), target.RowStride, target.ColumnStride, Adds: !seen.Add(target));
        }

        for (int i = 0; i < Border.InputGradients.Count; i++)
        {
            yield return Border.InputGradients[i] is { } binding
                ? new When(new HasElements(InputGradient(i)), new[] { CopyOut(binding, InputGradient(i), 0, Index.Variable(Rows)) }, Array.Empty<Statement>())
                : new ClearSpan(InputGradient(i));
        }
    }

    private IEnumerable<Statement> UpdateStatistics()
    {
        yield return new LetSpan(Arena, PassMemory.Workspace);
        yield return new RequireTraining(PlaceOf(Border.TrainingFlag!.Site));
        foreach ((MovingStatistic statistic, Site batch) in Border.Statistics)
        {
            yield return new Follow(new Place("parameters", OffsetIndex.Of(statistic.Moving.Offset)), statistic.Moving.Length, PlaceOf(batch), statistic.Momentum, statistic.Moving.Path);
        }
    }
}
