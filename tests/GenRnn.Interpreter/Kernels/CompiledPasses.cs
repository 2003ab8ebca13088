using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Scheduling.Gradients;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Scheduling.Plans;
using Index = GenRnn.Compiler.Kernels.Index;

namespace GenRnn.Interpreter.Kernels;

/// <summary>What a caller keeps between calls: a model's State.</summary>
internal sealed class CarriedValues<T>(int rows, int length)
{
    public int Rows => rows;

    public T[] Arena { get; } = new T[length];

    /// <summary>Steps since the rings stood at their first slots.</summary>
    public ulong Steps { get; set; }
}

/// <summary>
/// The entry points of a model, run on a <see cref="KernelMachine{T, TNumbers}"/>. A stand-in: it mirrors, statement by statement, what <c>CSharp/Passes</c> and
/// <c>PackPrinter</c> print around the drivers (row ranges, staging, direct outputs, states, adding or overwriting), and what they call in the runtime (<c>Staging</c>,
/// <c>PanelPacker</c>). It goes when plans say that themselves; until then a change there is a change here.
/// </summary>
internal sealed class CompiledPasses<T, TNumbers>
    where T : unmanaged
    where TNumbers : struct, INumbers<T>
{
    private readonly Schedule _schedule;
    private readonly int _lanes;
    private readonly Func<T> _unwritten;
    private readonly KernelMachine<T, TNumbers> _machine;
    private readonly T[] _panels;
    private readonly Dictionary<Plan, T[]> _arenas = new();
    private readonly Dictionary<Pointer<T>, (uint, uint)?> _keys = new();
    private readonly Dictionary<string, int> _counters = new();
    private int _rowsOfForward;

    /// <param name="schedule">The model.</param>
    /// <param name="lanes">Elements of a vector.</param>
    /// <param name="hasManyRegisters">Whether the machine has 32 vector registers.</param>
    /// <param name="parameters">Dense.</param>
    /// <param name="unwritten">What stands in memory that nothing has written.</param>
    public CompiledPasses(Schedule schedule, int lanes, bool hasManyRegisters, T[] parameters, Func<T> unwritten)
    {
        _schedule = schedule;
        _lanes = lanes;
        _unwritten = unwritten;
        _machine = new KernelMachine<T, TNumbers>(lanes, hasManyRegisters, KeyAt);
        _panels = Unwritten(WithOverhang(schedule.Panels.Length));
        Pack(parameters);
        Gradients = new T[parameters.Length];
    }

    public Schedule Schedule => _schedule;

    public KernelMachine<T, TNumbers> Machine => _machine;

    /// <summary>Gradients of all parameters, dense; those of what is not trained stay zero.</summary>
    public T[] Gradients { get; }

    /// <summary>Which steps of the main output counted in the last Forward, in the caller's layout; empty if nobody asks.</summary>
    public T[] OutputMask { get; private set; } = [];

    /// <summary>What activity penalties added for each row of the last Forward; empty if there are none.</summary>
    public T[] Penalties { get; private set; } = [];

    /// <summary>What the batch of the last Backward says of itself: what the parameters that follow it are moved by.</summary>
    public T[] Statistics => _schedule.Training.Border.Statistics
        .SelectMany(s => ArenaOf(_schedule.Training).Skip(Offset(_schedule.Training, s.Batch)).Take(s.Statistic.Moving.Length)).ToArray();

    /// <summary>An arena is a plan's own, and each call finds what the last one left.</summary>
    public T[] ArenaOf(Plan plan)
    {
        if (!_arenas.TryGetValue(plan, out T[]? arena))
            _arenas[plan] = arena = Unwritten(WithOverhang(plan.Arena.Length));
        return arena;
    }

    public CarriedValues<T> CreateState(int rows)
    {
        Plan plan = rows == 1 ? _schedule.PredictRow : _schedule.PredictBatch;
        int length = _schedule.StepRow is null ? plan.StateLayout.Length : (rows == 1 ? _schedule.StepRow : _schedule.StepBatch!).Arena.Length;
        return new CarriedValues<T>(rows, WithOverhang(length));
    }

    /// <summary>A vector that begins in an aligned buffer of the runtime ends in it: reads may go on to where nothing is written.</summary>
    private int WithOverhang(int length) => length + _lanes - 1;

    // PackPrinter; a panel's padding lanes are cleared.
    private void Pack(T[] parameters)
    {
        foreach (PlacedPanel placed in _schedule.Panels.Panels)
        {
            Panel panel = placed.Panel;
            int blockLanes = panel.BlockVectors > 0 ? _lanes * panel.BlockVectors : panel.BlockLanes, granule = panel.BlockVectors > 0 ? _lanes : 1;
            int start = 0;
            foreach (PanelSegment segment in panel.Segments)
            {
                for (int first = 0; first < panel.Lanes; first += blockLanes)
                {
                    int used = Math.Min(blockLanes, panel.Lanes - first);
                    int width = used == blockLanes ? blockLanes : (used + granule - 1) / granule * granule;
                    for (int k = 0; k < segment.Count; k++)
                    {
                        for (int lane = 0; lane < width; lane++)
                        {
                            _panels[placed.Offset + first * panel.RowCount + (start + k) * width + lane] =
                                lane < used ? parameters[segment.Offset + k * segment.KStride + (first + lane) * segment.LaneStride] : default;
                        }
                    }
                }

                start += segment.Count;
            }
        }
    }

    /// <summary>Any number of rows: the checks in front are left out.</summary>
    public void Predict(IReadOnlyList<T[]> inputs, IReadOnlyList<T[]> outputs, int rows, CarriedValues<T>? state)
    {
        int row = 0;
        if (_schedule.Batch > 1 && rows == _schedule.Batch)
        {
            Chunk(_schedule.PredictBatch, inputs, outputs, rows, 0, rows, state);
            return;
        }

        while (_schedule.Batch > 1 && rows - row >= _schedule.PaddedFrom)
        {
            int count = Math.Min(_schedule.Batch, rows - row), grain = _schedule.PredictBatch.Request.RowGrain;
            if (_schedule.PredictBatch.Request.HasRowRange && count > grain && count < _schedule.Batch && count % grain < _schedule.PaddedFrom)
                count -= count % grain;
            Chunk(_schedule.PredictBatch, inputs, outputs, rows, row, count, state);
            row += count;
        }

        for (; row < rows; row++)
            Chunk(_schedule.PredictRow, inputs, outputs, rows, row, 1, state);
    }

    public void Step(IReadOnlyList<T[]> inputs, IReadOnlyList<T[]> outputs, CarriedValues<T> state) =>
        Chunk(state.Rows == 1 ? _schedule.StepRow! : _schedule.StepBatch!, inputs, outputs, state.Rows, 0, state.Rows, state);

    private void Chunk(Plan plan, IReadOnlyList<T[]> inputs, IReadOnlyList<T[]> outputs, int rows, int row, int count, CarriedValues<T>? state)
    {
        T[] arena = plan.Request.Purpose.RunsInState ? state!.Arena : ArenaOf(plan);
        _counters.Clear();
        foreach (StepCounter counter in plan.Counters)
            _counters[counter.Name] = (int)(state!.Steps % (ulong)counter.Period);
        List<int> counters = [.. plan.Counters.Select(c => _counters[c.Name])];
        if (counters.Count > 0)
            state!.Steps++;

        List<Pointer<T>> references = [];
        for (int i = 0; i < plan.Border.Inputs.Count; i++)
        {
            Binding input = plan.Border.Inputs[i];
            if (!input.IsDirect)
            {
                CopyIn(inputs[i], input, plan, arena, rows, row, count, repeats: true);
                continue;
            }

            bool needsAllRows = _schedule.IsTimeMajor && input.Sequence.Steps > 1;
            bool isCallers = (plan.Rows == 1 && !needsAllRows) || IsWhole(plan, needsAllRows, rows, count);
            if (!isCallers)
                CopyIn(inputs[i], input, plan, arena, rows, row, count, repeats: true);
            references.Add(isCallers
                ? new Pointer<T>(inputs[i], row * (needsAllRows ? 0 : LengthOf(input.Sequence)))
                : new Pointer<T>(arena, plan.Arena.OffsetOf(input.Site.Buffer)));
        }

        bool[] isStored = new bool[plan.Border.Outputs.Count];
        for (int i = 0; i < plan.Border.Outputs.Count; i++)
        {
            Binding output = plan.Border.Outputs[i];
            if (!output.IsDirect)
                continue;
            isStored[i] = IsWhole(plan, _schedule.IsTimeMajor, rows, count);
            references.Add(isStored[i]
                ? new Pointer<T>(outputs[i], _schedule.IsTimeMajor ? 0 : row * LengthOf(output.Sequence))
                : new Pointer<T>(arena, Offset(plan, output.Site)));
        }

        if (!plan.Request.Purpose.RunsInState)
            StatesIn(plan, arena, state);
        Drive(plan.Forward, plan, arena, references, 0, Padded(plan, count), counters);
        for (int i = 0; i < plan.Border.Outputs.Count; i++)
        {
            if (!isStored[i])
                CopyOut(plan, arena, plan.Border.Outputs[i], outputs[i], rows, row, count);
        }

        if (!plan.Request.Purpose.RunsInState)
            StatesOut(plan, arena, state);
    }

    /// <summary>BeginForward, ForwardRows of all rows, EndForward.</summary>
    /// <param name="call">What masks are drawn from; null in inference.</param>
    public void Forward(IReadOnlyList<T[]> inputs, IReadOnlyList<T[]> outputs, int rows, CarriedValues<T>? state, TrainingCall? call, bool inPieces)
    {
        Plan plan = _schedule.Training;
        T[] arena = ArenaOf(plan);
        _rowsOfForward = rows;
        _keys.Clear();
        for (int number = 0; number < plan.Keys.Sources.Count; number++)
        {
            RandomSource source = plan.Keys.Sources[number];
            int offset = plan.Arena.OffsetOf(plan.Keys, number);
            for (int i = 0; i < RandomKeys.Elements; i++)
                arena[offset + i] = _unwritten();
            _keys[new Pointer<T>(arena, offset)] = call is { } training ? RandomNumbers<T, TNumbers>.KeyOf(source, training) : null;
        }

        for (int i = 0; i < plan.Border.Inputs.Count; i++)
            CopyIn(inputs[i], plan.Border.Inputs[i], plan, arena, rows, 0, rows, repeats: true);
        if (plan.Border.RowWeights is { } weights)
        {
            for (int row = 0; row < Padded(plan, rows); row++)
                arena[Offset(plan, weights.Site) + row * weights.Site.Layout.RowStride] = default(TNumbers).Constant(row < rows ? 1 : 0);
        }

        if (plan.Border.TrainingFlag is { } flag)
            arena[Offset(plan, flag.Site)] = default(TNumbers).Constant(call is null ? 0 : 1);
        StatesIn(plan, arena, state);
        DriveRows(plan.Forward, plan, inPieces);
        for (int i = 0; i < plan.Border.Outputs.Count; i++)
            CopyOut(plan, arena, plan.Border.Outputs[i], outputs[i], rows, 0, rows);
        OutputMask = new T[plan.Border.OutputMask is null ? 0 : rows * LengthOf(plan.Border.OutputMask.Sequence)];
        if (plan.Border.OutputMask is not null)
            CopyOut(plan, arena, plan.Border.OutputMask, OutputMask, rows, 0, rows);
        Penalties = new T[plan.Border.Penalty is null ? 0 : rows];
        if (plan.Border.Penalty is not null)
            CopyOut(plan, arena, plan.Border.Penalty, Penalties, rows, 0, rows);
        StatesOut(plan, arena, state);
    }

    /// <summary>BeginBackward, BackwardRows, ParameterGradients, EndBackward; or the driver of one thread, if there is one and <paramref name="inPieces"/> does not forbid it.</summary>
    public void Backward(IReadOnlyList<T[]> upstream, IReadOnlyList<T[]> inputGradients, bool inPieces)
    {
        Plan plan = _schedule.Training;
        T[] arena = ArenaOf(plan);
        for (int i = 0; i < plan.Border.OutputGradients.Count; i++)
            CopyIn(upstream[i], plan.Border.OutputGradients[i], plan, arena, _rowsOfForward, 0, _rowsOfForward, repeats: false);
        if (plan.Border.PenaltyGradient is { } share)
        {
            for (int row = 0; row < Padded(plan, _rowsOfForward); row++)
                arena[Offset(plan, share.Site) + row * share.Site.Layout.RowStride] = default(TNumbers).Constant(row < _rowsOfForward ? 1.0 / _rowsOfForward : 0);
        }

        Clear(plan, arena, plan.Border.ZeroedBackward);
        if (plan.BackwardOfOneThread is { } driver && !inPieces)
        {
            DriveRows(driver, plan, inPieces: false);
            if (plan.InputBackward is not null)
                DriveRows(plan.InputBackward, plan, inPieces: false);
        }
        else
        {
            foreach ((int first, int count) in Pieces(plan, inPieces))
            {
                DriveRows(plan.Backward!, plan, first, count);
                if (plan.InputBackward is not null)
                    DriveRows(plan.InputBackward, plan, first, count);
            }

            int parts = inPieces ? 3 : 1;
            for (int part = parts - 1; part >= 0; part--)
                ParameterGradients(plan, arena, part, parts);
        }

        EndBackward(plan, arena, inputGradients);
    }

    private void ParameterGradients(Plan plan, T[] arena, int part, int parts)
    {
        int number = 0;
        foreach (GradientGroup group in plan.GradientGroups)
        {
            for (int chunk = 0; chunk < group.Chunks; chunk++)
            {
                for (int i = 0; i < group.Calls.Count; i++)
                    ParameterGradient(plan, arena, group.Calls[i], number + i, chunk, part, parts);
            }

            number += group.Calls.Count;
        }
    }

    private void ParameterGradient(Plan plan, T[] arena, GradientCall gradient, int number, int chunk, int part, int parts)
    {
        List<Pointer<T>> references = gradient.Call.Arguments.Select(a => new Pointer<T>(arena, plan.Arena.OffsetOf(a.Site!.Buffer.Staged ?? a.Site.Buffer) + a.Site!.Shift * a.Site.Layout.SlotStride)).ToList();
        if (gradient.Gradient.Left is null && part != number % parts)
            return;
        int rows = gradient.Gradient.Target.Rows;
        int tiles = (rows + gradient.TileRows - 1) / gradient.TileRows;
        _machine.Call(gradient.Call.Kernel, references, gradient.Call.Kernel.Numbers.Select(name => name switch
        {
            LoopNumbers.End => Padded(plan, _rowsOfForward),
            LoopNumbers.From => tiles * part / parts * gradient.TileRows,
            LoopNumbers.To => Math.Min(rows, tiles * (part + 1) / parts * gradient.TileRows),
            LoopNumbers.Chunk => chunk,
            _ => throw new InvalidOperationException($"A gradient's kernel asks for {name}."),
        }).ToList());
    }

    private void EndBackward(Plan plan, T[] arena, IReadOnlyList<T[]> inputGradients)
    {
        foreach (Parameter parameter in plan.Program.Parameters.Where(p => plan.Gradients.All(g => g.Gradient.Target.Parameter != p)))
            Array.Clear(Gradients, parameter.Offset, parameter.Length);
        HashSet<ParameterView> seen = new();
        foreach (GradientCall gradient in plan.Gradients)
        {
            ParameterView target = gradient.Gradient.Target;
            bool adds = !seen.Add(target);
            for (int row = 0; row < target.Rows; row++)
            {
                for (int column = 0; column < target.Columns; column++)
                {
                    T value = arena[plan.Arena.OffsetOf(gradient.Staging) + row * gradient.Staging.Layout.RowStride + column];
                    ref T place = ref Gradients[target.Parameter.Offset + target.Offset + row * target.RowStride + column * target.ColumnStride];
                    place = default(TNumbers).Binary(OpCode.Add, adds ? place : default, value);
                }
            }
        }

        for (int i = 0; i < plan.Border.InputGradients.Count; i++)
        {
            if (plan.Border.InputGradients[i] is { } binding)
                CopyOut(plan, arena, binding, inputGradients[i], _rowsOfForward, 0, _rowsOfForward);
            else
                Array.Clear(inputGradients[i]);
        }
    }

    private void DriveRows(Kernel driver, Plan plan, bool inPieces)
    {
        foreach ((int first, int count) in Pieces(plan, inPieces))
            DriveRows(driver, plan, first, count);
    }

    /// <summary>As several threads take them, the last first; where rows mix, all at once.</summary>
    private IEnumerable<(int First, int Count)> Pieces(Plan plan, bool inPieces)
    {
        if (!inPieces || plan.Rows <= 16 || _schedule.Program.RowWeights is not null)
            return [(0, plan.Rows)];
        return Enumerable.Range(0, (plan.Rows + 15) / 16).Reverse().Select(piece => (piece * 16, Math.Min(16, plan.Rows - piece * 16)));
    }

    private void DriveRows(Kernel driver, Plan plan, int first, int count)
    {
        T[] arena = ArenaOf(plan);
        int end = Math.Min(Padded(plan, first + count), Padded(plan, _rowsOfForward));
        if (end <= first)
            return;
        List<Pointer<T>> externals = plan.Border.Inputs.Where(i => i.IsDirect).Select(i => new Pointer<T>(arena, plan.Arena.OffsetOf(i.Site.Buffer))).ToList();
        Drive(driver, plan, arena, externals, first, end, []);
    }

    private void Drive(Kernel driver, Plan plan, T[] arena, List<Pointer<T>> externals, int first, int end, List<int> counters) => _machine.Call(
        driver, [.. externals, new Pointer<T>(arena, 0), new Pointer<T>(_panels, 0)], [.. plan.Request.HasRowRange ? new[] { first, end } : [], .. counters]);

    private void StatesIn(Plan plan, T[] arena, CarriedValues<T>? state)
    {
        Clear(plan, arena, plan.Border.ZeroedForward);
        foreach (CarriedState carried in plan.Border.States.Where(s => !s.IsGiven))
        {
            SlotRange initial = carried.Initial;
            if (state is null)
            {
                Clear(plan, arena, [initial]);
                continue;
            }

            if (!plan.Request.Purpose.HasDenseStates)
            {
                int ring = StepCounter.OfRing(initial.Count) is { } counter ? (int)(state.Steps % (ulong)counter.Period) * initial.Buffer.Layout.SlotStride : 0;
                Array.Copy(state.Arena, plan.StateLayout.OffsetOf(carried) + ring, arena, plan.Arena.OffsetOf(initial), initial.Length);
                PadState(plan, carried, arena);
                continue;
            }

            for (int row = 0; row < plan.Request.StoredRows; row++)
            {
                for (int lane = 0; lane < carried.Width; lane++)
                    arena[At(plan, initial, row, lane)] = state.Arena[plan.StateLayout.OffsetOf(carried) + (row < plan.Rows ? row : 0) * carried.Width + lane];
            }
        }
    }

    // Staging.RepeatFirstRow.
    private static void PadState(Plan plan, CarriedState carried, T[] arena)
    {
        Layout layout = carried.Initial.Buffer.Layout;
        if (plan.Backward is null || layout.RowStride != 1 || plan.Request.StoredRows == plan.Rows)
            return;
        for (int slot = 0; slot < carried.Initial.Count; slot++)
        {
            for (int lane = 0; lane < carried.Width; lane++)
            {
                int first = plan.Arena.OffsetOf(carried.Initial) + slot * layout.SlotStride + lane * layout.LaneStride;
                Array.Fill(arena, arena[first], first + plan.Rows, plan.Request.StoredRows - plan.Rows);
            }
        }
    }

    private static void StatesOut(Plan plan, T[] arena, CarriedValues<T>? state)
    {
        if (state is null || plan.Border.States.Count == 0)
            return;
        foreach (CarriedState carried in plan.Border.States)
        {
            if (!plan.Request.Purpose.HasDenseStates)
            {
                Array.Copy(arena, plan.Arena.OffsetOf(carried.Final), state.Arena, plan.StateLayout.OffsetOf(carried), carried.Final.Length);
                continue;
            }

            for (int row = 0; row < plan.Rows; row++)
            {
                for (int lane = 0; lane < carried.Width; lane++)
                    state.Arena[plan.StateLayout.OffsetOf(carried) + row * carried.Width + lane] = arena[At(plan, carried.Final, row, lane)];
            }
        }

        if (plan.Border.States.Any(s => StepCounter.OfRing(s.Initial.Count) is not null))
            state.Steps = 0;
    }

    private static int At(Plan plan, SlotRange range, int row, int lane) => plan.Arena.OffsetOf(range) + row * range.Buffer.Layout.RowStride + lane * range.Buffer.Layout.LaneStride;

    private static void Clear(Plan plan, T[] arena, IEnumerable<SlotRange> ranges)
    {
        foreach (SlotRange range in ranges)
            Array.Clear(arena, plan.Arena.OffsetOf(range), range.Length);
    }

    private void CopyIn(T[] source, Binding binding, Plan plan, T[] arena, int rows, int firstRow, int count, bool repeats)
    {
        Layout layout = binding.Site.Layout;
        for (int step = 0; step < Math.Max(1, binding.Sequence.Steps); step++)
        {
            for (int row = 0; row < Padded(plan, count); row++)
            {
                for (int lane = 0; lane < binding.Sequence.Width; lane++)
                {
                    arena[Offset(plan, binding.Site) + step * layout.SlotStride + row * layout.RowStride + lane * layout.LaneStride] =
                        row < count || repeats ? source[CallersIndex(binding.Sequence, rows, firstRow + (row < count ? row : 0), step, lane)] : default;
                }
            }
        }
    }

    private void CopyOut(Plan plan, T[] arena, Binding binding, T[] target, int rows, int firstRow, int count)
    {
        Layout layout = binding.Site.Layout;
        for (int step = 0; step < Math.Max(1, binding.Sequence.Steps); step++)
        {
            for (int row = 0; row < count; row++)
            {
                for (int lane = 0; lane < binding.Sequence.Width; lane++)
                {
                    target[CallersIndex(binding.Sequence, rows, firstRow + row, step, lane)] =
                        arena[Offset(plan, binding.Site) + step * layout.SlotStride + row * layout.RowStride + lane * layout.LaneStride];
                }
            }
        }
    }

    /// <summary>Where a caller's span of so many rows holds an element.</summary>
    public int CallersIndex(Sequence sequence, int rows, int row, int step, int lane) => sequence.IsVector ? row * sequence.Width + lane
        : (_schedule.IsTimeMajor ? step * rows + row : row * sequence.Steps + step) * sequence.Width + lane;

    /// <summary>Rows that a pass runs for a call of so many.</summary>
    private static int Padded(Plan plan, int rows) => plan.Request.HasRowRange ? Math.Min((rows + plan.Request.RowGrain - 1) / plan.Request.RowGrain * plan.Request.RowGrain, plan.Request.StoredRows) : plan.Request.StoredRows;

    private static bool IsWhole(Plan plan, bool dependsOnRows, int rows, int count) => dependsOnRows ? rows == plan.Rows : count == Padded(plan, count);

    private static int LengthOf(Sequence sequence) => Math.Max(1, sequence.Steps) * sequence.Width;

    /// <summary>Where a site's first slot is: in a ring by the counter of the call.</summary>
    private int Offset(Plan plan, Site site) => plan.Arena.OffsetOf(site.Buffer) + Valued(plan.Arena.IsInPlace(site.Buffer) ? 0 : site.Slot(0)) * site.Layout.SlotStride;

    private int Valued(Index index) => index switch
    {
        ConstantIndex constant => constant.Value,
        SizeIndex size => size.Value,
        VariableIndex counter => _counters[counter.Name],
        BinaryIndex { Operator: '+' } sum => Valued(sum.Left) + Valued(sum.Right),
        BinaryIndex { Operator: '-' } difference => Valued(difference.Left) - Valued(difference.Right),
        BinaryIndex { Operator: '*' } product => Valued(product.Left) * Valued(product.Right),
        _ => throw new InvalidOperationException($"A call's own offset is no {index.GetType().Name}."),
    };

    private (uint, uint)? KeyAt(Pointer<T> place) => _keys.TryGetValue(place, out (uint, uint)? key) ? key : throw new InvalidOperationException("A mask is drawn where no key stands.");

    private T[] Unwritten(int length)
    {
        T[] memory = new T[length];
        for (int i = 0; i < length; i++)
            memory[i] = _unwritten();
        return memory;
    }
}
