using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
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

/// <summary>What a pass is called with, by its names.</summary>
internal sealed class PassValues<T>
    where T : unmanaged
{
    public Dictionary<string, Pointer<T>> References { get; } = new();

    public Dictionary<string, int> Numbers { get; } = new();
}

internal sealed partial class KernelMachine<T, TNumbers>
{
    // Names of what every pass may use.
    public const string Memory = "memory", GradientMemory = "gradient memory", Panels = "panels", State = "state", OutputMask = "outputMask", Step = "step";

    private static readonly string[] s_shared = [Memory, GradientMemory, Panels, State, OutputMask];

    /// <summary>The state of the call that runs; null if it has none.</summary>
    public CarriedValues<T>? Carried { get; set; }

    /// <summary>Rows of the last Forward.</summary>
    public int RowsOfForward { get; set; }

    /// <summary>Memory of a pass that another calls; null if both have the same.</summary>
    public Func<Kernel, T[]?> MemoryOf { get; init; } = _ => null;

    /// <summary>Writes the key of a mask: where, whose, and whether it draws.</summary>
    public Action<Pointer<T>, RandomSource, int, bool> KeyWriter { get; init; } = (_, _, _, _) => throw new InvalidOperationException("Nothing is drawn here.");

    /// <summary>Runs a pass.</summary>
    public void Call(Kernel pass, PassValues<T> values)
    {
        Method method = MethodOf(pass);
        Frame frame = new(method, _lanes);
        foreach ((string name, int slot) in method.ReferenceSlots)
        {
            if (values.References.TryGetValue(name, out Pointer<T> pointer))
                frame.References[slot] = pointer;
        }

        foreach ((string name, int slot) in method.NumberSlots)
        {
            if (values.Numbers.TryGetValue(name, out int number))
                frame.Numbers[slot] = number;
        }

        try
        {
            method.Body(frame);
        }
        catch (Exception exception) when (exception is IndexOutOfRangeException or ArgumentException)
        {
            throw new InvalidOperationException($"{pass.Name} reads or writes outside of its memory.", exception);
        }
    }

    /// <summary>Statements of passes.</summary>
    private sealed partial class Compilation
    {
        private Action<Frame> RunInPass(Statement statement)
        {
            switch (statement)
            {
                case When s: return RunIf(Of(s.Condition), Run(s.Body), Run(s.Otherwise));
                case Guard s: return RunIf(Of(s.Condition), Run(s.Body), s.Otherwise is null ? _ => { } : Run(s.Otherwise));
                case While s:
                    (Func<Frame, bool> holds, Action<Frame> repeated) = (Of(s.Condition), Run(s.Body));
                    return frame =>
                    {
                        while (holds(frame))
                            repeated(frame);
                    };
                case GoOn s: return Run(new Loop(s.Variable, Index.Variable(s.Variable), s.To, 1, [s.Body]));
                case Return: return frame => frame.HasReturned = true;
                case LetSpan s: return Run(Slot(_references, s.Name), Of(new Place(NameOf(s.Memory), 0)));
                case LetOrigin s: return Run(Slot(_references, s.Name), Of(new Place(NameOf(s.Memory), 0)));
                case PointInto s: return Run(Slot(_references, s.Name), Of(new Place(s.Span, s.Offset)));
                case LetCondition s:
                    Func<Frame, bool> named = Of(s.Value);
                    return Run(Slot(_numbers, s.Name), frame => named(frame) ? 1 : 0);
                case PassCall s: return Run(s);
                case KeepApart s: return RunApart(Slot(_references, s.Input), Slot(_references, s.Output));
                case RestartRings: return _ => _machine.Carried!.Steps = 0;
                case RequireTraining: return _ => { };
                default: return RunCopy(statement);
            }
        }

        private static string NameOf(PassMemory memory) => memory == PassMemory.Gradients ? GradientMemory : Memory;

        private static Action<Frame> RunIf(Func<Frame, bool> condition, Action<Frame> body, Action<Frame> otherwise) => frame => (condition(frame) ? body : otherwise)(frame);

        private static Action<Frame> RunApart(int input, int output) => frame =>
        {
            if (frame.References[input].Elements == frame.References[output].Elements)
                frame.References[input] = frame.References[input] with { Elements = [.. frame.References[input].Elements] };
        };

        private Action<Frame> Run(PassCall call)
        {
            Func<Frame, int>[] numbers = call.Numbers.Select(Of).ToArray();
            (string Name, int Slot)[] references = call.Pass.Parameters!.Select(p => p.Name).Concat(s_shared).Distinct().Select(n => (n, Slot(_references, n))).ToArray();
            return frame =>
            {
                PassValues<T> values = new();
                foreach ((string name, int slot) in references)
                    values.References[name] = frame.References[slot];
                if (_machine.MemoryOf(call.Pass) is { } memory)
                    values.References[Memory] = new Pointer<T>(memory, 0);
                int number = 0;
                foreach (PassParameter parameter in call.Pass.Parameters!)
                {
                    if (parameter.Kind == PassParameterKind.Number)
                        values.Numbers[parameter.Name] = numbers[number++](frame);
                    else if (parameter.Kind == PassParameterKind.Step)
                        values.Numbers[parameter.Name] = checked((int)_machine.Carried!.Steps++);
                }

                _machine.Call(call.Pass, values);
            };
        }

        private Action<Frame> RunCopy(Statement statement)
        {
            switch (statement)
            {
                case Gather s:
                    return RunGather(s);
                case Scatter s:
                    (Func<Frame, Pointer<T>> from, Func<Frame, Pointer<T>> to, Func<Frame, int> rows) = (Of(s.Source.Start), Of(s.Target.Span), Of(s.Count));
                    (Func<Frame, int> slot, Func<Frame, int> row, Func<Frame, int> first) = (Of(s.Target.SlotStride), Of(s.Target.RowStride), Of(s.Target.First));
                    return frame => ForEach(s.Source, rows(frame), (source, r, t, lane) => Set(
                        to(frame), t * slot(frame) + (first(frame) + r) * row(frame) + lane, Get(from(frame), source)));
                case RepeatFirstRow s:
                    Func<Frame, Pointer<T>> block = Of(s.Block.Start);
                    return frame => ForEach(s.Block, s.StoredRows, (at, r, t, lane) =>
                    {
                        if (r >= s.Rows)
                            Set(block(frame), at, Get(block(frame), at - r * s.Block.RowStride));
                    });
                case Copy s:
                    (Func<Frame, Pointer<T>> source, Func<Frame, Pointer<T>> target, Func<Frame, int> copied) = (Of(s.Source), Of(s.Target), Of(s.Count));
                    return frame => Array.Copy(source(frame).Elements, source(frame).Offset, target(frame).Elements, target(frame).Offset, copied(frame));
                case Clear s:
                    (Func<Frame, Pointer<T>> cleared, Func<Frame, int> count) = (Of(s.Place), Of(s.Count));
                    return frame => Array.Clear(cleared(frame).Elements, cleared(frame).Offset, count(frame));
                case ClearSpan s:
                    Func<Frame, Pointer<T>> all = Of(new Place(s.Reference, 0));
                    return frame => Array.Clear(all(frame).Elements);
                case MarkRows s:
                    (Func<Frame, Pointer<T>> marks, Func<Frame, int> stored, Func<Frame, int> used) = (Of(s.Place), Of(s.StoredRows), Of(s.Rows));
                    return frame =>
                    {
                        for (int r = 0; r < stored(frame); r++)
                            Set(marks(frame), r * s.RowStride, default(TNumbers).Constant(r < used(frame) ? 1 : 0));
                    };
                case ShareAmongRows s:
                    (Func<Frame, Pointer<T>> shares, Func<Frame, int> all2, Func<Frame, int> sharing) = (Of(s.Place), Of(s.StoredRows), Of(s.Rows));
                    return frame =>
                    {
                        for (int r = 0; r < all2(frame); r++)
                            Set(shares(frame), r * s.RowStride, default(TNumbers).Constant(r < sharing(frame) ? 1.0 / sharing(frame) : 0));
                    };
                case StoreFlag s:
                    (Func<Frame, Pointer<T>> flag, int set) = (Of(s.Place), Slot(_numbers, s.Flag));
                    return frame => Set(flag(frame), 0, default(TNumbers).Constant(frame.Numbers[set]));
                case WriteKey s:
                    (Func<Frame, Pointer<T>> key, int draws) = (Of(s.Place), Slot(_numbers, s.Flag));
                    return frame => _machine.KeyWriter(key(frame), s.Source, s.Elements, frame.Numbers[draws] != 0);
                case PackPanel s:
                    (Func<Frame, Pointer<T>> weights, Func<Frame, Pointer<T>> panel) = (Of(s.Source), Of(s.Target));
                    (Func<Frame, int> blockLanes, Func<Frame, int> granule) = (Of(s.BlockLanes), Of(s.Granule));
                    return frame => Pack(s, weights(frame), panel(frame), blockLanes(frame), granule(frame));
                case CopyGradient s:
                    (Func<Frame, Pointer<T>> staged, Func<Frame, Pointer<T>> dense) = (Of(s.Source), Of(s.Target));
                    return frame => Copy(s, staged(frame), dense(frame));
                default:
                    throw new InvalidOperationException($"No kernel has a {statement.GetType().Name}.");
            }
        }

        private Action<Frame> RunGather(Gather s)
        {
            (Func<Frame, Pointer<T>> from, Func<Frame, Pointer<T>> to) = (Of(s.Source.Span), Of(s.Target.Start));
            (Func<Frame, int> slot, Func<Frame, int> row, Func<Frame, int> first) = (Of(s.Source.SlotStride), Of(s.Source.RowStride), Of(s.Source.First));
            (Func<Frame, int> count, Func<Frame, int> stored) = (Of(s.Count), Of(s.StoredRows));
            return frame =>
            {
                int rows = count(frame);
                ForEach(s.Target, stored(frame), (at, r, t, lane) => Set(to(frame), at,
                    r < rows || s.Repeats ? Get(from(frame), t * slot(frame) + (first(frame) + (r < rows ? r : 0)) * row(frame) + lane) : default));
            };
        }

        private static void ForEach(ArenaBlock block, int rows, Action<int, int, int, int> element)
        {
            for (int step = 0; step < block.Steps; step++)
            {
                for (int row = 0; row < rows; row++)
                {
                    for (int lane = 0; lane < block.Width; lane++)
                        element(step * block.SlotStride + row * block.RowStride + lane * block.LaneStride, row, step, lane);
                }
            }
        }

        // Padding lanes are cleared.
        private static void Pack(PackPanel pack, Pointer<T> weights, Pointer<T> panel, int blockLanes, int granule)
        {
            for (int first = 0; first < pack.Lanes; first += blockLanes)
            {
                int used = Math.Min(blockLanes, pack.Lanes - first);
                int width = used == blockLanes ? blockLanes : (used + granule - 1) / granule * granule;
                for (int k = 0; k < pack.Count; k++)
                {
                    for (int lane = 0; lane < width; lane++)
                    {
                        Set(panel, first * pack.RowCount + (pack.Row + k) * width + lane,
                            lane < used ? Get(weights, k * pack.KStride + (first + lane) * pack.LaneStride) : default);
                    }
                }
            }
        }

        private static void Copy(CopyGradient gradient, Pointer<T> source, Pointer<T> target)
        {
            for (int row = 0; row < gradient.Rows; row++)
            {
                for (int column = 0; column < gradient.Columns; column++)
                {
                    int at = row * gradient.RowStride + column * gradient.ColumnStride;
                    Set(target, at, default(TNumbers).Binary(OpCode.Add, gradient.Adds ? Get(target, at) : default, Get(source, row * gradient.Pitch + column)));
                }
            }
        }

        private static T Get(Pointer<T> pointer, int at) => pointer.Elements[pointer.Offset + at];

        private static void Set(Pointer<T> pointer, int at, T value) => pointer.Elements[pointer.Offset + at] = value;

        private Func<Frame, Pointer<T>> Of(Piece piece) => Of(new Place(piece.Reference, piece.Offset ?? 0));

        private Func<Frame, bool> Of(Condition condition)
        {
            switch (condition)
            {
                case Compare c:
                    (Func<Frame, int> left, Func<Frame, int> right) = (Of(c.Left), Of(c.Right));
                    return frame => Holds(left(frame).CompareTo(right(frame)), c.Comparison);
                case AllOf c:
                    Func<Frame, bool>[] all = c.Conditions.Select(Of).ToArray();
                    return frame => all.All(one => one(frame));
                case IsSet c:
                    int flag = Slot(_numbers, c.Name);
                    return frame => frame.Numbers[flag] != 0;
                case IsNot c:
                    Func<Frame, bool> negated = Of(c.Condition);
                    return frame => !negated(frame);
                case HasState c:
                    int state = Slot(_references, State);
                    return frame => frame.References[state].Elements is not null == c.IsGiven;
                case HasElements c:
                    int span = Slot(_references, c.Span);
                    return frame => frame.References[span].Elements.Length > 0;
                case Overlaps c:
                    (int first, int second) = (Slot(_references, c.First), Slot(_references, c.Second));
                    return frame => frame.References[first].Elements == frame.References[second].Elements;
                default:
                    throw new InvalidOperationException($"No pass asks for {condition.GetType().Name}.");
            }
        }

        private static bool Holds(int order, Comparison comparison) => comparison switch
        {
            Comparison.Equal => order == 0,
            Comparison.Less => order < 0,
            Comparison.LessOrEqual => order <= 0,
            Comparison.GreaterOrEqual => order >= 0,
            _ => order > 0,
        };

        private Func<Frame, int> OfPass(Index index)
        {
            switch (index)
            {
                case OffsetIndex offset:
                    return _ => offset.Value;
                case MinimumIndex minimum:
                    (Func<Frame, int> left, Func<Frame, int> right) = (Of(minimum.Left), Of(minimum.Right));
                    return frame => Math.Min(left(frame), right(frame));
                case PaddedIndex padded:
                    Func<Frame, int> rows = Of(padded.Rows);
                    return frame => Math.Min((rows(frame) + padded.Grain - 1) / padded.Grain * padded.Grain, padded.Stored);
                case RowsOfForwardIndex:
                    return _ => _machine.RowsOfForward;
                case PartIndex part:
                    (Func<Frame, int> at, int parts) = (Of(part.Part), Slot(_numbers, "parts"));
                    return frame => (int)((long)part.Pieces * at(frame) / frame.Numbers[parts]);
                case RingStartIndex ring:
                    return _ => (int)(_machine.Carried!.Steps % (ulong)ring.Period);
                case TurnIndex turn:
                    int step = Slot(_numbers, Step);
                    return frame => frame.Numbers[step] % turn.Period;
                default:
                    throw new InvalidOperationException($"Numbers are no {index.GetType().Name}.");
            }
        }
    }
}
