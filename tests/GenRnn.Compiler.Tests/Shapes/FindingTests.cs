using System;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Shapes;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Shapes;

/// <summary>Every rule of shape inference: its id, where it points, what it says.</summary>
public sealed class FindingTests
{
    [Fact]
    public void A_good_model_has_no_finding() =>
        Assert.All(ModelCatalogue.All.Where(m => !m.Name.StartsWith("Activation", System.StringComparison.Ordinal)),
            m => Assert.Empty(ShapeInference.Infer(m.Spec).Findings));

    [Fact]
    public void A_recurrent_layer_on_a_vector() => Single(
        new ModelBuilder("M").Sequence(6, 3).SimpleRnn(20).SimpleRnn(10),
        "GEN0301", 2, -1, "",
        "SimpleRnn needs (batch, time, features) but SimpleRnn(20) emits (None, 20); it returns only its last step. Set ReturnSequences = true on it");

    [Fact]
    public void Lengths_of_a_vector_and_lengths_with_the_name_of_another_input()
    {
        Single(
            new ModelBuilder("M").Vector(3, ("Lengths", true)).Dense(1),
            "GEN0302", 0, -1, "Lengths", "Lengths counts the time steps of each row, and a vector has none: set TimeSteps, or remove Lengths");
        Single(
            new ModelBuilder("M").Sequence(6, 3, ("Name", "Source"), ("Lengths", true)).Vector(4, ("Name", "SourceLengths")).InitialState("SourceLengths").Gru(4),
            "GEN0302", 0, -1, "Lengths", "the lengths would be called 'SourceLengths', as another input is; rename one of the inputs");
    }

    [Fact]
    public void A_decoder_of_one_direction_takes_over_from_both_and_no_other_combination()
    {
        Assert.Empty(ShapeInference.Infer(Decoder("Lstm", b => b.Lstm(8)).Build()).Findings);
        Single(Decoder("Lstm", b => b.Lstm(4)), "GEN0303", 3, 0, "Sources", "'Encoder' has a state of 8, both directions side by side, but Lstm needs 4");
        Single(Decoder("Gru", b => b.Lstm(4)), "GEN0303", 3, 0, "Sources", "'Encoder' has no states that fit Lstm");
        Single(
            new ModelBuilder("M").Sequence(6, 3, ("Name", "Source")).Gru(4, ("Name", "Encoder")).Sequence(2, 3, ("Name", "Target")).InitialState("Encoder").Modifier("Bidirectional").Gru(4),
            "GEN0303", 3, 0, "Sources", "both directions of Gru need a state, and 'Encoder' has one direction");

        static ModelBuilder Decoder(string encoder, Func<ModelBuilder, ModelBuilder> decoder) => decoder(new ModelBuilder("M")
            .Sequence(6, 3, ("Name", "Source")).Modifier("Bidirectional").Item(encoder, ("Units", 4), ("Name", "Encoder"))
            .Sequence(2, 3, ("Name", "Target")).InitialState("Encoder"));
    }

    [Fact]
    public void Zeros_for_masked_steps_where_none_is_masked()
    {
        Single(
            new ModelBuilder("M").Sequence(6, 3).Dense(4).Lstm(5, ("ZeroOutputForMask", true)),
            "GEN0212", 2, -1, "ZeroOutputForMask",
            "ZeroOutputForMask changes nothing: no step of Dense(4) is masked; put [Masking] in front, or set Lengths = true on [Input]",
            isError: false);
        Single(
            new ModelBuilder("M").Sequence(6, 3).Masking().Gru(4).Item("RepeatVector", ("N", 3)).Lstm(5, ("ZeroOutputForMask", true)),
            "GEN0212", 4, -1, "ZeroOutputForMask",
            "ZeroOutputForMask changes nothing: no step of RepeatVector is masked; put [Masking] in front, or set Lengths = true on [Input]",
            isError: false);
        Assert.Empty(ShapeInference.Infer(new ModelBuilder("M").Sequence(6, 3).Masking().Dense(4).Lstm(5, ("ZeroOutputForMask", true)).Build()).Findings);
    }

    [Theory]
    [InlineData("Flatten")]
    [InlineData("GlobalMaxPooling1D")]
    [InlineData("MaxPooling1D")]
    [InlineData("AveragePooling1D")]
    [InlineData("UpSampling1D")]
    public void A_mask_that_a_layer_loses(string layer)
    {
        Single(
            new ModelBuilder("M").Sequence(6, 3).Masking().SimpleRnn(4, ("ReturnSequences", true)).Item(layer).Dense(1),
            "GEN0308", 3, -1, "", layer + " reads masked steps like any other, and no layer after it knows which they were", isError: false);
        Assert.Empty(ShapeInference.Infer(new ModelBuilder("M").Sequence(6, 3).SimpleRnn(4, ("ReturnSequences", true)).Item(layer).Dense(1).Build()).Findings);
    }

    [Fact]
    public void Masking_of_a_vector() => Single(
        new ModelBuilder("M").Vector(3).Masking().Dense(1),
        "GEN0301", 1, -1, "", "Masking needs (batch, time, features) but Input emits (None, 3), a vector. Set TimeSteps on [Input]");

    [Fact]
    public void A_recurrent_layer_on_a_vector_input()
    {
        Finding finding = Assert.Single(ShapeInference.Infer(new ModelBuilder("M").Vector(3).SimpleRnn(20).Build()).Findings);
        Assert.Equal(("GEN0301", 1), (finding.Id, finding.Place.Item));
        Assert.StartsWith("SimpleRnn needs (batch, time, features) but Input emits (None, 3)", finding.Arguments[0]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-4)]
    public void Units_that_are_not_positive(int units)
    {
        Single(new ModelBuilder("M").Sequence(6, 3).SimpleRnn(units), "GEN0204", 1, -1, "Units", $"units must be positive; SimpleRnn has {units}");
        Single(new ModelBuilder("M").Sequence(6, 3).Dense(units).SimpleRnn(3), "GEN0204", 1, -1, "Units", $"units must be positive; Dense has {units}");
    }

    [Fact]
    public void Ids_are_for_an_embedding_and_the_other_way_round()
    {
        Single(new ModelBuilder("M").Sequence(6, 3).Embedding(10, 4).SimpleRnn(3), "GEN0306", 1, -1, "",
            "Embedding looks up ids, which an [Input] without Features gives, but Input emits (None, 6, 3)");
        Single(new ModelBuilder("M").Ids(6).Embedding(10, 4).Embedding(10, 4), "GEN0306", 2, -1, "",
            "Embedding looks up ids, which an [Input] without Features gives, but Embedding emits (None, 6, 4)");
        Single(new ModelBuilder("M").Ids(6).Embedding(0, 4), "GEN0205", 1, -1, "InputDim", "InputDim must be at least 1; Embedding has 0");
        Single(new ModelBuilder("M").Ids(6).Embedding(4, 0), "GEN0205", 1, -1, "OutputDim", "OutputDim must be at least 1; Embedding has 0");
        Single(new ModelBuilder("M").Ids(6).Embedding((1 << 24) + 1, 1), "GEN0205", 1, -1, "InputDim", "InputDim is at most 16777216, as ids travel as numbers of the model; got 16777217");
    }

    [Fact]
    public void Statistics_of_a_batch_that_cannot_be()
    {
        Single(new ModelBuilder("M").Sequence(6, 3).Item("BatchNormalization", ("Epsilon", 0.0)), "GEN0205", 1, -1, "Epsilon",
            "Epsilon must be positive: a constant feature would be divided by zero; got 0");
        Single(new ModelBuilder("M").Sequence(6, 3).Item("BatchNormalization", ("Momentum", 1.5)), "GEN0205", 1, -1, "Momentum", "Momentum lies between 0 and 1; got 1.5");
    }

    [Theory]
    [InlineData("Filters")]
    [InlineData("KernelSize")]
    [InlineData("Strides")]
    [InlineData("DilationRate")]
    [InlineData("Groups")]
    public void A_size_of_a_convolution_that_is_not_positive(string flag)
    {
        (string, object)[] flags = [.. new[] { "Filters", "KernelSize", "Strides", "DilationRate", "Groups" }.Select(f => (f, (object)(f == flag ? 0 : 1)))];
        Single(new ModelBuilder("M").Sequence(6, 3).Item("Conv1D", flags), "GEN0205", 1, -1, flag, $"{flag} must be at least 1; Conv1D has 0");
    }

    [Fact]
    public void Groups_that_leave_a_remainder()
    {
        Single(new ModelBuilder("M").Sequence(6, 4).Conv1D(6, 2, ("Groups", 4)), "GEN0205", 1, -1, "Groups",
            "Groups must divide the filters: 6 filters cannot be split into 4 groups");
        Single(new ModelBuilder("M").Sequence(6, 4).Conv1D(6, 2, ("Groups", 3)), "GEN0205", 1, -1, "Groups",
            "Groups must divide the input's features: Input emits (None, 6, 4), whose 4 features cannot be split into 3 groups");
        Single(new ModelBuilder("M").Sequence(6, 1).Conv1D(6, 2, ("Groups", 2)), "GEN0205", 1, -1, "Groups",
            "Groups must divide the input's features: Input emits (None, 6, 1), whose 1 feature cannot be split into 2 groups");
    }

    [Fact]
    public void Windows_that_cannot_be()
    {
        Single(new ModelBuilder("M").Sequence(20, 3).Conv1D(4, 2, ("Strides", 2), ("DilationRate", 3)), "GEN0205", 1, -1, "DilationRate",
            "Strides = 2 and DilationRate = 3 exclude each other: one of them must be 1");
        Single(new ModelBuilder("M").Sequence(6, 3).Conv1D(4, 3, ("DilationRate", 3)), "GEN0306", 1, -1, "",
            "Conv1D with Padding.Valid needs at least 7 steps but Input emits (None, 6, 3); use Padding.Same or Padding.Causal, or a smaller kernel");
        Single(new ModelBuilder("M").Sequence(999, 3).Conv1D(4, 257), "GEN0205", 1, -1, "KernelSize", "KernelSize is at most 256; got 257");
        Single(new ModelBuilder("M").Sequence(9, 3).Conv1D(4, 2, ("DilationRate", 1 << 16 | 1), ("Padding", "Causal")), "GEN0205", 1, -1, "DilationRate",
            "the window reaches over 65538 steps; 65536 is the limit");
        Single(new ModelBuilder("M").Sequence(9, 3).SimpleRnn(5).Conv1D(4, 2), "GEN0301", 2, -1, "",
            "Conv1D needs (batch, time, features) but SimpleRnn(5) emits (None, 5); it returns only its last step. Set ReturnSequences = true on it");
    }

    [Theory]
    [InlineData("TimeSteps", 0)]
    [InlineData("Features", -1)]
    [InlineData("Batch", 0)]
    public void A_size_of_an_input_that_is_not_positive(string flag, int value)
    {
        (string, object)[] flags = [.. new[] { "TimeSteps", "Features", "Batch" }.Select(f => (f, (object)(f == flag ? value : 5)))];
        Single(new ModelBuilder("M").Item("Input", flags).SimpleRnn(3), "GEN0302", 0, -1, flag, $"{flag} must be positive; got {value}");
    }

    [Fact]
    public void An_input_without_features() => Single(
        new ModelBuilder("M").Item("Input", ("TimeSteps", 6)).SimpleRnn(3), "GEN0302", 0, -1, "", "[Input] needs Features");

    [Fact]
    public void Batch_and_precision_on_a_second_input()
    {
        Single(Second(("Batch", 4)), "GEN0302", 1, -1, "Batch", "Batch stands on the first [Input] only");
        Single(Second(("Precision", "Double")), "GEN0302", 1, -1, "Precision", "Precision stands on the first [Input] only");

        static ModelBuilder Second((string, object) flag) =>
            new ModelBuilder("M").Sequence(6, 3).Vector(5, ("Name", "H0"), flag).InitialState("H0").SimpleRnn(5);
    }

    [Fact]
    public void A_model_without_layers() => Single(
        new ModelBuilder("M").Sequence(6, 3), "GEN0102", -1, -1, "", "a model needs at least one layer after [Input]");

    [Fact]
    public void Stateful_without_a_batch() => Single(
        new ModelBuilder("M").Sequence(6, 3).SimpleRnn(5, ("Stateful", true)),
        "GEN0206", 1, -1, "Stateful", "Stateful = true needs a fixed batch size: set Batch on [Input]");

    [Fact]
    public void An_unroll_that_means_nothing() => Single(
        new ModelBuilder("M").Sequence(6, 3).SimpleRnn(5, ("Unroll", -2)),
        "GEN0205", 1, -1, "Unroll", "Unroll must be Unroll.Auto (0), Unroll.Full (-1) or a factor from 1; got -2");

    [Fact]
    public void An_unroll_beyond_the_budget()
    {
        Single(new ModelBuilder("M").Sequence(513, 3).SimpleRnn(5, ("Unroll", -1)),
            "GEN0501", 1, -1, "Unroll", "unrolling 513 steps exceeds the method budget of 512; use Unroll.Auto or a factor");
        Single(new ModelBuilder("M").Sequence(6, 3).SimpleRnn(5, ("Unroll", 513)),
            "GEN0501", 1, -1, "Unroll", "a factor of 513 exceeds the method budget of 512 steps");
    }

    [Theory]
    [InlineData("Linear")]
    [InlineData("Relu")]
    [InlineData("Exponential")]
    public void An_unbounded_activation_of_a_recurrent_layer_is_only_a_warning(string activation) => Single(
        new ModelBuilder("M").Sequence(6, 3).SimpleRnn(5, ("Activation", activation)),
        "GEN0207", 1, -1, "Activation", $"'{activation}' does not saturate: in a recurrent layer its state may explode; use Tanh, or clip the gradient", isError: false);

    [Theory]
    [InlineData("Tanh")]
    [InlineData("Sigmoid")]
    [InlineData("HardSigmoid")]
    [InlineData("Softsign")]
    public void A_saturating_activation_is_fine(string activation) =>
        Assert.Empty(ShapeInference.Infer(new ModelBuilder("M").Sequence(6, 3).SimpleRnn(5, ("Activation", activation)).Build()).Findings);

    /// <summary>Keras warns of the same: a convolution passes no mask on. That no step behind it is masked follows from that.</summary>
    [Fact]
    public void A_mask_that_a_convolution_loses_is_one_mistake()
    {
        const string Message = "Conv1D(4) reads masked steps like any other, and no layer after it knows which they were";
        Single(
            new ModelBuilder("M").Ids(6).Embedding(9, 3, ("MaskZero", true)).Conv1D(4, 3, ("Strides", 2)).Item("GlobalAveragePooling1D"),
            "GEN0308", 2, -1, "", Message, isError: false);
        Single(
            new ModelBuilder("M").Ids(6).Embedding(9, 3, ("MaskZero", true)).Conv1D(4, 3, ("Padding", "Causal")).Lstm(4, ("ZeroOutputForMask", true)),
            "GEN0308", 2, -1, "", Message, isError: false);
    }

    [Fact]
    public void Initial_states()
    {
        Single(new ModelBuilder("M").Sequence(6, 3).Vector(5, ("Name", "H0")).InitialState("H0").Dense(5),
            "GEN0303", 2, 0, "", "Dense has no state to start from");
        Single(new ModelBuilder("M").Sequence(6, 3).Vector(5, ("Name", "A")).Vector(5, ("Name", "B")).InitialState("A", "B").SimpleRnn(5),
            "GEN0303", 3, 0, "Sources", "SimpleRnn takes 1 state; got 2");
        Single(new ModelBuilder("M").Sequence(6, 3).InitialState("Nowhere").SimpleRnn(5),
            "GEN0303", 1, 0, "Sources", "no [Input] or layer is named 'Nowhere'");
        Single(new ModelBuilder("M").Sequence(6, 3).Sequence(4, 5, ("Name", "H0")).InitialState("H0").SimpleRnn(5),
            "GEN0303", 2, 0, "Sources", "'H0' is a sequence; a state is a vector: leave out TimeSteps");
        Single(new ModelBuilder("M").Sequence(6, 3).Vector(4, ("Name", "H0")).InitialState("H0").SimpleRnn(5),
            "GEN0303", 2, 0, "Sources", "'H0' has 4 features but the state of SimpleRnn has 5");
    }

    /// <summary>The vector that no [InitialState] names would start a chain of its own, and what is told of that chain would hide the mistake.</summary>
    [Fact]
    public void A_misspelt_initial_state_is_one_mistake()
    {
        Single(
            new ModelBuilder("M").Sequence(6, 3).Vector(5, ("Name", "H0")).InitialState("H0x").SimpleRnn(5, ("ReturnSequences", true)).SimpleRnn(4).Dense(1),
            "GEN0303", 2, 0, "Sources", "no [Input] or layer is named 'H0x'; did you mean 'H0'?");
        Single(
            new ModelBuilder("M").Sequence(6, 3).Vector(5, ("Name", "H0")).Vector(5, ("Name", "C0")).InitialState("H0", "C").Lstm(5),
            "GEN0303", 3, 0, "Sources[1]", "no [Input] or layer is named 'C'; there are H0, C0");

        // However many states the layer has, the name is what is wrong.
        Finding lost = Assert.Single(ShapeInference.Infer(
            new ModelBuilder("M").Sequence(6, 3).Lstm(5, ("Name", "Encoder")).Sequence(6, 3, ("Name", "Target")).InitialState("Encodr").Lstm(5).Build()).Findings);
        Assert.Equal(("no [Input] or layer is named 'Encodr'; did you mean 'Encoder'?", "\"Encoder\""), (lost.Message, lost.Suggestion));
        Single(
            new ModelBuilder("M").Sequence(6, 3).Vector(5, ("Name", "H0")).Vector(5, ("Name", "C0")).InitialState("H0").Lstm(5),
            "GEN0303", 3, 0, "Sources", "Lstm takes 2 states; got 1");
    }

    [Fact]
    public void Initial_states_from_a_layer()
    {
        Single(new ModelBuilder("M").Sequence(6, 3).Dense(5, ("Name", "Head")).InitialState("Head").SimpleRnn(5),
            "GEN0303", 2, 0, "Sources", "'Head' has no states that fit SimpleRnn");
        Single(new ModelBuilder("M").Sequence(6, 3).InitialState("Later").SimpleRnn(5, ("ReturnSequences", true)).SimpleRnn(5, ("Name", "Later")),
            "GEN0303", 1, 0, "Sources", "'Later' must stand before the layer that starts from it");
        Single(new ModelBuilder("M").Sequence(6, 3).SimpleRnn(4, ("Name", "Encoder")).Sequence(2, 3, ("Name", "Target")).InitialState("Encoder").SimpleRnn(5),
            "GEN0303", 3, 0, "Sources", "'Encoder' has a state of 4 but SimpleRnn needs 5");
    }

    [Fact]
    public void An_item_that_was_not_understood_silences_the_rules_behind_it()
    {
        ModelShapes shapes = ShapeInference.Infer(new ModelBuilder("M").Sequence(6, 3).Item("Mystery").SimpleRnn(0).SimpleRnn(3).Build());
        Assert.Empty(shapes.Findings);
        Assert.Equal([false, true, true, true], shapes.Items.Select(s => s.IsUnknown));
    }

    [Fact]
    public void Several_mistakes_are_found_in_order()
    {
        ModelShapes shapes = ShapeInference.Infer(new ModelBuilder("M")
            .Sequence(6, 3).SimpleRnn(5, ("Stateful", true), ("Unroll", -7)).SimpleRnn(4).Build());
        Assert.Equal([("GEN0206", 1), ("GEN0205", 1), ("GEN0301", 2)], shapes.Findings.Select(f => (f.Id, f.Place.Item)));
    }

    private static void Single(ModelBuilder builder, string id, int item, int modifier, string flag, string message, bool isError = true)
    {
        Finding finding = Assert.Single(ShapeInference.Infer(builder.Build()).Findings);
        Assert.Equal((id, item, modifier, flag, message, isError),
            (finding.Id, finding.Place.Item, finding.Place.Modifier, finding.Place.Flag, finding.Arguments[0], finding.IsError));
    }
}
