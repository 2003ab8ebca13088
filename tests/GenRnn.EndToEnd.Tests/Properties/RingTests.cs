using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using GenRnn.EndToEnd.Tests.Compiling;
using GenRnn.Fingerprint;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>
/// What a causal convolution carries is a ring: a series that goes through it in pieces of any length, steps and whole calls in any order, gives the bits
/// of one long pass, wherever the ring stands and however often it has come round.
/// </summary>
public sealed class RingTests
{
    private const int Features = 3;

    /// <summary>Steps of the long pass: the longest reach (24) comes round twice, the others many times.</summary>
    private const int Whole = 63;

    /// <summary>Steps of a call that is shorter than most reaches.</summary>
    private const int Part = 5;

    private static readonly (string Name, string Layers)[] s_stacks =
    [
        ("Doubling", "[Conv1D(3, 2, Padding = Padding.Causal)] [Conv1D(4, 2, Padding = Padding.Causal, DilationRate = 2, Activation = Activation.Relu)] [Conv1D(2, 2, Padding = Padding.Causal, DilationRate = 8)]"),
        ("Uneven", "[Conv1D(5, 3, Padding = Padding.Causal, DilationRate = 3)] [Gru(4, ReturnSequences = true)] [Conv1D(17, 4, Padding = Padding.Causal, DilationRate = 8, Activation = Activation.Tanh)] [Dense(2)]"),
        ("Staged", "[Activation(Activation.Tanh)] [Conv1D(6, 5, Padding = Padding.Causal, Groups = 3)] [LayerNormalization] [Conv1D(6, 1, Groups = 6)] [Conv1D(4, 2, Padding = Padding.Causal, DilationRate = 7, Groups = 2)]"),
    ];

    private static readonly (int Batch, bool IsDouble)[] s_variants = [(1, false), (3, false), (20, false), (3, true)];

    private static readonly Lazy<ModelCompilation> s_compilation = new(() => ModelCompilation.Compile(
        "Rings",
        (from stack in s_stacks from variant in s_variants from steps in new[] { Part, Whole } select Source(stack.Name, stack.Layers, variant.Batch, variant.IsDouble, steps)).ToArray()));

    public static IEnumerable<object[]> Cases() =>
        from stack in s_stacks from variant in s_variants from rows in new[] { 1, variant.Batch }.Distinct() select new object[] { stack.Name, variant.Batch, rows, variant.IsDouble };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Pieces_of_any_length_are_one_pass(string name, int batch, int rows, bool isDouble) => Run(name, batch, rows, isDouble, new Pieces());

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_copied_state_goes_its_own_way(string name, int batch, int rows, bool isDouble) => Run(name, batch, rows, isDouble, new Copies());

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_step_allocates_nothing_wherever_the_ring_stands(string name, int batch, int rows, bool isDouble) => Run(name, batch, rows, isDouble, new Allocations());

    private static void Run(string name, int batch, int rows, bool isDouble, Check check)
    {
        if (isDouble)
            check.Run(new Series<double>(name, batch, rows));
        else
            check.Run(new Series<float>(name, batch, rows));
    }

    private static ModelSource Source(string name, string layers, int batch, bool isDouble, int steps) => new(
        "Rings", ClassName(name, batch, isDouble, steps),
        $"[Input(TimeSteps = {steps}, Features = {Features}, Batch = {batch}{(isDouble ? ", Precision = Precision.Double" : "")})]\n{layers}\npublic partial class {ClassName(name, batch, isDouble, steps)};\n");

    private static string ClassName(string name, int batch, bool isDouble, int steps) => $"{name}{batch}{(isDouble ? "Double" : "")}Steps{steps}";

    /// <summary>A test of one element type.</summary>
    private abstract class Check
    {
        public abstract void Run<T>(Series<T> series)
            where T : unmanaged, IFloatingPointIeee754<T>;
    }

    private sealed class Pieces : Check
    {
        public override void Run<T>(Series<T> series)
        {
            ModelState<T> state = series.Model.CreateState(series.Rows);
            foreach (int seed in new[] { 0, 1, 2, 3 })
            {
                // Seed 0: steps alone. A state that is reset is as good as a new one, wherever its rings stood.
                var random = new Random(seed);
                for (int t = 0; t < Whole;)
                    t += seed > 0 && Whole - t >= Part && random.Next(4) == 0 ? series.Predict(state, t) : series.Step(state, t);
                state.Reset();
            }
        }
    }

    private sealed class Copies : Check
    {
        public override void Run<T>(Series<T> series)
        {
            ModelState<T> state = series.Model.CreateState(series.Rows);
            for (int t = 0; t < Whole - Part; t++)
            {
                series.Step(state, t);
                if (t % 4 != 0)
                    continue;
                ModelState<T> copied = series.Model.CreateState(series.Rows), read = series.Model.CreateState(series.Rows), set = series.Model.CreateState(series.Rows);
                // What was in them before does not matter, nor where their rings stood.
                for (int i = 0; i < t % 5; i++)
                {
                    foreach (ModelState<T> other in new[] { copied, read, set })
                        series.Step(other, -1);
                }

                state.CopyTo(copied);
                var bytes = new byte[state.ByteCount];
                state.Write(bytes);
                read.Read(bytes);
                foreach (string slot in state.Names)
                {
                    set.SetValues(slot, state.GetValues(slot));
                    Assert.Equal(state.GetValues(slot), read.GetValues(slot));
                    Assert.Equal(state.GetValues(slot), copied.GetValues(slot));
                }

                series.Predict(copied, t + 1);
                for (int u = t + 1; u < Whole; u++)
                {
                    series.Step(read, u);
                    series.Step(set, u);
                }
            }
        }
    }

    private sealed class Allocations : Check
    {
        public override void Run<T>(Series<T> series)
        {
            ModelState<T> state = series.Model.CreateState(series.Rows);
            series.Step(state, 0);
            T[] x = new T[series.Rows * Features], y = new T[series.Rows * series.Width];
            var stepper = (IStreamingModel<T>)series.Model;
            stepper.Step(x, y, state);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 2 * Whole; i++)
                stepper.Step(x, y, state);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    /// <summary>A series, and what one pass over all of it gives; a piece is compared with that as it runs.</summary>
    private sealed class Series<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly T[] _x;
        private readonly T[] _expected;
        private readonly IStreamingModel<T> _stepper;
        private readonly string _name;

        public Series(string name, int batch, int rows)
        {
            bool isDouble = typeof(T) == typeof(double);
            _name = FormattableString.Invariant($"{name}, batch {batch}, {rows} rows");
            Rows = rows;
            IModel<T> whole = Create(ClassName(name, batch, isDouble, Whole));
            Model = Create(ClassName(name, batch, isDouble, Part));
            Model.SetWeights(whole.GetWeights());
            Width = Model.Info.Outputs[0].Features;
            _stepper = (IStreamingModel<T>)Model;
            _x = new RandomValues(7).Next<T>(rows * Whole * Features);
            _expected = new T[rows * Whole * Width];
            whole.Forward(_x, _expected, null, whole.CreateWorkspace(), training: false);
        }

        public IModel<T> Model { get; }

        public int Rows { get; }

        public int Width { get; }

        /// <summary>One step; at -1 one of another series.</summary>
        public int Step(ModelState<T> state, int t)
        {
            var y = new T[Rows * Width];
            _stepper.Step(t < 0 ? new RandomValues(8).Next<T>(Rows * Features) : Steps(_x, Features, t, 1), y, state);
            if (t >= 0)
                Bits.AssertEqual<T>(Steps(_expected, Width, t, 1), y, FormattableString.Invariant($"{_name}, step {t}"));
            return 1;
        }

        /// <summary>Several steps in one call.</summary>
        public int Predict(ModelState<T> state, int t)
        {
            var y = new T[Rows * Part * Width];
            Model.Predict(Steps(_x, Features, t, Part), y, state);
            Bits.AssertEqual<T>(Steps(_expected, Width, t, Part), y, FormattableString.Invariant($"{_name}, call at step {t}"));
            return Part;
        }

        private T[] Steps(T[] values, int width, int first, int count) =>
            Enumerable.Range(0, Rows).SelectMany(row => values.AsSpan((row * Whole + first) * width, count * width).ToArray()).ToArray();

        private static IModel<T> Create(string name) => (IModel<T>)Activator.CreateInstance(s_compilation.Value.Find("Rings." + name), 1)!;
    }
}
