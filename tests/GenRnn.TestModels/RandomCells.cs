using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Layers.Cells;
using GenRnn.Compiler.Spec;

namespace GenRnn.TestModels;

/// <summary>
/// Models around a cell in C# that nobody would write: a random expression over the input, the states, numbers, weights, products of products, parts and concatenations
/// of all that. Everything comes from the seed.
/// </summary>
public sealed class RandomCells(int seed)
{
    private static readonly string[] s_functions = ["Tanh", "Sigmoid", "Relu", "Softplus", "Abs", "Exp", "Sqrt", "Log"];

    // Whole vectors of some machine, one more, and what is none of any.
    private static readonly int[] s_widths = [1, 2, 3, 4, 4, 5, 7, 8, 8, 9, 16, 16, 17];

    private readonly Random _random = new(seed);
    private readonly List<(int Value, int Width)> _values = [];
    private int _weights;

    /// <summary>The model; its rows and its precision are to be chosen.</summary>
    public ModelSpec Model()
    {
        int features = 1 + _random.Next(5);
        ModelBuilder builder = new ModelBuilder("RandomCell").Sequence(
            1 + _random.Next(4), features, [.. Maybe(6, ("Lengths", true)), .. Maybe(6, ("Layout", "TimeMajor"))]);
        if (_random.Next(4) == 0)
            builder.SimpleRnn(features = Width(), ("ReturnSequences", true));
        else if (_random.Next(4) == 0)
            builder.Dense(features = Width());

        bool isBidirectional = _random.Next(8) == 0, returnsSequences = _random.Next(3) > 0;
        if (isBidirectional)
            builder.Modifier("Bidirectional");
        else if (_random.Next(6) == 0)
            builder.Modifier("DropoutWrapper", [.. Maybe(2, ("OutputKeep", 0.5)), .. Maybe(2, ("StateKeep", 0.75)), .. Maybe(3, ("Variational", true))]);
        // A quarter of the cells are of one width: what is computed lane by lane meets what has the same lanes.
        int common = _random.Next(4) == 0 ? Width() : 0;
        int[] widths = [.. Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => common > 0 ? common : Width())];
        builder.Rnn(new CellWriter("Cell", [.. widths.Select((w, i) => ("s" + i, w))]), c => Step(c, features, widths),
        [
            .. returnsSequences ? [("ReturnSequences", true)] : Maybe(2, ("ReturnSequences", false)),
            .. isBidirectional ? [] : Maybe(8, ("GoBackwards", true)),
            .. Maybe(5, ("Stateful", true)),
        ]);
        switch (_random.Next(returnsSequences ? 4 : 2))
        {
            case 0: builder.Dense(1 + _random.Next(3)); break;
            case 2: builder.SimpleRnn(1 + _random.Next(5)); break;
            default: break;
        }

        return builder.Build();
    }

    private (int Output, int[] Next) Step(CellWriter c, int features, int[] widths)
    {
        _values.Add((c.Input, features));
        for (int i = 0; i < widths.Length; i++)
            _values.Add((c.State(i), widths[i]));
        for (int count = 2 + _random.Next(10); count > 0; count--)
            Write(c, widths);
        int[] next = [.. widths.Select((width, i) => _random.Next(12) == 0 ? c.State(i) : OfWidth(c, width))];
        // Of a width that the cell gives, whatever it reads.
        CellBody body = c.Build("", next[0], next).Body!;
        IReadOnlyList<int> known = CellBodyWidths.Infer(body, 0).Widths;
        List<(int Value, int Width)> outputs = [.. _values.Where(v => known[v.Value] > 0)];
        return (known[next[0]] > 0 && _random.Next(2) == 0 ? next[0] : outputs[_random.Next(outputs.Count)].Value, next);
    }

    private void Write(CellWriter c, int[] widths)
    {
        (int a, int width) = Any();
        switch (_random.Next(12))
        {
            case 0:
            case 1:
                int units = _random.Next(3) > 0 ? widths[_random.Next(widths.Length)] : Width();
                int[] operands = [.. Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => Any().Value).Distinct()];
                Add(c.Linear(Weights("gate"), units, operands), units);
                break;
            case 2:
            case 3:
                Add(c.Function(s_functions[_random.Next(_random.Next(2) == 0 ? 4 : s_functions.Length)], a), width);
                break;
            case 4:
                Add(c.Negation(a), width);
                break;
            case 5:
                int number = c.Number(new[] { 1f, 0.5f, -0.25f, 2f, 0.9f }[_random.Next(5)]);
                Add(_random.Next(4) switch
                {
                    0 => c.Product(number, a),
                    1 => c.Difference(number, a),
                    2 => c.Quotient(a, number),
                    _ => c.Sum(a, number),
                }, width);
                break;
            case 6 when _random.Next(3) == 0:
                // By themselves, where products, parts and all else may read them.
                int bare = _random.Next(3) == 0 ? 1 : width;
                Add(bare == 1 && _random.Next(2) == 0 ? c.Number(0.75f) : c.Vector(Weights("bare"), bare), bare);
                break;
            case 6:
                int gain = c.Vector(Weights("gain"), width);
                Add(_random.Next(2) == 0 ? c.Product(gain, a) : c.Sum(a, gain), width);
                break;
            case 7 when width > 1:
                int start = _random.Next(width), length = 1 + _random.Next(width - start);
                Add(c.Slice(a, start, length), length);
                break;
            case 8:
                (int b, int other) = Any();
                if (width + other <= 24)
                    Add(c.Concat(a, b), width + other);
                break;
            case 9 when _random.Next(3) == 0:
                Add(c.LayerNorm(Weights("norm"), a), width);
                break;
            default:
                // Of as many values, or of one.
                List<(int Value, int Width)> fitting = [.. _values.Where(v => v.Width == width || v.Width == 1 || width == 1)];
                (int right, int rightWidth) = fitting[_random.Next(fitting.Count)];
                Add(_random.Next(7) switch
                {
                    0 or 1 => c.Sum(a, right),
                    2 => c.Difference(a, right),
                    3 => c.Quotient(a, right),
                    _ => c.Product(a, right),
                }, Math.Max(width, rightWidth));
                break;
        }
    }

    /// <summary>A value of a width: one that is there, or a product.</summary>
    private int OfWidth(CellWriter c, int width)
    {
        // The later ones are the longer ones.
        int[] there = [.. _values.Skip(1).Where(v => v.Width == width).Select(v => v.Value).Reverse().Take(3)];
        if (there.Length > 0 && _random.Next(3) > 0)
            return there[_random.Next(there.Length)];
        int product = c.Linear(Weights("next"), width, [.. new[] { Any().Value, Any().Value }.Distinct()]);
        if (_random.Next(2) > 0)
            product = c.Function("Tanh", product);
        Add(product, width);
        return product;
    }

    private (int Value, int Width) Any() => _values[_random.Next(2) == 0 ? _random.Next(_values.Count) : Math.Max(0, _values.Count - 1 - _random.Next(4))];

    private void Add(int value, int width) => _values.Add((value, width));

    private string Weights(string name) => FormattableString.Invariant($"{name}{_weights++}");

    private int Width() => s_widths[_random.Next(s_widths.Length)];

    private (string, object)[] Maybe(int oneOf, (string, object) flag) => _random.Next(oneOf) == 0 ? [flag] : [];
}
