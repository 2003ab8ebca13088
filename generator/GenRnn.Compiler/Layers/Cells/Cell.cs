using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers.Cells;

/// <summary>What a cell gives at a step.</summary>
/// <param name="Output">Its output.</param>
/// <param name="States">Its states after the step, in the order of <see cref="Cell.StateNames"/>.</param>
public sealed record CellStep(Value Output, IReadOnlyList<Value> States);

/// <summary>
/// One time step of a recurrent layer: its flags, its weights and its equations. Time, direction, masks and outputs are the business of
/// <see cref="RecurrentLayer"/>.
/// </summary>
public abstract class Cell
{
    /// <summary>What the layer's attribute is called: <c>Lstm</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>Keras' class name of the layer: <c>LSTM</c>.</summary>
    public abstract string KerasClass { get; }

    /// <summary>Keras' default name of the layer: <c>lstm</c>. The cell's is <c>lstm_cell</c>.</summary>
    public abstract string KerasName { get; }

    /// <summary>The cell's flags; <c>Units</c> first.</summary>
    public abstract IReadOnlyList<FlagDefinition> Flags { get; }

    /// <summary>Names of the carried states; Keras' order, the one that is also the output first.</summary>
    public abstract IReadOnlyList<string> StateNames { get; }

    /// <summary>Whether the declaration does not say what the cell is.</summary>
    public virtual bool IsUnknown => false;

    /// <summary>Whether the carried output may have another width than the cell's own, because other layers make it.</summary>
    public virtual bool TakesAnyOutput => true;

    /// <summary>Whether Keras takes a penalty on what the layer gives and drops it.</summary>
    public virtual bool DropsPenalty => false;

    /// <summary>The cell that an item runs: most are the same for all, some depend on what the item names.</summary>
    public virtual Cell Of(ItemSpec item, ILayers layers) => this;

    /// <summary>The context inside the object that owns the cell's weights.</summary>
    public virtual LoweringContext Enter(LoweringContext layer) => layer.InCell(KerasName + "_cell");

    /// <summary>Takes the names of the objects that <see cref="Enter"/> and <see cref="Step"/> enter, in the same order.</summary>
    internal virtual void NameObjects(LayerNames names)
    {
    }

    /// <summary>Width of state <paramref name="index"/>.</summary>
    public virtual int StateWidth(ItemSpec item, int index) => item[LayerFlags.Units];

    /// <summary>Width of the output.</summary>
    public virtual int OutputWidth(ItemSpec item) => item[LayerFlags.Units];

    /// <summary>The activation whose values come out; empty where that is not known.</summary>
    public virtual string OutputActivation(ItemSpec item) => "";

    /// <summary>Whether a state is memory alone, which no step gives: dropout of what is carried leaves it.</summary>
    public virtual bool IsMemory(int state) => false;

    /// <inheritdoc cref="Layer.AxesOf"/>
    public virtual int AxesOf(ItemSpec item, string weight) => Layer.Axes(weight);

    /// <summary>Reports what is wrong with the cell's flags.</summary>
    public virtual void Check(ShapeContext context)
    {
        LayerRules.PositiveUnits(context);
        LayerRules.SaturatingActivation(context, CellFlags.Activation);
        LayerRules.GatesStayInRange(context, CellFlags.RecurrentActivation);
        CellDropout.Check(context, Flags.Contains(CellFlags.RecurrentActivation));
    }

    /// <summary>Reports what is wrong with the cell for an input of a known width.</summary>
    public virtual void Check(ShapeContext context, int input)
    {
    }

    /// <summary>The equations, for the reader of the emitted code.</summary>
    public abstract string Equation(ItemSpec item);

    /// <summary>Adds the cell's weights and writes one step.</summary>
    /// <param name="context">Flags and weights; its paths lie inside the cell.</param>
    /// <param name="b">The step's region.</param>
    /// <param name="x">The input.</param>
    /// <param name="states">The states before the step.</param>
    public abstract CellStep Step(LoweringContext context, RegionBuilder b, Value x, IReadOnlyList<Value> states);
}
