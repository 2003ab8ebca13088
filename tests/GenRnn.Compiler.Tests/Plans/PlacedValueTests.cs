using System;
using System.Collections.Generic;
using GenRnn.Interpreter.Kernels;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Plans;

/// <summary>
/// Values of cells that lie where another value does: in a concatenation, in what they are cut out of, or nowhere, because they are expressions. Random cells found each kind: it ended in an
/// internal error, or silently read another lane or what nothing had written.
/// </summary>
public sealed class PlacedValueTests
{
    private const int Seed = 4, Units = 9;

    private static readonly Dictionary<string, Func<CellWriter, int>> s_cells = new()
    {
        ["a concatenation in a concatenation"] = c => Mixed(c, c.Concat(c.Function("Tanh", c.Input), c.Concat(c.State(0), c.Function("Sigmoid", c.State(0))))),
        ["a concatenation in two others"] = c =>
        {
            int inner = c.Concat(c.State(0), c.Function("Sigmoid", c.Input));
            return Mixed(c, c.Concat(c.Concat(c.Input, inner), inner));
        },
        ["a part of what is copied into a concatenation"] = c => Mixed(c, c.Concat(c.Slice(c.Concat(c.State(0), c.State(0)), 5, Units), c.Input)),
        ["one lane of several, for all"] = c => Mixed(c, c.Product(c.Slice(c.Function("Tanh", c.State(0)), 7, 1), c.Input)),
        ["one lane that is a part, for all"] = c =>
        {
            int one = c.Function("Tanh", c.Slice(c.State(0), 4, 1));
            return c.Sum(Mixed(c, c.Concat(c.Input, one)), c.Product(one, c.State(0)));
        },
        ["one product that is a part, for all"] = c =>
        {
            int one = c.Linear("one", 1, c.Input, c.State(0));
            return c.Sum(Mixed(c, c.Concat(c.Input, one)), c.Product(one, c.State(0)));
        },
        ["weights in a product"] = c => Mixed(c, c.Vector("bare", 5)),
        ["a part of weights"] = c => Mixed(c, c.Product(c.Slice(c.Vector("bare", 6), 1, 4), c.Input)),
        ["one weight for all"] = c => Mixed(c, c.Product(c.Vector("bare", 1), c.Input)),
        ["one weight of several, for all"] = c => Mixed(c, c.Product(c.Slice(c.Vector("bare", 3), 2, 1), c.Input)),
        ["a number in a product"] = c => Mixed(c, c.Concat(c.Number(0.5f), c.Input)),
        ["a number by itself in a product"] = c => Mixed(c, c.Number(0.5f)),
        ["what is normalised over one value"] = c => Mixed(c, c.LayerNorm("norm", c.Slice(c.Input, 2, 1))),
    };

    public static TheoryData<string> Kinds => new(s_cells.Keys);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_value_is_read_where_it_lies(string kind)
    {
        foreach (int batch in new[] { 1, 2, 17 })
        {
            PlanVerifier.Verify(
                new ModelBuilder("M").Sequence(3, 4, ("Batch", batch)).Rnn(new CellWriter("Cell", ("h", Units)), c => s_cells[kind](c) is var next ? (next, [next]) : default).Build(),
                Seed, [new Machine(4, false), new Machine(8, true)]);
        }
    }

    /// <summary>A product of the next state and of the one before it, in this order, read both through a reference to the next one: a step that wrote in place had lost the other.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_state_is_read_behind_its_next_value(int batch) => PlanVerifier.Verify(
        new ModelBuilder("M").Sequence(2, 3, ("Batch", batch)).Rnn(new CellWriter("Cell", ("a", 16), ("b", 16)), c =>
        {
            int next = c.Linear("first", 16, c.State(1), c.Input);
            return (next, [next, c.Linear("second", 16, next, c.State(0))]);
        }).Build(),
        Seed);

    private static int Mixed(CellWriter c, int value) => c.Function("Tanh", c.Linear("mix", Units, value, c.State(0)));
}
