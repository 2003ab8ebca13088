using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers.Cells;

/// <summary>A cell whose output goes through layers before it is given, and carried as the new h: <c>[SimpleRnnCell(20)] [LayerNormalization] [Activation(...)]</c>.</summary>
internal sealed class ComposedCell : Cell
{
    private readonly Cell _cell;
    private readonly ItemSpec _item;
    private readonly IReadOnlyList<(StepLayer Layer, ItemSpec Item)> _layers;
    private readonly bool _isOneOfSeveral;

    /// <param name="cell">The cell.</param>
    /// <param name="item">Its flags.</param>
    /// <param name="layers">The layers, in order.</param>
    /// <param name="isOneOfSeveral">Whether there are more cells in the loop, so that weights must say whose they are.</param>
    public ComposedCell(Cell cell, ItemSpec item, IReadOnlyList<(StepLayer Layer, ItemSpec Item)> layers, bool isOneOfSeveral)
    {
        _cell = cell;
        _item = item;
        _layers = layers;
        _isOneOfSeveral = isOneOfSeveral || layers.Count > 0;
    }

    public override string Kind => _cell.Kind;

    public override string KerasClass => _cell.KerasClass;

    public override string KerasName => _cell.KerasName;

    public override IReadOnlyList<FlagDefinition> Flags { get; } = Array.Empty<FlagDefinition>();

    public override IReadOnlyList<string> StateNames => _cell.StateNames;

    public override int StateWidth(ItemSpec item, int index) => index == 0 ? OutputWidth(item) : _cell.StateWidth(_item, index);

    public override int OutputWidth(ItemSpec item) => _layers.Aggregate(_cell.OutputWidth(_item), (width, layer) => layer.Layer.Width(layer.Item, width));

    public override bool IsMemory(int state) => _cell.IsMemory(state);

    // Flags were checked where the cell is declared.
    public override void Check(ShapeContext context)
    {
    }

    // Each part enters an object of its own.
    public override LoweringContext Enter(LoweringContext layer) => layer;

    private string ObjectName => _cell.KerasName + "_cell";

    internal override void NameObjects(LayerNames names)
    {
        names.Next(ObjectName);
        foreach ((StepLayer layer, _) in _layers)
            names.Next(layer.KerasName);
    }

    public override string Equation(ItemSpec item) =>
        string.Join("; ", new[] { _cell.Equation(_item) }.Concat(_layers.Select(l => "h' := " + l.Layer.Equation(l.Item).Replace("y = ", "").Replace("x", "h'"))));

    public override CellStep Step(LoweringContext context, RegionBuilder b, Value x, IReadOnlyList<Value> states)
    {
        CellStep step = _cell.Step(context.InObject(_item, ObjectName, _isOneOfSeveral), b, x, states);
        Value output = _layers.Aggregate(step.Output, (y, layer) => layer.Layer.Apply(context.InObject(layer.Item, layer.Layer.KerasName, true), b, y));
        return new CellStep(output, new[] { output }.Concat(step.States.Skip(1)).ToList());
    }
}
