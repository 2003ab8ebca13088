using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Threading;
using GenRnn.Compiler;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Interpreter.Kernels;

/// <summary>A machine that plans are run on.</summary>
/// <param name="Lanes">Elements of a vector: 2, 4, 8 of double, 4, 8, 16 of float.</param>
/// <param name="HasManyRegisters">Whether it has 32 vector registers rather than 16.</param>
public readonly record struct Machine(int Lanes, bool HasManyRegisters)
{
    /// <summary>The machines that a model may meet: 128 bits (x64, ARM64), 256 bits with few registers and with many, 512 bits.</summary>
    public static IReadOnlyList<Machine> All(bool isDouble) => isDouble
        ? [new(2, false), new(2, true), new(4, false), new(4, true), new(8, true)]
        : [new(4, false), new(4, true), new(8, false), new(8, true), new(16, true)];
}

/// <summary>A plan computes something else than its program.</summary>
public sealed class WrongPlanException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Runs every plan of a model through every entry point, in memory, with a name beside every element of arenas, panels, states and spans, and compares all
/// results with the interpreter of the plan's program: the bits, and the names, which say of which values a result was computed. A value that was read before it
/// was there, or after another took its place, gives a result another name, whatever its bits: where it is multiplied by zero, not chosen by a mask, or only an id of a table, too. What reaches no
/// result may be anything. So each read that reaches one finds the value that the program names there, and none of an earlier call, since the givens of each call have names of their own.
/// </summary>
public static class PlanVerifier
{
    /// <summary>The schedule of a declaration without errors.</summary>
    public static Schedule ScheduleOf(ModelSpec spec) => ModelCompiler.Schedule(ShapeInference.Infer(spec), CancellationToken.None);

    /// <param name="spec">A declaration without errors.</param>
    /// <param name="seed">Of all numbers.</param>
    /// <param name="machines">Null, the default, for all.</param>
    /// <param name="rows">Rows of the calls of Predict; null, the default, for 1, the batch, and one less and one more.</param>
    public static void Verify(ModelSpec spec, int seed, IReadOnlyList<Machine>? machines = null, IReadOnlyList<int>? rows = null) => Verify(ScheduleOf(spec), seed, machines, rows);

    /// <param name="schedule">The model.</param>
    /// <param name="seed">Of all numbers.</param>
    /// <param name="machines">Null, the default, for all.</param>
    /// <param name="rows">Rows of the calls of Predict; null, the default, for 1, the batch, and one less and one more.</param>
    /// <param name="explains">Whether a wrong plan is run once more, to say which kernel it was: not where that takes too much memory.</param>
    /// <exception cref="WrongPlanException">A result has another name or other bits than the program says, or memory was touched that is none of a plan's.</exception>
    public static void Verify(Schedule schedule, int seed, IReadOnlyList<Machine>? machines = null, IReadOnlyList<int>? rows = null, bool explains = true)
    {
        machines ??= Machine.All(schedule.IsDouble);
        rows ??= new[] { 1, schedule.Batch - 1, schedule.Batch, schedule.Batch + 1 }.Where(r => r > 0).Distinct().ToArray();
        if (schedule.IsDouble)
            Verify<double, IeeeNumbers<double, ExactDoubleArithmetic>>(schedule, seed, machines, rows, explains);
        else
            Verify<float, IeeeNumbers<float, ExactSingleArithmetic>>(schedule, seed, machines, rows, explains);
    }

    private static void Verify<T, TNumbers>(Schedule schedule, int seed, IReadOnlyList<Machine> machines, IReadOnlyList<int> rows, bool explains)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TNumbers : struct, INumbers<T>
    {
        try
        {
            new PlanVerification<T, NamedNumbers<T, TNumbers>>(schedule, seed, machines).Run(rows);
        }
        catch (WrongPlanException) when (explains)
        {
            // Once more, to say which kernel it was.
            NameTrace.Current = new NameTrace();
            try
            {
                new PlanVerification<T, TracedNumbers<T, TNumbers>>(schedule, seed, machines).Run(rows);
            }
            finally
            {
                NameTrace.Current = null;
            }

            throw;
        }
    }
}

/// <summary>One model's plans beside its programs.</summary>
internal sealed class PlanVerification<T, TNumbers>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TNumbers : struct, INumbers<Named<T>>
{
    private readonly Schedule _schedule;
    private readonly int _seed;
    private readonly Random _random;
    private readonly Named<T>[] _parameters;
    private readonly List<(Machine Machine, PlanRunner<Named<T>, TNumbers> Passes)> _models;
    private long _givens;

    public PlanVerification(Schedule schedule, int seed, IReadOnlyList<Machine> machines)
    {
        _schedule = schedule;
        _seed = seed;
        _random = new Random(seed);
        _parameters = Given("parameter", schedule.Program.Parameters.Sum(p => p.Length));
        long unwritten = 0;
        _models = machines.Select(m => (m, new PlanRunner<Named<T>, TNumbers>(
            schedule, m.Lanes, m.HasManyRegisters, _parameters, () => new Named<T>(T.NaN, ValueName.Given("unwritten", unwritten++))))).ToList();
    }

    private Program Inference => _schedule.PredictBatch.Program;

    public void Run(IReadOnlyList<int> rows)
    {
        foreach (int count in rows)
        {
            Predict(count);
            Predict(count);
        }

        foreach (int count in rows.Where(r => r == 1 || r == _schedule.Batch))
        {
            Carry(count);
            Step(count);
        }

        foreach (int count in rows.Where(r => r <= _schedule.Batch))
        {
            Differentiate(count, isTraining: true, isStateful: false, inPieces: false);
            Differentiate(count, isTraining: true, isStateful: false, inPieces: true);
            Differentiate(count, isTraining: false, isStateful: count == _schedule.Batch, inPieces: count % 2 == 0);
        }
    }

    private void Predict(int rows)
    {
        List<Named<T>[]> inputs = Inputs(Inference, rows);
        InterpretedPass<Named<T>> expected = Interpret(Inference).Predict(Packed(inputs), _parameters);
        OnEach($"Predict of {rows} rows", passes =>
        {
            List<Named<T>[]> outputs = Spans(Inference.Outputs, rows);
            passes.Predict(InCallersLayout(passes, Inference.Inputs, inputs, rows), outputs, rows, null);
            Compare(passes, Inference.Outputs, expected.Outputs, outputs, rows, "output");
        });
    }

    /// <summary>Calls that each start from the states that the last one left, then steps, then a call again.</summary>
    private void Carry(int rows)
    {
        Named<T>[][]? states = null;
        var kept = _models.ToDictionary(m => m.Passes, m => m.Passes.CreateState(rows));
        // What a step computes of rows that have lengths is another expression: it knows none.
        bool steps = _schedule.StepRow is not null && !Inference.Inputs.Any(i => i.IsLengths);
        for (int call = 0; call < 2; call++)
            states = PredictFrom(states, kept, rows);
        if (!steps)
            return;
        for (int step = 0; step < 3; step++)
            states = StepFrom(states, kept, rows);
        // What a call over a whole sequence leaves, a step finds.
        states = PredictFrom(states, kept, rows);
        StepFrom(states, kept, rows);
    }

    private Named<T>[][] PredictFrom(Named<T>[][]? states, Dictionary<PlanRunner<Named<T>, TNumbers>, CarriedValues<Named<T>>> kept, int rows)
    {
        List<Named<T>[]> inputs = Inputs(Inference, rows);
        InterpretedPass<Named<T>> expected = Interpret(Inference).Predict(Packed(inputs), _parameters, states);
        OnEach($"Predict of {rows} rows with a state", passes =>
        {
            List<Named<T>[]> outputs = Spans(Inference.Outputs, rows);
            passes.Predict(InCallersLayout(passes, Inference.Inputs, inputs, rows), outputs, rows, kept[passes]);
            Compare(passes, Inference.Outputs, expected.Outputs, outputs, rows, "output");
        });
        return expected.States;
    }

    /// <summary>Steps from zeros on, more than a ring has slots.</summary>
    private void Step(int rows)
    {
        if (_schedule.StepRow is null)
            return;
        var kept = _models.ToDictionary(m => m.Passes, m => m.Passes.CreateState(rows));
        Named<T>[][]? states = null;
        for (int step = 0; step < 5; step++)
            states = StepFrom(states, kept, rows);
    }

    private Named<T>[][] StepFrom(Named<T>[][]? states, Dictionary<PlanRunner<Named<T>, TNumbers>, CarriedValues<Named<T>>> kept, int rows)
    {
        Program program = _schedule.StepRow!.Program;
        List<Named<T>[]> inputs = Inputs(program, rows);
        InterpretedPass<Named<T>> expected = Interpret(program).Predict(Packed(inputs), _parameters, states);
        OnEach($"Step of {rows} rows", passes =>
        {
            List<Named<T>[]> outputs = Spans(program.Outputs, rows);
            passes.Step(InCallersLayout(passes, program.Inputs, inputs, rows), outputs, kept[passes]);
            Compare(passes, program.Outputs, expected.Outputs, outputs, rows, "output");
        });
        return expected.States;
    }

    private void Differentiate(int rows, bool isTraining, bool isStateful, bool inPieces)
    {
        Program program = _schedule.Program;
        TrainingCall? call = isTraining ? new TrainingCall(_seed, 1 + _givens) : null;
        GradientOrder order = new(_schedule.Batch, _schedule.Training.Request.Axis == LaneAxis.Rows);
        Named<T>[][]? states = null;
        var kept = _models.ToDictionary(m => m.Passes, m => isStateful ? m.Passes.CreateState(rows) : null);
        for (int pass = 0; pass < (isStateful && _schedule.Training.Border.States.Count > 0 ? 2 : 1); pass++)
        {
            List<Named<T>[]> inputs = Inputs(program, rows), upstream = Values(program.OutputGradients, "upstream", rows);
            List<Named<T>[]> ofLogits = program.LogitsGradient is { } gradient ? Values([gradient], "upstream of logits", rows) : [];
            InterpretedPass<Named<T>> expected = Interpret(program).Differentiate(Packed(inputs), _parameters, Packed(upstream), order, states, isTraining, call, Packed(ofLogits));
            states = isStateful ? expected.States : null;
            OnEach($"Forward and Backward of {rows} rows{(isTraining ? "" : " in inference mode")}{(inPieces ? ", in pieces" : "")}", passes =>
            {
                List<Named<T>[]> outputs = Spans(program.Outputs, rows), gradients = Spans(program.Inputs, rows);
                passes.Forward(InCallersLayout(passes, program.Inputs, inputs, rows), outputs, rows, kept[passes], call, inPieces);
                passes.Backward(InCallersLayout(passes, program.OutputGradients, upstream, rows), ofLogits.Count == 0 ? [] : InCallersLayout(passes, [program.LogitsGradient!], ofLogits, rows)[0], gradients, inPieces);
                Compare(passes, program.Outputs, expected.Outputs, outputs, rows, "output");
                Compare(passes, program.Inputs, expected.InputGradients, gradients, rows, "gradient of the input");
                if (program.OutputMask is { } mask)
                    Compare(passes, [mask], expected.OutputMask, [passes.OutputMask], rows, "mask");
                if (program.Penalty is { } penalty)
                    Compare(passes, [penalty], expected.Penalties, [passes.Penalties], rows, "penalty");
                if (program.Logits is { } logits)
                    Compare(passes, [logits.Values], expected.Logits, [passes.Logits], rows, "logits");
                foreach ((Named<T> statistic, Named<T> found) in expected.Statistics.Zip(passes.Statistics))
                    Compare(statistic, found, () => "statistic of the batch");
                foreach (Parameter parameter in program.Parameters)
                {
                    for (int i = parameter.Offset; i < parameter.Offset + parameter.Length; i++)
                        Compare(expected.Gradients[i], passes.Gradients[i], () => $"gradient of {parameter.Path} [{i - parameter.Offset}]");
                }
            });
        }
    }

    private void OnEach(string what, Action<PlanRunner<Named<T>, TNumbers>> run)
    {
        foreach ((Machine machine, PlanRunner<Named<T>, TNumbers> passes) in _models)
        {
            try
            {
                run(passes);
                if (NameTrace.Current is { } trace)
                    trace.Kernel = "";
            }
            catch (Exception exception)
            {
                throw new WrongPlanException(
                    $"{what}, batch {_schedule.Batch}, {machine.Lanes} lanes{(machine.HasManyRegisters ? ", many registers" : "")}, seed {_seed}: {exception.Message}", exception);
            }
        }
    }

    private static ModelInterpreter<Named<T>> Interpret(Program program) => new ProgramInterpreter<Named<T>, TNumbers>(program);

    private static void Compare(
        PlanRunner<Named<T>, TNumbers> passes, IReadOnlyList<Sequence> items, Named<T>[] packed, List<Named<T>[]> found, int rows, string what)
    {
        int index = 0;
        for (int item = 0; item < items.Count; item++)
        {
            Sequence sequence = items[item];
            for (int row = 0; row < rows; row++)
            {
                for (int step = 0; step < Math.Max(1, sequence.Steps); step++)
                {
                    for (int lane = 0; lane < sequence.Width; lane++)
                    {
                        (int r, int s, int l) = (row, step, lane);
                        Compare(packed[index++], found[item][passes.CallersIndex(sequence, rows, row, step, lane)], () => $"{what} {sequence.Name}, row {r}, step {s}, lane {l}");
                    }
                }
            }
        }
    }

    private static void Compare(Named<T> expected, Named<T> found, Func<string> what)
    {
        if (expected.Name == found.Name && HaveSameBits(expected.Value, found.Value))
            return;
        throw new InvalidOperationException(FormattableString.Invariant(expected.Name == found.Name
            ? (FormattableString)$"{what()} has other bits: expected {expected.Value:R}, found {found.Value:R}."
            : $"{what()} is computed of other values: expected {expected.Value:R}, found {found.Value:R}. {NameTrace.Current?.Explain(found.Name)}"));
    }

    // Sign and payload of a NaN are outside the contract.
    private static bool HaveSameBits(T expected, T found) => T.IsNaN(expected) ? T.IsNaN(found) : expected == found && T.IsNegative(expected) == T.IsNegative(found);

    /// <summary>Each input of a program, [rows, steps, width].</summary>
    private List<Named<T>[]> Inputs(Program program, int rows)
    {
        List<Named<T>[]> inputs = Values(program.Inputs, "input", rows);
        for (int i = 0; i < inputs.Count; i++)
        {
            // Lengths stand behind the input whose rows they are of.
            Sequence input = program.Inputs[i];
            int number = i;
            if (input.IsLengths || input.Vocabulary > 0)
                inputs[i] = Array.ConvertAll(inputs[i], v => v with { Value = T.CreateChecked(input.IsLengths ? 1 + _random.Next(program.Inputs[number - 1].Steps) : _random.Next(input.Vocabulary)) });
        }

        return inputs;
    }

    private List<Named<T>[]> Values(IReadOnlyList<Sequence> items, string kind, int rows) => items.Select(item => Given(kind, rows * LengthOf(item))).ToList();

    private Named<T>[] Given(string kind, int count)
    {
        Named<T>[] values = new Named<T>[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = new Named<T>(T.CreateChecked(_random.NextDouble() - 0.5), ValueName.Given(kind, _givens++));
            NameTrace.Current?.Add(values[i].Name);
        }

        return values;
    }

    /// <summary>A caller's spans, of what nobody has written.</summary>
    private List<Named<T>[]> Spans(IReadOnlyList<Sequence> items, int rows) => items
        .Select(item => Enumerable.Repeat(new Named<T>(T.NaN, ValueName.Given("unwritten", -1)), rows * LengthOf(item)).ToArray()).ToList();

    private static Named<T>[] Packed(IEnumerable<Named<T>[]> items) => items.SelectMany(i => i).ToArray();

    private static List<Named<T>[]> InCallersLayout(PlanRunner<Named<T>, TNumbers> passes, IReadOnlyList<Sequence> items, List<Named<T>[]> values, int rows)
    {
        List<Named<T>[]> spans = new();
        for (int item = 0; item < items.Count; item++)
        {
            Named<T>[] span = new Named<T>[values[item].Length];
            int index = 0;
            for (int row = 0; row < rows; row++)
            {
                for (int step = 0; step < Math.Max(1, items[item].Steps); step++)
                {
                    for (int lane = 0; lane < items[item].Width; lane++)
                        span[passes.CallersIndex(items[item], rows, row, step, lane)] = values[item][index++];
                }
            }

            spans.Add(span);
        }

        return spans;
    }

    private static int LengthOf(Sequence sequence) => Math.Max(1, sequence.Steps) * sequence.Width;
}
