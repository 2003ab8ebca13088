using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Scheduling.Plans;

namespace GenRnn.Compiler.Scheduling.Drivers;

/// <summary>Writes the pass of inference of a plan: rows staged in, a driver, results staged out; and how any number of rows goes through such passes.</summary>
internal sealed class InferencePasses : PassWriter
{
    /// <summary>Number of each of the plan's inputs among those of the model.</summary>
    private readonly IReadOnlyList<int> _items;
    private readonly IReadOnlyList<int> _data;

    private InferencePasses(Plan plan, IReadOnlyList<Sequence> inputs)
        : base(plan)
    {
        _data = Enumerable.Range(0, inputs.Count).Where(i => !inputs[i].IsLengths).ToList();
        // A step has no lengths: every row has it.
        _items = plan.Request.Purpose.RunsInState ? _data : Enumerable.Range(0, inputs.Count).ToList();
    }

    /// <summary>The pass of a plan, over rows [row, row + count) of a call.</summary>
    /// <param name="plan">A plan of inference.</param>
    /// <param name="inputs">Inputs of the model.</param>
    public static Kernel Chunk(Plan plan, IReadOnlyList<Sequence> inputs) => new InferencePasses(plan, inputs).Chunk();

    /// <summary>Any number of rows: batches, then what remains of the last one padded or row by row, whichever is cheaper. Same bits.</summary>
    /// <param name="row">The pass of one row.</param>
    /// <param name="batch">The pass of a batch; null if that is one row.</param>
    /// <param name="plan">The plan of a batch.</param>
    /// <param name="paddedFrom">Rows from which on they are padded.</param>
    /// <param name="inputs">Inputs of the model.</param>
    public static Kernel Predict(Kernel row, Kernel? batch, Plan plan, int paddedFrom, IReadOnlyList<Sequence> inputs)
    {
        Index rows = Index.Variable(Rows), at = Index.Variable(Row), count = Index.Variable(Count);
        List<Statement> body = new()
        {
            // Passes before have written outputs when the last one reads its inputs.
            new When(new Compare(rows, Comparison.Greater, 1), Apart(inputs, plan.Border.Outputs.Count).ToList(), System.Array.Empty<Statement>()),
            new LetIndex(Row, 0),
        };
        if (batch is not null)
        {
            List<Statement> loop = new() { new LetIndex(Count, new MinimumIndex(plan.Rows, rows - at)) };
            if (plan.Request.HasRowRange)
            {
                int grain = plan.Request.RowGrain;
                Condition isCut = new AllOf(new[] { new Compare(count, Comparison.Greater, grain), new Compare(count, Comparison.Less, plan.Rows), new Compare(count % grain, Comparison.Less, paddedFrom) });
                loop.Add(new Guard(isCut, new AssignIndex(Count, count - count % grain)));
            }

            loop.Add(new PassCall(batch, new[] { rows, at, count }));
            loop.Add(new AssignIndex(Row, at + count));
            body.Add(new While(new Compare(rows - at, Comparison.GreaterOrEqual, paddedFrom), loop));
        }

        body.Add(new GoOn(Row, rows, new PassCall(row, new[] { rows, at, 1 })));
        List<PassParameter> parameters = row.Parameters!.Where(p => p.Kind is PassParameterKind.Input or PassParameterKind.Output)
            .Concat(new[] { Number(Rows), new PassParameter(PassParameterKind.State, State), new PassParameter(PassParameterKind.Memory, Arena), new PassParameter(PassParameterKind.Panels, Panels) }).ToList();
        return Kernel.Pass("Predict", "Any number of rows: batches, then what remains of the last one padded or row by row, whichever is cheaper. Same bits.", parameters, body);
    }

    /// <summary>What a member runs for a call of any number of rows.</summary>
    public static Statement Run(Kernel predict, Kernel? batch, int rows) => batch is null
        ? new PassCall(predict, new[] { Index.Variable(Rows) })
        : new When(
            new Compare(Index.Variable(Rows), Comparison.Equal, rows),
            new[] { new PassCall(batch, new[] { Index.Variable(Rows), 0, Index.Variable(Rows) }) },
            new[] { new PassCall(predict, new[] { Index.Variable(Rows) }) });

    /// <summary>What a member runs for a step of as many rows as its state has.</summary>
    public static Statement RunStep(Kernel row, Kernel? batch)
    {
        Index[] whole = { Index.Variable(Rows), 0, Index.Variable(Rows) };
        return batch is null ? new PassCall(row, whole) : new Guard(new Compare(Index.Variable(Rows), Comparison.Equal, 1), new PassCall(row, whole), new PassCall(batch, whole));
    }

    private static IEnumerable<Statement> Apart(IReadOnlyList<Sequence> inputs, int outputs) =>
        from input in Enumerable.Range(0, inputs.Count) from output in Enumerable.Range(0, outputs) select new KeepApart(Input(input), Output(output), inputs[input].IsLengths);

    private Kernel Chunk()
    {
        bool isStep = Request.Purpose.RunsInState;
        List<PassParameter> parameters = _items.Select(i => new PassParameter(PassParameterKind.Input, Input(i), i))
            .Concat(Enumerable.Range(0, Border.Outputs.Count).Select(i => new PassParameter(PassParameterKind.Output, Output(i), i)))
            .Concat(new[] { Number(Rows), Number(Row), Number(Count) }).ToList();
        if (!isStep)
            parameters.Add(new PassParameter(PassParameterKind.State, State));
        if (Plan.Counters.Count > 0)
            parameters.Add(new PassParameter(PassParameterKind.Step, Step));
        parameters.Add(new PassParameter(PassParameterKind.Memory, "memory"));
        parameters.Add(new PassParameter(PassParameterKind.Panels, Panels));
        return Kernel.Pass(
            Names.Of(isStep ? "StepChunk" : "Chunk", Plan.Rows),
            string.Format(CultureInfo.InvariantCulture, "Rows [row, row + count) of rows, in one pass over {0}.", Plan.Rows), parameters, Body().ToList(), isStep);
    }

    private IEnumerable<Statement> Body()
    {
        List<Place> references = new();
        List<Statement> body = Plan.Counters.Select(c => (Statement)new LetIndex(c.Name, new TurnIndex(c.Period))).ToList();
        body.Add(new LetSpan(Arena, PassMemory.Given));
        body.Add(new LetOrigin(Origin, PassMemory.Given));
        for (int i = 0; i < Border.Inputs.Count; i++)
            body.AddRange(InputRows(i, references));
        for (int i = 0; i < Border.Outputs.Count; i++)
        {
            if (Border.Outputs[i].IsDirect)
                body.AddRange(OutputRows(i, references));
        }

        if (!Request.Purpose.RunsInState)
            body.AddRange(StatesIn());
        body.Add(new Invoke(
            Plan.Forward,
            references.Concat(new[] { new Place(Origin, 0), new Place(Panels, 0) }).ToList(),
            Range(0, Padded(Index.Variable(Count))).Concat(Plan.Counters.Select(c => Index.Variable(c.Name))).ToList()));
        for (int i = 0; i < Border.Outputs.Count; i++)
        {
            Statement result = Result(i);
            body.Add(Border.Outputs[i].IsDirect ? new When(new IsNot(new IsSet(IsStored(i))), new[] { result }, System.Array.Empty<Statement>()) : result);
        }

        if (!Request.Purpose.RunsInState)
            body.AddRange(StatesOut());
        return body;
    }

    private static string IsStored(int output) => Names.Of("isStored", output);

    /// <summary>An output is copied to the caller; the single vector of a single row as what it is.</summary>
    private Statement Result(int output)
    {
        Binding binding = Border.Outputs[output];
        int width = binding.Sequence.Width;
        return Plan.Rows == 1 && binding.IsOneVector
            ? new Copy(PlaceOf(binding.Site), new Place(Output(output), Index.Variable(Row) * width), width)
            : CopyOut(binding, Output(output), Index.Variable(Row), Index.Variable(Count));
    }

    /// <summary>An input is copied into the arena, unless kernels read it element by element where the caller holds it.</summary>
    private IEnumerable<Statement> InputRows(int input, List<Place> references)
    {
        Binding binding = Border.Inputs[input];
        string span = Input(_items[input]);
        Statement copy = CopyIn(span, binding, Index.Variable(Row), Index.Variable(Count), repeats: true);
        if (!binding.IsDirect)
        {
            yield return copy;
            yield break;
        }

        string local = Names.Of("input", input);
        references.Add(new Place(local, 0));
        bool needsAllRows = Request.Target.IsTimeMajor && binding.Sequence.Steps > 1;
        Index offset = Index.Times(Index.Variable(Row), needsAllRows ? 0 : LengthOf(binding.Sequence));
        if (Plan.Rows == 1 && !needsAllRows)
        {
            yield return new PointInto(local, span, offset, IsNew: true);
            yield break;
        }

        yield return new Point(local, PlaceOf(binding.Site.Buffer) with { Reference = Origin });
        // Kernels read whole batches where the caller holds them; rows that need padding or other strides are copied.
        yield return new When(IsWhole(needsAllRows), new[] { new PointInto(local, span, offset, IsNew: false) }, new[] { copy });
    }

    /// <summary>Where kernels store an output themselves. Rows that do not fill a pass, or that lie over an input, are stored apart and copied at the end.</summary>
    private IEnumerable<Statement> OutputRows(int output, List<Place> references)
    {
        Binding binding = Border.Outputs[output];
        string local = Names.Of("output", output);
        references.Add(new Place(local, 0));
        IEnumerable<Condition> isStored = _data.Select(i => (Condition)new IsNot(new Overlaps(Input(i), Output(output)))).Prepend(IsWhole(Request.Target.IsTimeMajor));
        yield return new LetCondition(IsStored(output), new AllOf(isStored.ToList()));
        yield return new Point(local, PlaceOf(binding.Site) with { Reference = Origin });
        Index offset = Request.Target.IsTimeMajor ? 0 : Index.Times(Index.Variable(Row), LengthOf(binding.Sequence));
        yield return new Guard(new IsSet(IsStored(output)), new PointInto(local, Output(output), offset, IsNew: false));
    }

    /// <summary>Whether the caller's memory holds all rows that a pass runs, at the distances that its kernels know.</summary>
    private Condition IsWhole(bool dependsOnRows) => dependsOnRows
        ? new Compare(Index.Variable(Rows), Comparison.Equal, Plan.Rows)
        : new Compare(Index.Variable(Count), Comparison.Equal, Padded(Index.Variable(Count)));
}
