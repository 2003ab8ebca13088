using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Layers.Cells;

/// <summary>
/// Keras 3's dropout inside recurrent layers: the flags Dropout (of the input) and RecurrentDropout (of the state before the step). Masks
/// are drawn once a call for every row and hold for all its steps.
/// </summary>
/// <remarks>
/// A gated cell has one mask of the input for all its gates; with RecurrentDropout it has one of the state for each gate, and then one of
/// the input for each gate too, as Keras computes the gates one by one then. A rate of 1 switches a gated cell's dropout off.
/// </remarks>
internal sealed class CellDropout
{
    private readonly IReadOnlyList<Value> _inputs;
    private readonly IReadOnlyList<Value> _states;

    private CellDropout(IReadOnlyList<Value> inputs, IReadOnlyList<Value> states)
    {
        _inputs = inputs;
        _states = states;
    }

    /// <summary>Whether gates read inputs or states of their own, so that no product is common to them.</summary>
    public bool IsApart => _inputs.Count > 1 || _states.Count > 1;

    /// <summary>The input that gate <paramref name="gate"/> reads.</summary>
    public Value Input(int gate = 0) => _inputs[_inputs.Count == 1 ? 0 : gate];

    /// <summary>The state that gate <paramref name="gate"/> reads.</summary>
    public Value State(int gate = 0) => _states[_states.Count == 1 ? 0 : gate];

    public static void Check(ShapeContext context, bool isGated)
    {
        LayerRules.DropoutRate(context, CellFlags.Dropout, isGated ? "Keras' " + context.Item.Kind + " then drops nothing at all" : "every input is dropped in training");
        LayerRules.DropoutRate(context, CellFlags.RecurrentDropout, isGated ? "Keras' " + context.Item.Kind + " then drops nothing at all" : "every state is dropped in training");
    }

    /// <summary>A cell with one product: SimpleRNN.</summary>
    public static CellDropout Plain(LoweringContext context, RegionBuilder b, Value x, Value h) => new(
        Drop(context, b, x, context.Item[CellFlags.Dropout], 1),
        Drop(context, b, h, context.Item[CellFlags.RecurrentDropout], 1));

    /// <summary>A cell with <paramref name="gates"/> gates.</summary>
    public static CellDropout Gated(LoweringContext context, RegionBuilder b, Value x, Value h, int gates)
    {
        double input = context.Item[CellFlags.Dropout];
        double recurrent = context.Item[CellFlags.RecurrentDropout];
        return new CellDropout(
            Drop(context, b, x, input < 1 ? input : 0, recurrent > 0 ? gates : 1),
            Drop(context, b, h, recurrent < 1 ? recurrent : 0, gates));
    }

    private static IReadOnlyList<Value> Drop(LoweringContext context, RegionBuilder b, Value value, double rate, int masks) => rate == 0
        ? new[] { value }
        : Enumerable.Range(0, masks).Select(_ => b.Multiply(value, context.SharedOverTime(b, context.NewRandom(RandomKind.Keep, rate), value.Width))).ToList();
}
