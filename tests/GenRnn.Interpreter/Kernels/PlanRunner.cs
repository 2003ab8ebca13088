using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Scheduling.Plans;

namespace GenRnn.Interpreter.Kernels;

/// <summary>Runs a model's passes on a <see cref="KernelMachine{T, TNumbers}"/>, as the members of its class and the trainer call them.</summary>
internal sealed class PlanRunner<T, TNumbers>
    where T : unmanaged
    where TNumbers : struct, INumbers<T>
{
    private readonly Schedule _schedule;
    private readonly int _lanes;
    private readonly Func<T> _unwritten;
    private readonly KernelMachine<T, TNumbers> _machine;
    private readonly T[] _panels;
    private readonly Dictionary<string, T[]> _arenas;
    private readonly Dictionary<Pointer<T>, (uint, uint)?> _keys = new();
    private readonly Kernel _run;
    private readonly Kernel? _step;
    private TrainingCall? _call;

    /// <param name="schedule">The model.</param>
    /// <param name="lanes">Elements of a vector.</param>
    /// <param name="hasManyRegisters">Whether the machine has 32 vector registers.</param>
    /// <param name="parameters">Dense.</param>
    /// <param name="unwritten">What stands in memory that nothing has written.</param>
    public PlanRunner(Schedule schedule, int lanes, bool hasManyRegisters, T[] parameters, Func<T> unwritten)
    {
        _schedule = schedule;
        _lanes = lanes;
        _unwritten = unwritten;
        _machine = new KernelMachine<T, TNumbers>(lanes, hasManyRegisters, KeyAt) { MemoryOf = MemoryOf, KeyWriter = WriteKey };
        _panels = Unwritten(WithOverhang(schedule.Panels.Length));
        Pack(parameters);
        Gradients = new T[parameters.Length];
        // A pass finds what the last one left in the memory of its plan; it touches none of another's.
        _arenas = schedule.PredictPlans.ToDictionary(p => $"Chunk{p.Rows}", p => Unwritten(WithOverhang(p.Arena.Length)));
        TrainingArena = Unwritten(WithOverhang(schedule.Training.Arena.Length));
        _run = Kernel.Pass("Run", "", schedule.Passes["Predict"].Parameters!, schedule.Passes.Run);
        _step = schedule.StepRow is null ? null : Kernel.Pass("Step", "", schedule.Passes["StepChunk1"].Parameters!, schedule.Passes.RunStep);
    }

    public Schedule Schedule => _schedule;

    /// <summary>Gradients of all parameters, dense; those of what is not trained stay zero.</summary>
    public T[] Gradients { get; }

    /// <summary>Which steps of the main output counted in the last Forward, in the caller's layout; empty if nobody asks.</summary>
    public T[] OutputMask { get; private set; } = [];

    /// <summary>What activity penalties added for each row of the last Forward; empty if there are none.</summary>
    public T[] Penalties { get; private set; } = [];

    /// <summary>What is behind the main output of the last Forward, in the caller's layout; empty if nobody asks.</summary>
    public T[] Logits { get; private set; } = [];

    private T[] LogitsGradient { get; set; } = [];

    /// <summary>What the batch of the last Backward says of itself: what the parameters that follow it are moved by.</summary>
    public T[] Statistics => _schedule.Training.Border.Statistics
        .SelectMany(s => TrainingArena.Skip(((ConstantIndex)_schedule.Training.Arena.OffsetOf(s.Batch, 0)).Value).Take(s.Statistic.Moving.Length)).ToArray();

    private T[] TrainingArena { get; }

    public CarriedValues<T> CreateState(int rows)
    {
        Plan plan = rows == 1 ? _schedule.PredictRow : _schedule.PredictBatch;
        int length = _schedule.StepRow is null ? plan.StateLayout.Length : (rows == 1 ? _schedule.StepRow : _schedule.StepBatch!).Arena.Length;
        return new CarriedValues<T>(rows, WithOverhang(length));
    }

    /// <summary>Any number of rows: the checks in front are left out.</summary>
    public void Predict(IReadOnlyList<T[]> inputs, IReadOnlyList<T[]> outputs, int rows, CarriedValues<T>? state)
    {
        PassValues<T> values = Given(_arenas["Chunk1"], state);
        Bind(values, _run, PassParameterKind.Input, inputs);
        Bind(values, _run, PassParameterKind.Output, outputs);
        values.Numbers["rows"] = rows;
        _machine.Call(_run, values);
    }

    public void Step(IReadOnlyList<T[]> inputs, IReadOnlyList<T[]> outputs, CarriedValues<T> state)
    {
        PassValues<T> values = Given(state.Arena, state);
        Bind(values, _step!, PassParameterKind.Input, inputs);
        Bind(values, _step!, PassParameterKind.Output, outputs);
        values.Numbers["rows"] = state.Rows;
        _machine.Call(_step!, values);
    }

    /// <summary>BeginForward, ForwardRows of all rows, EndForward.</summary>
    /// <param name="call">What masks are drawn from; null in inference.</param>
    /// <param name="inPieces">Whether several threads take the rows.</param>
    public void Forward(IReadOnlyList<T[]> inputs, IReadOnlyList<T[]> outputs, int rows, CarriedValues<T>? state, TrainingCall? call, bool inPieces)
    {
        _call = call;
        _keys.Clear();
        _machine.RowsOfForward = rows;
        OutputMask = new T[_schedule.Training.Border.OutputMask is { } mask ? rows * Math.Max(1, mask.Sequence.Steps) * mask.Sequence.Width : 0];
        Penalties = new T[_schedule.Training.Border.Penalty is null ? 0 : rows];
        Logits = new T[_schedule.Training.Border.Logits is { } logits ? rows * Math.Max(1, logits.Sequence.Steps) * logits.Sequence.Width : 0];
        Train("BeginForward", state, values =>
        {
            Bind(values, _schedule.Passes["BeginForward"], PassParameterKind.Input, inputs);
            values.Numbers["rows"] = rows;
            values.Numbers["training"] = call is null ? 0 : 1;
        });
        foreach ((int first, int count) in Pieces(inPieces))
            Train("ForwardRows", state, values => (values.Numbers["first"], values.Numbers["count"]) = (first, count));
        Train("EndForward", state, values => Bind(values, _schedule.Passes["EndForward"], PassParameterKind.Output, outputs));
    }

    /// <summary>BeginBackward, BackwardRows, ParameterGradients, EndBackward; or what one thread runs, if there is that and <paramref name="inPieces"/> does not forbid it.</summary>
    /// <param name="upstream">Gradients of the outputs.</param>
    /// <param name="ofLogits">Gradient of <see cref="Logits"/>; empty if there are none.</param>
    /// <param name="inputGradients">Receive the gradients of the inputs.</param>
    /// <param name="inPieces">Whether several threads take rows and sums.</param>
    public void Backward(IReadOnlyList<T[]> upstream, T[] ofLogits, IReadOnlyList<T[]> inputGradients, bool inPieces)
    {
        LogitsGradient = ofLogits;
        Train("BeginBackward", null, values => Bind(values, _schedule.Passes["BeginBackward"], PassParameterKind.OutputGradient, upstream));
        if (_schedule.Training.BackwardOfOneThread is not null && !inPieces)
        {
            Train("BackwardOfOneThread", null, values => values.Numbers["inputGradient"] = 1);
        }
        else
        {
            foreach ((int first, int count) in Pieces(inPieces))
                Train("BackwardRows", null, values => (values.Numbers["first"], values.Numbers["count"], values.Numbers["inputGradient"]) = (first, count, 1));
            int parts = inPieces ? 3 : 1;
            for (int part = parts - 1; part >= 0; part--)
            {
                int taken = part;
                Train("ParameterGradients", null, values => (values.Numbers["part"], values.Numbers["parts"]) = (taken, parts));
            }
        }

        Train("EndBackward", null, values => Bind(values, _schedule.Passes["EndBackward"], PassParameterKind.InputGradient, inputGradients));
    }

    /// <summary>Where a caller's span of so many rows holds an element.</summary>
    public int CallersIndex(Sequence sequence, int rows, int row, int step, int lane) => sequence.IsVector ? row * sequence.Width + lane
        : (_schedule.IsTimeMajor ? step * rows + row : row * sequence.Steps + step) * sequence.Width + lane;

    private void Train(string pass, CarriedValues<T>? state, Action<PassValues<T>> bind)
    {
        PassValues<T> values = Given(TrainingArena, state);
        values.References[KernelMachine<T, TNumbers>.GradientMemory] = new Pointer<T>(Gradients, 0);
        values.References[KernelMachine<T, TNumbers>.OutputMask] = new Pointer<T>(OutputMask, 0);
        values.References["penalties"] = new Pointer<T>(Penalties, 0);
        values.References["logits"] = new Pointer<T>(Logits, 0);
        values.References["logitsGradient"] = new Pointer<T>(LogitsGradient, 0);
        bind(values);
        _machine.Call(_schedule.Passes[pass], values);
    }

    private PassValues<T> Given(T[] memory, CarriedValues<T>? state)
    {
        PassValues<T> values = new();
        values.References[KernelMachine<T, TNumbers>.Memory] = new Pointer<T>(memory, 0);
        values.References[KernelMachine<T, TNumbers>.Panels] = new Pointer<T>(_panels, 0);
        if (state is not null)
            values.References[KernelMachine<T, TNumbers>.State] = new Pointer<T>(state.Arena, 0);
        _machine.Carried = state;
        return values;
    }

    /// <summary>Spans of a call, in the order of the pass's parameters.</summary>
    private static void Bind(PassValues<T> values, Kernel pass, PassParameterKind kind, IReadOnlyList<T[]> spans)
    {
        foreach ((PassParameter parameter, T[] span) in pass.Parameters!.Where(p => p.Kind == kind).Zip(spans))
            values.References[parameter.Name] = new Pointer<T>(span, 0);
    }

    private T[]? MemoryOf(Kernel pass) => _arenas.GetValueOrDefault(pass.Name);

    /// <summary>As several threads take them, the last first; where rows mix, all at once.</summary>
    private IEnumerable<(int First, int Count)> Pieces(bool inPieces)
    {
        int rows = _schedule.Batch;
        if (!inPieces || rows <= 16 || _schedule.Program.RowWeights is not null)
            return [(0, rows)];
        return Enumerable.Range(0, (rows + 15) / 16).Reverse().Select(piece => (piece * 16, Math.Min(16, rows - piece * 16)));
    }

    private void WriteKey(Pointer<T> place, RandomSource source, int elements, bool draws)
    {
        for (int i = 0; i < elements; i++)
            place.Elements[place.Offset + i] = _unwritten();
        _keys[place] = draws ? RandomNumbers<T, TNumbers>.KeyOf(source, _call!.Value) : null;
    }

    private (uint, uint)? KeyAt(Pointer<T> place) => _keys.TryGetValue(place, out (uint, uint)? key) ? key : throw new InvalidOperationException("A mask is drawn where no key stands.");

    /// <summary>A vector that begins in an aligned buffer of the runtime ends in it: reads may go on to where nothing is written.</summary>
    private int WithOverhang(int length) => length + _lanes - 1;

    private void Pack(T[] parameters)
    {
        PassValues<T> values = new();
        values.References["parameters"] = new Pointer<T>(parameters, 0);
        values.References[KernelMachine<T, TNumbers>.Panels] = new Pointer<T>(_panels, 0);
        _machine.Call(_schedule.Passes.Pack, values);
    }

    private T[] Unwritten(int length)
    {
        T[] memory = new T[length];
        for (int i = 0; i < length; i++)
            memory[i] = _unwritten();
        return memory;
    }
}
