using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using Index = GenRnn.Compiler.Kernels.Index;

namespace GenRnn.Interpreter.Kernels;

// The runtime's Vec, of cells, is nearer.
using Vec = GenRnn.Compiler.Kernels.Vec;

internal sealed partial class KernelMachine<T, TNumbers>
{
    /// <summary>Turns statements into delegates on numbered locals.</summary>
    private sealed partial class Compilation
    {
        private readonly KernelMachine<T, TNumbers> _machine;
        private readonly int _lanes;
        private readonly Dictionary<string, int> _references = new(), _numbers = new(), _vectors = new();
        private readonly HashSet<int> _ids = new();
        private int _temporaries;

        public Compilation(KernelMachine<T, TNumbers> machine, Kernel kernel)
        {
            _machine = machine;
            _lanes = machine._lanes;
            foreach (string reference in kernel.References.Select(r => r.Name))
                Slot(_references, reference);
            foreach (string number in kernel.Numbers)
                Slot(_numbers, number);
            Method.Body = Run(kernel.Body);
            Method.ReferenceSlots = _references;
            Method.NumberSlots = _numbers;
            Method.Vectors = _vectors.Count + _temporaries;
        }

        public Method Method { get; } = new();

        private static int Slot(Dictionary<string, int> slots, string name)
        {
            if (!slots.TryGetValue(name, out int slot))
                slots[name] = slot = slots.Count;
            return slot;
        }

        // Named and unnamed vectors share one numbering.
        private int Vector(string name)
        {
            if (!_vectors.TryGetValue(name, out int slot))
                _vectors[name] = slot = _vectors.Count + _temporaries;
            return slot * _lanes;
        }

        private int Temporary() => (_vectors.Count + _temporaries++) * _lanes;

        private Action<Frame> Run(IReadOnlyList<Statement> body)
        {
            Action<Frame>[] statements = body.Where(s => s is not Note).Select(Run).ToArray();
            if (statements.Length == 1)
                return statements[0];
            return frame =>
            {
                foreach (Action<Frame> statement in statements)
                {
                    if (frame.HasReturned)
                        return;
                    statement(frame);
                }
            };
        }

        private Action<Frame> Run(Statement statement) => statement switch
        {
            Loop s => Run(s),
            Branch s => Run(s),
            Block s => Run(s.Body),
            RegisterBranch s => Run(_machine._hasManyRegisters ? s.Body : s.Otherwise),
            Let s => Evaluate(s.Value, Vector(s.Name)),
            Assign s => Evaluate(s.Value, Vector(s.Name)),
            LetPair s => Run([new Let(s.First, new ApplyVec(s.Op, [s.X])), new Let(s.Second, new ApplyVec(s.Op, [s.Y]))]),
            Store s => Run(s.Place, s.Value, null),
            StoreTail s => Run(s.Place, s.Value, s.Count),
            StoreScalar s => Run(s),
            Point s => Run(Slot(_references, s.Name), Of(s.Place)),
            Advance s => Run(Slot(_references, s.Name), Of(new Place(s.Name, s.Offset))),
            LetIndex { Value: ElementIndex id } s => Run(Slot(_numbers, s.Name), id),
            LetIndex s => Run(Slot(_numbers, s.Name), Of(s.Value)),
            AssignIndex s => Run(Slot(_numbers, s.Name), Of(s.Value)),
            Invoke s => Run(s),
            _ => RunInPass(statement),
        };

        private static Action<Frame> Run(int slot, Func<Frame, Pointer<T>> value) => frame => frame.References[slot] = value(frame);

        private static Action<Frame> Run(int slot, Func<Frame, int> value) => frame => frame.Numbers[slot] = value(frame);

        private Action<Frame> Run(int slot, ElementIndex id)
        {
            Func<Frame, T> element = Of(new LoadScalar(id.Place));
            _ids.Add(slot);
            return frame =>
            {
                frame.Ids[slot] = element(frame);
                frame.Numbers[slot] = default(TNumbers).Truncate(frame.Ids[slot]);
            };
        }

        private Action<Frame> Run(Loop loop)
        {
            int variable = Slot(_numbers, loop.Variable);
            Func<Frame, int> from = Of(loop.From), to = Of(loop.To), step = Of(loop.Step);
            Action<Frame> body = Run(loop.Body);
            if (loop.Step is ConstantIndex { Value: < 0 })
            {
                return frame =>
                {
                    for (frame.Numbers[variable] = from(frame); frame.Numbers[variable] >= to(frame); frame.Numbers[variable] += step(frame))
                        body(frame);
                };
            }

            return frame =>
            {
                for (frame.Numbers[variable] = from(frame); frame.Numbers[variable] < to(frame); frame.Numbers[variable] += step(frame))
                    body(frame);
            };
        }

        private Action<Frame> Run(Branch branch)
        {
            Func<Frame, int> left = Of(branch.Left), right = Of(branch.Right);
            Action<Frame> body = Run(branch.Body), otherwise = Run(branch.Otherwise);
            return frame =>
            {
                bool holds = Holds(left(frame).CompareTo(right(frame)), branch.Comparison);
                (holds ? body : otherwise)(frame);
            };
        }

        private Action<Frame> Run(Invoke invoke)
        {
            Func<Frame, Pointer<T>>[] references = invoke.References.Select(Of).ToArray();
            Func<Frame, int>[] numbers = invoke.Numbers.Select(Of).ToArray();
            return frame => _machine.Call(invoke.Kernel, Array.ConvertAll(references, r => r(frame)), Array.ConvertAll(numbers, n => n(frame)));
        }

        private Action<Frame> Run(Place place, Vec value, Index? count)
        {
            int source = Temporary();
            Action<Frame> evaluate = Evaluate(value, source);
            Func<Frame, Pointer<T>> target = Of(place);
            Func<Frame, int> stored = Of(count ?? Index.Lanes);
            return frame =>
            {
                evaluate(frame);
                (T[] elements, int offset) = target(frame);
                // The whole vector is read and written back, whatever of it is new.
                CheckVector(elements, offset);
                int lanes = stored(frame);
                for (int i = 0; i < _lanes && i < lanes; i++)
                    elements[offset + i] = frame.Vectors[source + i];
            };
        }

        private Action<Frame> Run(StoreScalar store)
        {
            Func<Frame, T> value = Of(store.Value);
            Func<Frame, Pointer<T>> target = Of(store.Place);
            return frame =>
            {
                T number = value(frame);
                (T[] elements, int offset) = target(frame);
                elements[offset] = number;
            };
        }

        private Action<Frame> Evaluate(Vec vec, int target)
        {
            switch (vec)
            {
                case LocalVec local:
                    int known = Vector(local.Name);
                    return frame => Array.Copy(frame.Vectors, known, frame.Vectors, target, _lanes);
                case LoadVec load:
                    Func<Frame, Pointer<T>> loaded = Of(load.Place);
                    return frame =>
                    {
                        (T[] elements, int offset, T? id) = loaded(frame);
                        CheckVector(elements, offset);
                        Array.Copy(elements, offset, frame.Vectors, target, _lanes);
                        for (int i = 0; id is { } entry && i < _lanes; i++)
                            frame.Vectors[target + i] = default(TNumbers).Entry(frame.Vectors[target + i], entry);
                    };
                case SplatVec splat:
                    Func<Frame, Pointer<T>> single = Of(splat.Place);
                    return frame => Fill(frame, target, At(single(frame)));
                case SplatLaneVec splat:
                    Func<Frame, Pointer<T>> first = Of(splat.Place);
                    return frame =>
                    {
                        Pointer<T> vector = first(frame);
                        // The vector that holds the lane is loaded.
                        CheckVector(vector.Elements, vector.Offset + splat.Lane / _lanes * _lanes);
                        Fill(frame, target, vector.Elements[vector.Offset + splat.Lane]);
                    };
                case NumberVec number:
                    T constant = default(TNumbers).Constant(number.Number);
                    return frame => Fill(frame, target, constant);
                case FmaVec fma:
                    return Evaluate(fma, target);
                case RandomVec random:
                    return Evaluate(random, target);
                case ApplyVec apply:
                    return Evaluate(apply, target);
                default:
                    throw new InvalidOperationException($"Vectors are no {vec.GetType().Name}.");
            }
        }

        private Action<Frame> Evaluate(FmaVec fma, int target)
        {
            (Action<Frame>? a, int x) = Operand(fma.A);
            (Action<Frame>? b, int y) = Operand(fma.B);
            (Action<Frame>? c, int z) = Operand(fma.C);
            return frame =>
            {
                a?.Invoke(frame);
                b?.Invoke(frame);
                c?.Invoke(frame);
                T[] vectors = frame.Vectors;
                for (int i = 0; i < _lanes; i++)
                    vectors[target + i] = default(TNumbers).MultiplyAdd(vectors[x + i], vectors[y + i], vectors[z + i]);
            };
        }

        private Action<Frame> Evaluate(ApplyVec apply, int target)
        {
            (Action<Frame>? Run, int Slot)[] operands = apply.Operands.Select(Operand).ToArray();
            OpCode op = apply.Op;
            int x = operands[0].Slot, y = operands[^1].Slot, mask = x, chosen = operands.Length == 3 ? operands[1].Slot : x;
            int count = operands.Length;
            return frame =>
            {
                foreach ((Action<Frame>? run, _) in operands)
                    run?.Invoke(frame);
                T[] vectors = frame.Vectors;
                TNumbers numbers = default;
                for (int i = 0; i < _lanes; i++)
                {
                    vectors[target + i] = count switch
                    {
                        1 => numbers.Unary(op, vectors[x + i]),
                        2 => numbers.Binary(op, vectors[x + i], vectors[y + i]),
                        _ => numbers.Select(vectors[mask + i], vectors[chosen + i], vectors[y + i]),
                    };
                }
            };
        }

        private Action<Frame> Evaluate(RandomVec random, int target)
        {
            Func<Frame, Pointer<T>> key = Of(random.Key);
            Func<Frame, int> position = Of(random.Position), row = Of(random.Row);
            return frame =>
            {
                (uint, uint)? drawn = _machine._key(key(frame));
                for (int i = 0; i < _lanes; i++)
                {
                    uint at = (uint)(position(frame) + (random.PositionAscends ? i : 0)), of = (uint)(row(frame) + (random.RowAscends ? i : 0));
                    frame.Vectors[target + i] = RandomNumbers<T, TNumbers>.At(random.Source, drawn, at, of);
                }
            };
        }

        /// <summary>A local where it stands; anything else is computed into a place of its own.</summary>
        private (Action<Frame>? Run, int Slot) Operand(Vec vec)
        {
            if (vec is LocalVec local)
                return (null, Vector(local.Name));
            int slot = Temporary();
            return (Evaluate(vec, slot), slot);
        }

        private void Fill(Frame frame, int target, T value) => frame.Vectors.AsSpan(target, _lanes).Fill(value);

        private Func<Frame, T> Of(Scalar scalar)
        {
            switch (scalar)
            {
                case LoadScalar load:
                    Func<Frame, Pointer<T>> place = Of(load.Place);
                    return frame => At(place(frame));
                case AddScalar add:
                    Func<Frame, T> left = Of(add.A), right = Of(add.B);
                    return frame => default(TNumbers).Binary(OpCode.Add, left(frame), right(frame));
                case LaneDotScalar dot:
                    Func<Frame, Pointer<T>> a = Of(dot.A), b = Of(dot.B);
                    return frame => Dot(a(frame), b(frame), dot.Count);
                case LaneReduceScalar reduce:
                    Func<Frame, Pointer<T>> values = Of(reduce.A);
                    return frame =>
                    {
                        (T[] elements, int offset) = values(frame);
                        ReadOnlySpan<T> all = elements.AsSpan(offset, reduce.Count);
                        return reduce.Op == OpCode.LaneSum ? LaneTree.Sum<T, TNumbers>(all) : LaneTree.Max<T, TNumbers>(all);
                    };
                case FoldScalar fold:
                    int vector = Temporary();
                    Action<Frame> evaluate = Evaluate(fold.Vector, vector);
                    return frame =>
                    {
                        evaluate(frame);
                        return LaneTree.Fold<T, TNumbers>(frame.Vectors.AsSpan(vector, _lanes));
                    };
                default:
                    throw new InvalidOperationException($"Scalars are no {scalar.GetType().Name}.");
            }
        }

        private static T Dot(Pointer<T> a, Pointer<T> b, int count)
        {
            Span<T> lanes = stackalloc T[LaneTree.Lanes];
            lanes.Clear();
            for (int j = 0; j < count; j++)
                lanes[j % LaneTree.Lanes] = default(TNumbers).MultiplyAdd(a.Elements[a.Offset + j], b.Elements[b.Offset + j], lanes[j % LaneTree.Lanes]);
            return LaneTree.Fold<T, TNumbers>(lanes);
        }

        private Func<Frame, Pointer<T>> Of(Place place)
        {
            int reference = Slot(_references, place.Reference);
            if (place.Offset is ConstantIndex constant)
            {
                int distance = constant.Value;
                return frame => frame.References[reference] is var pointer && distance == 0 ? pointer : pointer with { Offset = pointer.Offset + distance };
            }

            Func<Frame, int> offset = Of(place.Offset);
            Func<Frame, T>? id = IdOf(place.Offset);
            return frame => frame.References[reference] is var pointer ? pointer with { Offset = pointer.Offset + offset(frame), Id = id is null ? pointer.Id : id(frame) } : default;
        }

        /// <summary>The id in an offset, if one leads there.</summary>
        private Func<Frame, T>? IdOf(Index offset) => offset switch
        {
            ElementIndex element => Of(new LoadScalar(element.Place)),
            VariableIndex variable when Slot(_numbers, variable.Name) is var slot && _ids.Contains(slot) => frame => frame.Ids[slot],
            BinaryIndex binary => IdOf(binary.Left) ?? IdOf(binary.Right),
            _ => null,
        };

        private Func<Frame, int> Of(Index index)
        {
            switch (index)
            {
                case ConstantIndex constant:
                    return _ => constant.Value;
                case SizeIndex size:
                    return _ => size.Value;
                case LanesIndex:
                    return _ => _lanes;
                case VariableIndex variable:
                    int slot = Slot(_numbers, variable.Name);
                    return frame => frame.Numbers[slot];
                case ElementIndex element:
                    Func<Frame, Pointer<T>> place = Of(element.Place);
                    return frame => default(TNumbers).Truncate(At(place(frame)));
                case MaximumIndex maximum:
                    Func<Frame, int> one = Of(maximum.Left), other = Of(maximum.Right);
                    return frame => Math.Max(one(frame), other(frame));
                case BinaryIndex binary:
                    Func<Frame, int> left = Of(binary.Left), right = Of(binary.Right);
                    return binary.Operator switch
                    {
                        '+' => frame => left(frame) + right(frame),
                        '-' => frame => left(frame) - right(frame),
                        '*' => frame => left(frame) * right(frame),
                        '/' => frame => left(frame) / right(frame),
                        _ => frame => left(frame) % right(frame),
                    };
                default:
                    return OfPass(index);
            }
        }

        private static T At(Pointer<T> pointer) => pointer.Id is { } id ? default(TNumbers).Entry(pointer.Elements[pointer.Offset], id) : pointer.Elements[pointer.Offset];

        private void CheckVector(T[] elements, int offset)
        {
            if (offset < 0 || offset + _lanes > elements.Length)
                throw new IndexOutOfRangeException();
        }
    }
}
