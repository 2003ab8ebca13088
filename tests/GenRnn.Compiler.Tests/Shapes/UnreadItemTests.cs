using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Shapes;

/// <summary>What nothing reads is said once, where it stands; and what is read in any way is not.</summary>
public sealed class UnreadItemTests
{
    [Fact]
    public void A_chain_that_another_input_ends()
    {
        Single(
            new ModelBuilder("M").Sequence(4, 2, ("Name", "S")).Lstm(3).Vector(5, ("Name", "Static")).Dense(1),
            1, "nothing reads Lstm(3), because [Input] 'Static' starts a new chain of layers; name it where it is to be read, by [From] or in a merge, start a layer of the new chain from its states by [InitialState], return them by ReturnState = true, or remove it");
        Single(
            new ModelBuilder("M").Sequence(4, 2, ("Name", "S")).Lstm(3, ("ReturnState", true)).Dense(3).Vector(5, ("Name", "Static")).Dense(1),
            2, "nothing reads Dense(3), because [Input] 'Static' starts a new chain of layers; name it where it is to be read, by [From] or in a merge such as [Concatenate], or remove it");
    }

    [Fact]
    public void The_first_of_two_inputs()
    {
        Single(
            new ModelBuilder("M").Sequence(4, 2, ("Name", "A")).Sequence(4, 3, ("Name", "B")).Lstm(3),
            0, "nothing reads [Input] 'A', because [Input] 'B' starts a new chain of layers; name it where it is to be read, by [From] or in a merge such as [Concatenate], or remove it");
        Single(
            new ModelBuilder("M").Vector(3).Vector(5, ("Name", "B")).Gru(5),
            0, "nothing reads the [Input] without a Name, because [Input] 'B' starts a new chain of layers; name it where it is to be read, by [From] or in a merge such as [Concatenate], or remove it");
    }

    [Fact]
    public void Inputs_that_no_layer_follows()
    {
        const string Message = "nothing reads [Input] '{0}': no layer stands after it and no [InitialState] names it; write its layers after it, or remove it";
        ModelSpec spec = new ModelBuilder("M").Sequence(4, 2).Gru(3).Vector(5, ("Name", "A")).Sequence(4, 5, ("Name", "B")).Build();

        Assert.Equal([(2, Message.Replace("{0}", "A")), (3, Message.Replace("{0}", "B"))], Find(spec));
        Assert.True(UnreadItems.IsTrailingInput(spec, 2));
        Assert.False(UnreadItems.IsTrailingInput(spec, 0));
    }

    [Fact]
    public void A_forgotten_initial_state()
    {
        Single(
            new ModelBuilder("M").Sequence(4, 2, ("Name", "S")).Vector(3, ("Name", "H0")).Gru(3, ("ReturnSequences", true)).Gru(4),
            2, "Gru(3) reads [Input] 'H0' as its input, and nothing reads [Input] 'S': if it starts from that, write [InitialState(\"H0\")] in front of the layer",
            (2, ["H0"]));
        Single(
            new ModelBuilder("M").Sequence(4, 2).Vector(3, ("Name", "H0")).Vector(3, ("Name", "C0")).Lstm(3),
            3, "Lstm(3) reads [Input] 'C0' as its input, and nothing reads the [Input] without a Name: if it starts from that, write [InitialState(\"H0\", \"C0\")] in front of the layer",
            (3, ["H0", "C0"]));
        Single(
            new ModelBuilder("M").Sequence(4, 2).Dense(2).Vector(3, ("Name", "H0")).Lstm(4),
            3, "Lstm(4) reads [Input] 'H0' as its input, and nothing reads Dense(2): if it starts from that, write [InitialState(\"H0\")] in front of the layer, with 2 vectors, as wide as its states (4, 4)");
        Single(
            new ModelBuilder("M").Sequence(4, 2, ("Name", "S")).Vector(3).Gru(4),
            2, "Gru(4) reads the [Input] without a Name as its input, and nothing reads [Input] 'S': if it starts from that, give the vector a Name and write [InitialState] with it in front of the layer");
    }

    [Fact]
    public void An_encoder_that_its_decoder_does_not_name()
    {
        Single(
            new ModelBuilder("M").Sequence(4, 2, ("Name", "S")).Lstm(3, ("Name", "Encoder")).Sequence(2, 2, ("Name", "T")).Dense(3).Lstm(3).Dense(1),
            1, "nothing reads Lstm(3) 'Encoder', because [Input] 'T' starts a new chain of layers; write [InitialState(\"Encoder\")] in front of Lstm(3), so that it starts from the states of Encoder, or ReturnState = true",
            (4, ["Encoder"]));
        Single(
            new ModelBuilder("M").Sequence(4, 2, ("Name", "S")).Lstm(3).Sequence(2, 2, ("Name", "T")).Lstm(3),
            1, "nothing reads Lstm(3), because [Input] 'T' starts a new chain of layers; give it a Name and write [InitialState] with that in front of Lstm(3), so that it starts from these states, or ReturnState = true");

        // What it would start from is no sequence: the vector is not told of its shape as well.
        Single(
            new ModelBuilder("M").Sequence(6, 3).SimpleRnn(4, ("Name", "Encoder")).Vector(5, ("Name", "Context")).SimpleRnn(4),
            1, "nothing reads SimpleRnn(4) 'Encoder', because [Input] 'Context' starts a new chain of layers; write [InitialState(\"Encoder\")] in front of SimpleRnn(4), so that it starts from the states of Encoder, or ReturnState = true");
        Single(
            new ModelBuilder("M").Sequence(4, 2, ("Name", "S")).Lstm(3, ("Name", "Encoder")).Sequence(2, 2, ("Name", "T")).Lstm(4),
            1, "nothing reads Lstm(3) 'Encoder', because [Input] 'T' starts a new chain of layers; name it where it is to be read, by [From] or in a merge, start a layer of the new chain from its states by [InitialState], return them by ReturnState = true, or remove it");
    }

    [Fact]
    public void What_is_read_is_not_spoken_of()
    {
        Silent(new ModelBuilder("M").Sequence(4, 2, ("Name", "S")).Lstm(3, ("ReturnState", true)).Vector(5, ("Name", "Static")).Dense(1));
        Silent(new ModelBuilder("M").Sequence(4, 2, ("Name", "S")).Gru(3, ("Name", "Encoder")).Sequence(5, 2, ("Name", "T")).InitialState("Encoder").Gru(3));
        Silent(new ModelBuilder("M").Sequence(4, 2, ("Name", "S")).InitialState("H0").Gru(3).Vector(3, ("Name", "H0")));
        Silent(new ModelBuilder("M").Vector(3, ("Name", "H0")).Sequence(4, 2, ("Name", "S")).InitialState("H0").Gru(3));
    }

    // A source that names nothing leaves what was meant unread: one mistake.
    [Fact]
    public void A_misspelt_source_is_another_mistake() => Assert.Equal(
        ["GEN0303"],
        ShapeInference.Infer(new ModelBuilder("M").Sequence(4, 2, ("Name", "S")).Gru(3, ("Name", "Encoder")).Sequence(5, 2, ("Name", "T")).InitialState("Encodr").Gru(3).Build()).Findings.Select(f => f.Id));

    private static void Silent(ModelBuilder builder) => Assert.Empty(ShapeInference.Infer(builder.Build()).Findings);

    private static void Single(ModelBuilder builder, int item, string message, (int Layer, string[] Sources)? missing = null)
    {
        ModelSpec spec = builder.Build();
        Assert.Equal([(item, message)], Find(spec));
        Assert.Single(ShapeInference.Infer(spec).Findings);
        (int Layer, IReadOnlyList<string> Sources)? found = UnreadItems.MissingInitialState(spec, item);
        Assert.Equal(missing?.Layer, found?.Layer);
        Assert.Equal(missing?.Sources, found?.Sources);
    }

    private static IEnumerable<(int Item, string Message)> Find(ModelSpec spec) =>
        ShapeInference.Infer(spec).Findings.Where(f => f.Id == "GEN0314").Select(f => (f.Place.Item, f.Arguments[0]));
}
