using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GenRnn.Compiler;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Scheduling.Plans;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using GenRnn.CompilerServices;
using GenRnn.EndToEnd.Tests.Compiling;
using GenRnn.Fingerprint;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>What a partial batch costs follows its rows: a pass runs them, padded to whole tiles, and touches nothing of the rows behind. The bits are those of a whole batch.</summary>
public sealed class PartialBatchTests
{
    private const float Untouched = 12345.678f;

    private static readonly Dictionary<string, ModelSpec> Models = new[]
    {
        // Units in lanes; the second one's batch leaves a remainder of every tile, and its ids and outputs are wide.
        new ModelBuilder("UnitLanes").Sequence(29, 3, ("Batch", 48)).Lstm(48, ("ReturnSequences", true)).Lstm(48, ("ReturnSequences", true), ("GoBackwards", true)).Dense(2).Build(),
        new ModelBuilder("UnitLanesOfIds").Ids(7, ("Batch", 44)).Embedding(9, 6).Gru(100, ("ReturnSequences", true)).Item("Dropout", ("Rate", 0.25)).SimpleRnn(5).Build(),
        new ModelBuilder("RowLanes").Sequence(9, 2, ("Batch", 64)).Lstm(10, ("ReturnSequences", true)).Item("BatchNormalization").SimpleRnn(7, ("ReturnSequences", true)).Dense(3).Build(),
        new ModelBuilder("RowLanesOfIds").Ids(7, ("Batch", 30)).Embedding(9, 6).Item("Dropout", ("Rate", 0.25)).Gru(7, ("ReturnSequences", true)).Conv1D(5, 2).Build(),
        new ModelBuilder("VanishingInUnitLanes").Vector(100, ("Batch", 44)).Dense(9, ("UseBias", false)).Build(),
        new ModelBuilder("VanishingInRowLanes").Vector(5, ("Batch", 48)).Dense(9, ("UseBias", false)).Build(),
    }.ToDictionary(m => m.Class.Name);

    private static readonly Lazy<ModelCompilation> Compilation = new(() => ModelCompilation.Compile(
        "PartialBatches", Models.Values.Select(m => new ModelSource(m.Class.Namespace, m.Class.Name, DeclarationText.WriteClass(m))).ToArray()));

    public static IEnumerable<object[]> RowsOfModels() =>
        from model in Models.Values
        where !model.Class.Name.StartsWith("Vanishing", StringComparison.Ordinal)
        let batch = model.Items[0].GetInteger("Batch", 0)
        from rows in new[] { 1, 7, 8, 9, 15, 16, 17, 31, 32, 33, batch - 1, batch }.Distinct()
        where rows <= batch
        select new object[] { model.Class.Name, rows };

    public static IEnumerable<object[]> Names() => Models.Keys.Select(name => new object[] { name });

    [Theory]
    [MemberData(nameof(RowsOfModels))]
    public void The_gradients_have_the_interpreters_bits(string name, int rows) => DifferentiatedPass.AssertHasTheInterpretersBits(Create(name), Models[name], rows);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_training_pass_touches_no_row_behind_its_tiles(string name)
    {
        Plan plan = ScheduleOf(name).Training;
        IModel<float> model = Create(name);
        ModelInfo info = model.GetInfo();
        foreach (int rows in new[] { 1, 9, 17 }.Where(r => PaddedRows(plan, r) < info.Batch))
        {
            float[] x = new float[rows * info.InputLength], y = new float[rows * info.OutputLength];
            ModelWorkspace<float> workspace = model.CreateWorkspace();
            void AssertUntouched(Action pass, string what)
            {
                workspace.Arena.Span.Fill(Untouched);
                pass();
                AssertStays(workspace.Arena.Span, MayTouch(plan, rows), $"{name}, {rows} rows, {what}");
            }

            AssertUntouched(
                () =>
                {
                    model.Forward(x, y, null, workspace, training: true);
                    model.Backward(y, new float[x.Length], workspace);
                },
                "one thread");
            AssertUntouched(
                () =>
                {
                    model.BeginForward(x, null, workspace, training: true);
                    InRanges(info, model.ForwardRows, workspace);
                    model.EndForward(y, null, workspace);
                    model.BeginBackward(y, workspace, inputGradient: true);
                    InRanges(info, model.BackwardRows, workspace);
                    for (int part = 0; part < 2; part++)
                        model.ParameterGradients(workspace, part, 2);
                    model.EndBackward(new float[x.Length], workspace);
                },
                "in pieces");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Inference_touches_no_row_behind_its_tiles(string name)
    {
        Schedule schedule = ScheduleOf(name);
        IModel<float> model = Create(name);
        ModelInfo info = model.GetInfo();
        foreach (int rows in new[] { 6, 9, 15, 16, 20 }.Where(r => PaddedRows(schedule.PredictBatch, r) < info.Batch))
        {
            ModelWorkspace<float> workspace = model.CreateWorkspace();
            workspace.Arena.Span.Fill(Untouched);
            InWorkspace.Of(model, workspace).Predict(new float[rows * info.InputLength], new float[rows * info.OutputLength]);
            // What remains behind whole tiles may have run row by row.
            bool[] mayTouch = MayTouch(schedule.PredictBatch, rows), inRows = MayTouch(schedule.PredictRow, 1);
            for (int i = 0; i < inRows.Length; i++)
                mayTouch[i] |= inRows[i];
            AssertStays(workspace.Arena.Span, mayTouch, $"{name}, {rows} rows");
        }
    }

    /// <summary>A state takes what a call leaves, rows that pad the batch included: where the weights were NaN, so are those, and no setter reaches them.</summary>
    [Theory]
    [InlineData("UnitLanesOfIds")]
    [InlineData("RowLanesOfIds")]
    public void What_a_state_holds_behind_its_rows_reaches_no_gradient(string name)
    {
        IModel<float> model = Create(name);
        ModelInfo info = model.GetInfo();
        float[] x = new float[info.Batch * info.InputLength], y = new float[info.Batch * info.OutputLength];
        float[] parameters = model.Parameters.ToArray();
        ModelWorkspace<float> workspace = model.CreateWorkspace();
        float[] Gradients(ModelState<float> state)
        {
            foreach (StateSlot slot in state.Slots)
                state.SetValues(slot.Name, new RandomValues(4).Next<float>(info.Batch * slot.Length));
            workspace.TrainingCalls = 0;
            model.Forward(x, y, state, workspace, training: true);
            model.Backward(new RandomValues(5).Next<float>(y.Length), default, workspace);
            return workspace.Gradients.ToArray();
        }

        float[] expected = Gradients(model.CreateState(info.Batch));
        ModelState<float> used = model.CreateState(info.Batch);
        model.UpdateParameters(0, static (p, _) => p.Fill(float.NaN));
        model.Predict(x, y, used);
        Assert.All(y, value => Assert.True(float.IsNaN(value)));
        model.UpdateParameters(parameters, static (p, values) => values.CopyTo(p));

        Assert.DoesNotContain(float.NaN, expected);
        Bits.AssertEqual<float>(expected, Gradients(used), name);
    }

    [Theory]
    [InlineData("VanishingInUnitLanes", 1)]
    [InlineData("VanishingInUnitLanes", 8)]
    [InlineData("VanishingInUnitLanes", 9)]
    [InlineData("VanishingInUnitLanes", 44)]
    [InlineData("VanishingInRowLanes", 1)]
    [InlineData("VanishingInRowLanes", 16)]
    [InlineData("VanishingInRowLanes", 17)]
    [InlineData("VanishingInRowLanes", 48)]
    public void A_sum_whose_terms_vanish_is_positive_zero_however_many_rows_pad_it(string name, int rows)
    {
        IModel<float> model = Create(name);
        ModelInfo info = model.GetInfo();
        ModelWorkspace<float> workspace = model.CreateWorkspace();
        float[] x = Enumerable.Repeat(1e-30f, rows * info.InputLength).ToArray(), y = new float[rows * info.OutputLength];
        model.Forward(x, y, null, workspace, training: true);
        y.AsSpan().Fill(-1e-30f);
        model.Backward(y, default, workspace);
        Assert.All(workspace.Gradients.ToArray(), g => Assert.Equal(0, BitConverter.SingleToInt32Bits(g)));
    }

    private static void InRanges(ModelInfo info, Action<ModelWorkspace<float>, int, int> run, ModelWorkspace<float> workspace)
    {
        // A model whose statistics are those of the batch runs in one range.
        int range = info.MixesRows ? info.Batch : 16;
        for (int first = 0; first < info.Batch; first += range)
            run(workspace, first, Math.Min(range, info.Batch - first));
    }

    private static void AssertStays(ReadOnlySpan<float> arena, bool[] mayTouch, string what)
    {
        Assert.Contains(false, mayTouch);
        for (int i = 0; i < mayTouch.Length; i++)
        {
            if (!mayTouch[i] && arena[i] != Untouched)
                Assert.Fail($"{what}: element {i} of {mayTouch.Length} was written, behind the rows of the pass.");
        }
    }

    private static int PaddedRows(Plan plan, int rows) => Math.Min((rows + plan.Request.RowGrain - 1) / plan.Request.RowGrain * plan.Request.RowGrain, plan.Request.StoredRows);

    /// <summary>Elements of the arena that a pass of so many rows may write: their padded rows in each buffer, what all rows share, and what is set to zero at the start.</summary>
    private static bool[] MayTouch(Plan plan, int rows)
    {
        int padded = PaddedRows(plan, rows);
        var may = new bool[plan.Arena.Length];
        HashSet<ArenaBuffer> whole = [.. plan.Gradients.Select(g => g.Staging), .. plan.Gradients.Where(g => g.Waiting is not null).Select(g => g.Waiting!)];
        foreach (ArenaBuffer buffer in plan.Arena.Buffers.Select(b => b.Buffer))
        {
            Layout layout = buffer.Layout;
            if (whole.Contains(buffer) || buffer.IsShared || buffer == plan.Keys.Buffer)
                may.AsSpan(plan.Arena.OffsetOf(buffer), (int)buffer.Length).Fill(true);
            else if (layout.RowStride == 1 && plan.Request.Axis == LaneAxis.Rows)
                Mark(buffer, buffer.Width, layout.LaneStride, padded);
            else
                Mark(buffer, padded, layout.RowStride, layout.RowStride < layout.SlotStride ? layout.RowStride : buffer.Width);
        }

        foreach (SlotRange range in plan.Border.ZeroedForward.Concat(plan.Border.ZeroedBackward).Concat(plan.Border.States.Where(s => !s.IsGiven).Select(s => s.Initial)))
            may.AsSpan(plan.Arena.OffsetOf(range), range.Length).Fill(true);
        return may;

        void Mark(ArenaBuffer buffer, int count, int stride, int length)
        {
            for (int slot = 0; slot < buffer.Slots; slot++)
            {
                for (int i = 0; i < count; i++)
                    may.AsSpan(plan.Arena.OffsetOf(buffer) + (slot * buffer.Layout.SlotStride) + (i * stride), length).Fill(true);
            }
        }
    }

    private static Schedule ScheduleOf(string name) => ModelCompiler.Schedule(ShapeInference.Infer(Models[name]), CancellationToken.None);

    private static IModel<float> Create(string name) => (IModel<float>)Activator.CreateInstance(Compilation.Value.Find(Models[name].Class.MetadataName), 3)!;

    /// <summary>A model's <c>Predict</c> in the memory of a workspace, which is not part of <see cref="IModel{T}"/>.</summary>
    private abstract class InWorkspace
    {
        public static InWorkspace Of(IModel<float> model, ModelWorkspace<float> workspace) =>
            (InWorkspace)Activator.CreateInstance(typeof(Bound<>).MakeGenericType(workspace.GetType()), model, workspace)!;

        public abstract void Predict(ReadOnlySpan<float> x, Span<float> y);

        private delegate void Call<in TWorkspace>(ReadOnlySpan<float> x, Span<float> y, TWorkspace workspace);

        private sealed class Bound<TWorkspace>(IModel<float> model, TWorkspace workspace) : InWorkspace
        {
            private readonly Call<TWorkspace> _call = model.GetType().GetMethod("Predict", [typeof(ReadOnlySpan<float>), typeof(Span<float>), typeof(TWorkspace)])!.CreateDelegate<Call<TWorkspace>>(model);

            public override void Predict(ReadOnlySpan<float> x, Span<float> y) => _call(x, y, workspace);
        }
    }
}
