using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using GenRnn.Compiler.Tests.Support;
using GenRnn.Interpreter;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Architectures;

/// <summary>What the hash of a declaration goes by: all that changes a result of inference, and nothing else.</summary>
public sealed class ArchitectureTests
{
    /// <summary>A model for each attribute in which each of its flags matters: the flags of the attribute, and what stands around it.</summary>
    private static readonly Dictionary<string, ((string Flag, object Value)[] Flags, Func<ModelBuilder, Action<ModelBuilder>, ModelBuilder> Around)> s_contexts = new()
    {
        ["SimpleRnn"] = ([("Units", 3), ("Activation", "Elu"), ("ReturnSequences", true)], Masked),
        ["Lstm"] = ([("Units", 3), ("UsePeepholes", true), ("CellClip", 0.75), ("Projection", 2), ("ProjectionClip", 0.5), ("ReturnSequences", true)], Masked),
        ["Gru"] = ([("Units", 3), ("ReturnSequences", true)], Masked),
        ["Rnn"] = ([("ReturnSequences", true)], Masked),
        ["Dense"] = ([("Units", 3), ("Activation", "LeakyRelu")], Plain),
        ["Embedding"] = ([("InputDim", 5), ("OutputDim", 3)], (b, layer) => With(b.Ids(4, ("Batch", 2)), layer).SimpleRnn(2)),
        ["Conv1D"] = ([("Filters", 4), ("KernelSize", 2), ("Activation", "Elu")], Plain),
        ["Activation"] = ([("Function", "Elu")], Plain),
        ["LayerNormalization"] = ([], Plain),
        ["BatchNormalization"] = ([], Plain),
        ["Masking"] = ([], (b, layer) => With(b.Sequence(5, 4, ("Batch", 2)), layer).SimpleRnn(2)),
        ["Dropout"] = ([("Rate", 0.25)], Plain),
        ["SpatialDropout1D"] = ([("Rate", 0.25)], Plain),
        ["GaussianNoise"] = ([("StandardDeviation", 0.25)], Plain),
        ["RepeatVector"] = ([("N", 3)], (b, layer) => With(b.Vector(4), layer)),
        ["Flatten"] = ([], Plain),
        ["GlobalAveragePooling1D"] = ([], Plain),
        ["Add"] = ([("Others", new[] { "Before" })], Merged),
        ["Subtract"] = ([("Others", new[] { "Before" })], Merged),
        ["Multiply"] = ([("Others", new[] { "Before" })], Merged),
        ["Average"] = ([("Others", new[] { "Before" })], Merged),
        ["Maximum"] = ([("Others", new[] { "Before" })], Merged),
        ["Minimum"] = ([("Others", new[] { "Before" })], Merged),
        ["Concatenate"] = ([("Others", new[] { "Before" })], Merged),
        ["Shared"] = ([("Source", "Before")], Merged),
        ["GlobalMaxPooling1D"] = ([], Plain),
        ["MaxPooling1D"] = ([("PoolSize", 3)], Plain),
        ["AveragePooling1D"] = ([("PoolSize", 3)], Plain),
        ["Reshape"] = ([("TargetShape", new[] { 2, 10 })], Plain),
        ["Permute"] = ([("Dims", new[] { 2, 1 })], Plain),
        ["ZeroPadding1D"] = ([("Front", 1), ("Back", 1)], Plain),
        ["Cropping1D"] = ([("Front", 1), ("Back", 1)], Plain),
        ["UpSampling1D"] = ([], Plain),
        ["SeparableConv1D"] = ([("Filters", 4), ("KernelSize", 2), ("Activation", "Elu")], Plain),
        ["DepthwiseConv1D"] = ([("KernelSize", 2), ("Activation", "Elu")], Plain),
        ["Conv1DTranspose"] = ([("Filters", 4), ("KernelSize", 4), ("Activation", "Elu")], Plain),
        ["Relu"] = ([("MaxValue", 0.25)], Plain),
        ["LeakyRelu"] = ([], Plain),
        ["Elu"] = ([], Plain),
        ["PRelu"] = ([], Plain),
        ["Softmax"] = ([], Plain),
        ["UnitNormalization"] = ([], Plain),
        ["RmsNormalization"] = ([], Plain),
        ["GroupNormalization"] = ([("Groups", 4)], Plain),
        ["Rescaling"] = ([("Scale", 0.5)], Plain),
        ["Normalization"] = ([], Plain),
        ["ActivityRegularization"] = ([("L1", 0.5), ("L2", 0.5)], Plain),
        ["SimpleRnnCell"] = ([("Units", 3), ("Activation", "Elu")], InCell),
        ["LstmCell"] = ([("Units", 3), ("UsePeepholes", true), ("CellClip", 0.75), ("Projection", 2), ("ProjectionClip", 0.5)], InCell),
        ["GruCell"] = ([("Units", 3)], InCell),
        ["Bidirectional"] = ([], (b, modifier) => With(b.Sequence(5, 4), modifier).SimpleRnn(3)),
        ["TimeDistributed"] = ([], (b, modifier) => With(b.Sequence(5, 4), modifier).Dense(3)),
        ["DropoutWrapper"] = ([("InputKeep", 0.5), ("OutputKeep", 0.5), ("StateKeep", 0.5)], (b, modifier) => With(b.Sequence(5, 4), modifier).SimpleRnn(3)),
    };

    private static readonly Dictionary<string, object> s_otherValues = new()
    {
        ["Units"] = 5, ["Activation"] = "Softsign", ["RecurrentActivation"] = "HardSigmoid", ["Function"] = "Tanh", ["ActivationAlpha"] = 0.375, ["Alpha"] = 0.375,
        ["ForgetBias"] = 1.0, ["CellClip"] = 0.125, ["Projection"] = 1, ["ProjectionClip"] = 0.03125, ["Unroll"] = -1, ["Name"] = "Other", ["Dropout"] = 0.5, ["RecurrentDropout"] = 0.5,
        ["InputDim"] = 6, ["OutputDim"] = 2, ["Filters"] = 2, ["KernelSize"] = 3, ["PoolSize"] = 2, ["DepthMultiplier"] = 2, ["MaxValue"] = 0.125, ["NegativeSlope"] = 0.375, ["Threshold"] = 0.125, ["Scale"] = 0.75, ["Offset"] = 0.5, ["L1"] = 0.25, ["L2"] = 0.25, ["Front"] = 2, ["Back"] = 2, ["Size"] = 3, ["Strides"] = 2, ["Padding"] = "Same", ["DilationRate"] = 2, ["Groups"] = 2,
        ["Epsilon"] = 0.25, ["Momentum"] = 0.5, ["MaskValue"] = 0.5, ["Rate"] = 0.75, ["StandardDeviation"] = 0.75, ["N"] = 4, ["MergeMode"] = "Sum", ["Axis"] = "Time", ["Source"] = "Front",
        ["InputKeep"] = 0.75, ["OutputKeep"] = 0.75, ["StateKeep"] = 0.75,
    };

    /// <summary>Models of the catalogue that have all that an architecture may say.</summary>
    private static readonly string[] s_pinned =
    [
        "LinearForecaster", "Forecaster", "NoBias", "BackwardsSequence", "Named", "EncoderDecoder", "SharedState",
        "LstmOptions", "LstmTranslator", "GruResetBefore", "BidirectionalUnlike", "BidirectionalGivenState", "MaskedZeroOutput", "LengthsTranslator",
        "StridedConvolutions", "GroupedConvolutions", "ComposedCell", "WrittenCell", "StackedCells", "DropoutWrappedCells", "Embedded",
        "EmbeddedTimeMajor", "BatchNormalized", "Normalized", "Dropout", "ActivationLeakyRelu", "Flattened", "Repeated",
    ];

    public static IEnumerable<object[]> Flags() =>
        from item in Catalogue.Items
        where item.Role is ItemRole.Layer or ItemRole.CellPart || s_contexts.ContainsKey(item.Kind)
        from flag in item.Flags
        where !flag.IsList
        select new object[] { item.Kind, flag.Name };

    [Theory]
    [MemberData(nameof(Flags))]
    public void A_flag_that_changes_a_result_of_inference_changes_the_hash_and_no_other_does(string kind, string flag)
    {
        FlagDefinition definition = Catalogue.Find(kind)!.Find(flag)!;
        ModelSpec one = Model(kind), other = Model(kind, (flag, OtherValue(kind, definition)));
        bool changesResult = !Results(one).SequenceEqual(Results(other));
        Assert.Equal(definition.Effect == FlagEffect.Inference, changesResult);
        Assert.Equal(changesResult, HashOf(one) != HashOf(other));
    }

    [Fact]
    public void A_default_that_is_written_out_is_as_if_it_were_absent()
    {
        int count = 0;
        foreach (ItemDefinition item in Catalogue.Items.Where(i => s_contexts.ContainsKey(i.Kind)))
        {
            foreach (FlagDefinition flag in item.Flags.Where(f => f.Default is not null && s_contexts[item.Kind].Flags.All(set => set.Flag != f.Name)))
            {
                ModelSpec absent = Model(item.Kind), written = Model(item.Kind, (flag.Name, flag.Default!));
                Assert.Equal(Results(absent), Results(written));
                Assert.Equal(HashOf(absent), HashOf(written));
                count++;
            }
        }

        Assert.InRange(count, 70, 120);
        Assert.Equal(HashOf(Of(b => b.Vector(3).Activation("Elu"))), HashOf(Of(b => b.Vector(3).Activation("Elu", ("Alpha", 1.0)))));
        Assert.Equal(HashOf(Of(b => b.Vector(3).Activation("Tanh"))), HashOf(Of(b => b.Vector(3).Activation("Tanh", ("Alpha", 3.0)))));
    }

    [Fact]
    public void What_a_layer_reads_is_said_where_it_is_not_what_stands_in_front_of_it()
    {
        ModelSpec chain = Of(b => b.Sequence(5, 3, ("Name", "X")).Dense(3, ("Name", "A")).Dense(3));
        Assert.Equal(HashOf(chain), HashOf(Of(b => b.Sequence(5, 3, ("Name", "X")).Dense(3, ("Name", "A")).From("A").Dense(3))));
        Assert.Equal("Input Features=3 in steps\nDense Units=3\nDense Units=3\nAdd From=3,2", Text(Of(b => b.Sequence(5, 3).Dense(3, ("Name", "A")).Dense(3).Merge("Add", "A"))));
        // What computes nothing stands for what it reads.
        Assert.Equal(
            HashOf(Of(b => b.Sequence(5, 3).Dense(3, ("Name", "A")).Dense(3).Merge("Subtract", "A"))),
            HashOf(Of(b => b.Sequence(5, 3).Dense(3).Item("Dropout", ("Rate", 0.5), ("Name", "A")).Dense(3, ("Name", "B")).From("B", "A").Merge("Subtract"))));
        Assert.NotEqual(
            HashOf(Of(b => b.Sequence(5, 3).Dense(3, ("Name", "A")).Dense(3, ("Name", "B")).From("B", "A").Merge("Subtract"))),
            HashOf(Of(b => b.Sequence(5, 3).Dense(3, ("Name", "A")).Dense(3, ("Name", "B")).From("A", "B").Merge("Subtract"))));
    }

    [Fact]
    public void What_computes_nothing_in_inference_is_not_there()
    {
        ModelSpec plain = Of(b => b.Sequence(5, 3, ("Name", "A")).Vector(4, ("Name", "H0")).InitialState("H0").SimpleRnn(4, ("ReturnSequences", true)).Dense(2));
        ModelSpec gained = Of(b => b
            .Sequence(5, 3, ("Name", "B"), ("Batch", 4), ("Layout", "TimeMajor")).Vector(4, ("Name", "Start"))
            .Item("Dropout", ("Rate", 0.5)).Item("GaussianNoise", ("StandardDeviation", 0.1)).Item("SpatialDropout1D", ("Rate", 0.1))
            .InitialState("Start").Modifier("DropoutWrapper", ("InputKeep", 0.5)).Initialize("Kernel", "Ones").SimpleRnn(4, ("ReturnSequences", true), ("Name", "Memory"), ("Stateful", true))
            .Item("Dropout", ("Rate", 0.5)).Modifier("TimeDistributed").Dense(2, ("Name", "Head")));
        Assert.Equal(Text(plain), Text(gained));
        Assert.NotEqual(FormerHashOf(plain), FormerHashOf(gained));
    }

    /// <summary>Pairs of models that the first rules took for the same.</summary>
    [Fact]
    public void What_differs_in_a_result_differs()
    {
        ModelSpec Returning(int output, params int[] next) => Of(b => b.Sequence(4, 3).Rnn(new CellWriter("Two", ("a", 3), ("b", 3)), w =>
        {
            w.Function("Tanh", w.Linear("gate", 3, w.Input, w.State(0)));
            w.Sum(w.State(0), w.State(1));
            return (output, next);
        }));
        ModelSpec Started(string h, string c) => Of(b => b
            .Sequence(4, 3, ("Name", "X")).Vector(3, ("Name", "H")).Vector(3, ("Name", "C")).InitialState(h, c).Lstm(3));
        ModelSpec WithLengths(bool lengths) => Of(b => b.Sequence(4, 3, ("Lengths", lengths)).Gru(3));
        ModelSpec[] models =
        [
            Returning(4, 4, 5), Returning(5, 4, 5), Returning(4, 5, 4),
            Started("H", "C"), Started("C", "H"), Of(b => b.Sequence(4, 3).Lstm(3)),
            WithLengths(true), WithLengths(false),
            Of(b => b.Vector(3).Dense(2)), Of(b => b.Sequence(4, 3).Dense(2)), Of(b => b.Vector(4).Dense(2)),
            Of(b => b.Sequence(4, 3).Modifier("Bidirectional").Gru(2)), Of(b => b.Sequence(4, 3).Modifier("Bidirectional", ("MergeMode", "Mul")).Gru(2)),
            Of(b => b.Sequence(4, 3).Rnn([("One", c => c.Item("GruCell", ("Units", 2)))])),
            Of(b => b.Sequence(4, 3).Rnn([("One", c => c.Item("GruCell", ("Units", 2)).Activation("Tanh"))])),
        ];
        Assert.Equal(models.Length, models.Select(HashOf).Distinct().Count());
    }

    [Fact]
    public void A_class_around_cells_is_only_a_name()
    {
        ModelBuilder Gru(ModelBuilder cell) => cell.Item("GruCell", ("Units", 2));
        Assert.Equal(
            HashOf(Of(b => b.Sequence(4, 3).Rnn([("Both", c => Gru(Gru(c)))]))),
            HashOf(Of(b => b.Sequence(4, 3).Rnn([("One", Gru), ("Other", Gru)]))));
    }

    /// <summary>Files go by these. A line that changes here makes files of models with it unreadable: new rules need another version, and the old ones beside them.</summary>
    [Fact]
    public void Architectures_stay_what_they_are()
    {
        StringBuilder text = new();
        foreach (TestModel model in s_pinned.Select(ModelCatalogue.Find))
            text.Append(model.Name).Append(' ').Append(HashOf(model.Spec)).Append(" (before: ").Append(FormerHashOf(model.Spec)).Append(")\n").Append(Text(model.Spec)).Append("\n\n");
        Snapshot.Verify(text.ToString());
    }

    private static ModelBuilder Masked(ModelBuilder b, Action<ModelBuilder> layer) => With(b.Sequence(5, 4, ("Batch", 2)).Masking(), layer).Dense(2);

    private static ModelBuilder Merged(ModelBuilder b, Action<ModelBuilder> layer) =>
        With(b.Sequence(5, 4, ("Batch", 2)).Dense(4, ("Name", "Before")).SimpleRnn(4, ("ReturnSequences", true), ("Name", "Front")), layer).SimpleRnn(2);

    private static ModelBuilder Plain(ModelBuilder b, Action<ModelBuilder> layer) => With(b.Sequence(5, 4, ("Batch", 2)), layer);

    private static ModelBuilder InCell(ModelBuilder b, Action<ModelBuilder> part) => b.Sequence(5, 4).Rnn([("Inner", c => With(c, part))]);

    private static ModelBuilder With(ModelBuilder b, Action<ModelBuilder> layer)
    {
        layer(b);
        return b;
    }

    private static ModelSpec Of(Func<ModelBuilder, ModelBuilder> build) => build(new ModelBuilder("M")).Build();

    private static ModelSpec Model(string kind, params (string Flag, object Value)[] changes)
    {
        ((string Flag, object Value)[] flags, Func<ModelBuilder, Action<ModelBuilder>, ModelBuilder> around) = s_contexts[kind];
        (string, object)[] all = [.. flags.Where(f => changes.All(c => c.Flag != f.Flag)), .. changes];
        return around(new ModelBuilder("M"), b =>
        {
            if (kind == "Rnn")
                b.Rnn([("Inner", c => c.Item("GruCell", ("Units", 3)))], all);
            else if (Catalogue.Find(kind)!.Role == ItemRole.Modifier)
                b.Modifier(kind, all);
            else
                b.Item(kind, all);
        }).Build();
    }

    private static object OtherValue(string kind, FlagDefinition flag)
    {
        if (flag.EnumName == "Initializer")
            return "Ones";
        if (flag.Type != FlagType.Boolean)
            return s_otherValues[flag.Name];
        (string Flag, object Value) set = s_contexts[kind].Flags.FirstOrDefault(f => f.Flag == flag.Name);
        return !(bool)(set.Value ?? flag.Default ?? false);
    }

    /// <summary>The first output of inference, behind its number of parameters: bits for inputs of which a step is masked.</summary>
    private static float[] Results(ModelSpec spec)
    {
        const int rows = 2;
        ModelInterpreter<float> interpreter = ModelInterpreter.ExactSingle(spec);
        int inputLength = interpreter.Program.Inputs.Sum(i => Math.Max(1, i.Steps) * i.Width), parameters = interpreter.Program.Parameters.Sum(p => p.Length);
        bool isIds = spec.Items[0].Find("Features") is null;
        var random = new Random(4);
        float[] inputs = [.. Enumerable.Range(0, rows * inputLength).Select(i => isIds ? i % 5 : i % 20 is >= 8 and < 12 ? 0 : i % 20 is >= 12 and < 16 ? 0.5f : random.NextSingle() - 0.25f)];
        // A variance is positive.
        float lowest = spec.Items.Any(i => i.Kind is "BatchNormalization" or "Normalization") ? 0 : -1;
        float[] weights = [.. Enumerable.Range(0, parameters).Select(_ => lowest + (1 - lowest) * random.NextSingle())];
        int outputLength = Math.Max(1, interpreter.Program.Outputs[0].Steps) * interpreter.Program.Outputs[0].Width;
        return [parameters, .. interpreter.Predict(inputs, weights).Outputs[..(rows * outputLength)]];
    }

    private static string Text(ModelSpec spec) => string.Join("\n", Architecture.Lines(ShapeInference.Infer(spec)));

    private static string HashOf(ModelSpec spec) => Architecture.Hash(Architecture.Lines(ShapeInference.Infer(spec)));

    private static string FormerHashOf(ModelSpec spec) => FormerArchitecture.Hash(spec, CompiledProgram.Of(spec));
}
