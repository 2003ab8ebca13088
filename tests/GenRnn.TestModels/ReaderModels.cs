using System;
using System.Collections.Generic;
using System.Linq;

namespace GenRnn.TestModels;

/// <summary>
/// Cells in which what reads a product reads other work of the same step as well: elementwise work on the state, the input or another gate, a mask,
/// a second product. In passes of one or two rows the reader runs in the product's kernel, which must wait for that work.
/// </summary>
public static class ReaderModels
{
    private const int Features = 4;

    /// <summary>All of them, for one row, two and three, with gates that are whole vectors and some that are not.</summary>
    public static IReadOnlyList<TestModel> All { get; } = [.. Of(1, 16), .. Of(2, 16), .. Of(1, 5), .. Of(2, 5), .. Of(3, 16)];

    /// <param name="batch">Rows of a pass.</param>
    /// <param name="units">Width of the cells.</param>
    public static IEnumerable<TestModel> Of(int batch, int units)
    {
        TestModel Model(string name, string purpose, Func<ModelBuilder, ModelBuilder> layer)
        {
            string unique = FormattableString.Invariant($"{name}{units}Of{batch}");
            return new TestModel(unique, purpose, layer(new ModelBuilder(unique).Sequence(3, Features, ("Batch", batch))).Build());
        }

        TestModel Cell(string name, string purpose, Func<CellWriter, int> next) => Model(name, purpose, b => b.Rnn(
            new CellWriter("Cell", ("h", units)), c => next(c) is var h ? (h, [h]) : default, ("ReturnSequences", true)));

        int Candidate(CellWriter c, string name = "cell") => c.Function("Tanh", c.Linear(name, units, c.Input, c.State(0)));

        yield return Cell("Leaky", "a scaled state: 0.9 h + 0.1 tanh(z)", c => c.Sum(c.Product(c.Number(0.9f), c.State(0)), c.Product(c.Number(0.1f), Candidate(c))));
        yield return Cell("Negated", "-h", c => c.Sum(c.Negation(c.State(0)), Candidate(c)));
        yield return Cell("Squared", "h h", c => c.Difference(Candidate(c), c.Product(c.State(0), c.State(0))));
        yield return Cell("Halved", "h / 2", c => c.Sum(c.Quotient(c.State(0), c.Number(2)), Candidate(c)));
        yield return Cell("Interpolated", "(1 - h) tanh(z)", c => c.Product(c.Rest(c.State(0)), Candidate(c)));
        yield return Cell("Squashed", "sigmoid(h)", c => c.Product(c.Function("Sigmoid", c.State(0)), Candidate(c)));
        yield return Cell("Gained", "weights by themselves, times h", c => c.Sum(c.Product(c.Vector("gain", units), c.State(0)), Candidate(c)));
        yield return Cell("Gated", "a function of another gate, which is ready a level later", c => c.Product(
            c.Function("Sigmoid", c.Function("Tanh", c.Linear("gate", units, c.Input))), Candidate(c)));
        yield return Cell("OfInput", "elementwise work on the input", c =>
        {
            int[] parts = [.. Enumerable.Repeat(c.Function("Tanh", c.Input), units / Features)];
            return c.Sum(c.Concat(units % Features == 0 ? parts : [.. parts, c.Slice(c.State(0), 0, units % Features)]), Candidate(c));
        });
        yield return Cell("Skipping", "two products of different levels in one sum", c => c.Function("Tanh", c.Sum(
            c.Linear("skip", units, c.Input), c.Linear("out", units, Candidate(c, "inner")))));
        yield return Model("Difference", "an output that reads the state before the step, when the next one is there", b => b.Rnn(new CellWriter("Cell", ("h", units)), c =>
        {
            int next = Candidate(c);
            return (c.Difference(next, c.State(0)), [next]);
        }, ("ReturnSequences", true)));
        yield return Model("Exchange", "two states, each of which reads the other when its own next value is there", b => b.Rnn(new CellWriter("Cell", ("a", units), ("b", units)), c =>
        {
            int first = c.Function("Tanh", c.Linear("first", units, c.Input, c.State(0), c.State(1)));
            int second = c.Sum(c.Product(c.Number(0.5f), first), c.Function("Tanh", c.State(0)));
            return (c.Sum(second, c.State(1)), [first, second]);
        }, ("ReturnSequences", true)));
        yield return Model("DroppedOutput", "a mask that is drawn beside the product", b => b
            .Modifier("DropoutWrapper", ("OutputKeep", 0.5)).SimpleRnn(units, ("ReturnSequences", true)));
        yield return Model("DroppedState", "a mask of the state", b => b
            .Modifier("DropoutWrapper", ("StateKeep", 0.5)).SimpleRnn(units, ("ReturnSequences", true)));
    }
}
