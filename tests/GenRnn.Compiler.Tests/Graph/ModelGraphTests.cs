using System.Linq;
using GenRnn.Compiler.Graph;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Graph;

/// <summary>Who reads whom in a declaration.</summary>
public sealed class ModelGraphTests
{
    [Fact]
    public void A_chain_is_read_from_top_to_bottom()
    {
        ModelGraph graph = ModelGraph.Of(new ModelBuilder("M").Sequence(6, 3).Lstm(5).Dense(1).Build());

        Assert.Equal("0: - | 1: 0 | 2: 1", Text(graph));
        Assert.Equal([1], graph.Nodes[0].Readers.Select(n => n.Index));
        Assert.Equal([0, 1], graph.Nodes[2].Ancestors().Select(n => n.Index));
        Assert.Equal([2], graph.Outputs.Select(n => n.Index));
    }

    [Fact]
    public void An_input_of_states_is_passed_over()
    {
        ModelGraph graph = ModelGraph.Of(new ModelBuilder("M").Sequence(6, 3).Vector(5, ("Name", "H0")).InitialState("H0").Gru(5).Dense(1).Build());

        Assert.Equal("0: - | 1: - | 2: 0 from 1 | 3: 2", Text(graph));
        Assert.True(graph.Nodes[1].StartsStates);
        Assert.Empty(graph.Nodes[1].Readers);
        Assert.Equal([0, 2], graph.Nodes[3].Ancestors().Select(n => n.Index));
    }

    [Fact]
    public void A_second_chain_begins_at_its_input()
    {
        ModelGraph graph = ModelGraph.Of(new ModelBuilder("M")
            .Sequence(6, 3, ("Name", "Source")).Lstm(5, ("Name", "Encoder")).Sequence(4, 3, ("Name", "Target")).InitialState("Encoder").Lstm(5, ("ReturnState", true)).Build());

        Assert.Equal("0: - | 1: 0 | 2: - | 3: 2 from 1", Text(graph));
        Assert.Equal([3], graph.ReturnedStates.Select(n => n.Index));
        Assert.Equal([0, 2], graph.Inputs.Select(n => n.Index));
    }

    [Fact]
    public void From_lists_all_operands_and_a_merge_those_behind_the_front()
    {
        ModelGraph graph = ModelGraph.Of(new ModelBuilder("M")
            .Sequence(6, 3, ("Name", "X")).Dense(3, ("Name", "A")).From("X").Dense(3, ("Name", "B")).Merge("Add", "A", "X").From("A", "B", "A").Merge("Concatenate").Build());

        Assert.Equal("0: - | 1: 0 | 2: 0 | 3: 2 1 0 | 4: 1 2 1", Text(graph));
        Assert.Equal([1, 2, 3], graph.Nodes[0].Readers.Select(n => n.Index));
        Assert.Equal([3, 4], graph.Nodes[1].Readers.Select(n => n.Index));
        Assert.Equal(3, graph.Nodes[4].Front!.Index);
    }

    [Fact]
    public void A_name_that_is_not_above_is_no_operand()
    {
        ModelGraph graph = ModelGraph.Of(new ModelBuilder("M").Sequence(6, 3).From("Below", "Nothing").Merge("Add").Dense(3, ("Name", "Below")).Build());

        Assert.Empty(graph.Nodes[1].Operands);
        Assert.Equal(["Below", "Nothing"], graph.Nodes[1].Unresolved.Select(u => u.Name));
        Assert.Equal(["Sources", "Sources[1]"], graph.Nodes[1].Unresolved.Select(u => u.Place.Flag));
    }

    [Fact]
    public void A_name_that_nothing_has_starts_no_state()
    {
        ModelGraph graph = ModelGraph.Of(new ModelBuilder("M").Sequence(6, 3).InitialState("Encodr").Gru(5).Build());

        Assert.Equal([null], graph.Nodes[1].InitialStates);
        Assert.Null(graph.Find("Encodr"));
    }

    private static string Text(ModelGraph graph) => string.Join(" | ", graph.Nodes.Select(n =>
        $"{n.Index}: {(n.Operands.Count == 0 ? "-" : string.Join(" ", n.Operands.Select(o => o.Index)))}{(n.InitialStates.Count == 0 ? "" : " from " + string.Join(" ", n.InitialStates.Select(s => s!.Index)))}"));
}
