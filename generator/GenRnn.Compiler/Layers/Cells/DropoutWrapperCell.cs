using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers.Cells;

/// <summary>
/// TensorFlow 1's DropoutWrapper: a cell whose input, output and states are dropped. The output that is given is dropped, not the state that is
/// carried; of what is carried, a memory (an LSTM's c) is not. Masks are drawn at every step, or (variational) once a call, for all steps and rows.
/// </summary>
internal sealed class DropoutWrapperCell : Cell
{
    private static readonly Flag<double> InputKeep = Keep("InputKeep"), OutputKeep = Keep("OutputKeep"), StateKeep = Keep("StateKeep");

    private static readonly Flag<double>[] Keeps = { InputKeep, OutputKeep, StateKeep };

    private static readonly Flag<bool> Variational = Flag.Boolean("Variational", false) with { Effect = FlagEffect.Training };

    private readonly Cell _cell;
    private readonly ModifierSpec _modifier;
    private readonly int _index;

    private DropoutWrapperCell(Cell cell, ModifierSpec modifier, int index)
    {
        _cell = cell;
        _modifier = modifier;
        _index = index;
    }

    public static ItemDefinition Modifier { get; } = new("DropoutWrapper", ItemRole.Modifier, Keeps.Append<FlagDefinition>(Variational).ToArray());

    /// <summary>The cell inside.</summary>
    public Cell Inner => _cell;

    public override string Kind => _cell.Kind;

    public override string KerasClass => _cell.KerasClass;

    public override string KerasName => _cell.KerasName;

    public override IReadOnlyList<FlagDefinition> Flags => _cell.Flags;

    public override IReadOnlyList<string> StateNames => _cell.StateNames;

    public override bool IsUnknown => _cell.IsUnknown;

    public override bool TakesAnyOutput => _cell.TakesAnyOutput;

    public override bool DropsPenalty => _cell.DropsPenalty;

    /// <summary>The layer around a modifier: a recurrent one runs its cell with dropout; for another one there is nothing to wrap.</summary>
    public static Layer Wrap(Layer layer, ItemSpec item, int index) => layer is RecurrentLayer recurrent
        ? recurrent.With(cell => new DropoutWrapperCell(cell, item.Modifiers[index], index))
        : new UnfitDropoutWrapper(layer, index);

    /// <summary>A cell inside the modifiers in front of it, the first one written being the outermost.</summary>
    public static Cell Wrap(Cell cell, EquatableArray<ModifierSpec> modifiers)
    {
        for (int index = modifiers.Count - 1; index >= 0; index--)
        {
            if (modifiers[index].Kind == Modifier.Kind)
                cell = new DropoutWrapperCell(cell, modifiers[index], index);
        }

        return cell;
    }

    public override LoweringContext Enter(LoweringContext layer) => _cell.Enter(layer);

    internal override void NameObjects(LayerNames names) => _cell.NameObjects(names);

    public override int StateWidth(ItemSpec item, int index) => _cell.StateWidth(item, index);

    public override int OutputWidth(ItemSpec item) => _cell.OutputWidth(item);

    public override string OutputActivation(ItemSpec item) => _cell.OutputActivation(item);

    public override bool IsMemory(int state) => _cell.IsMemory(state);

    public override void Check(ShapeContext context)
    {
        _cell.Check(context);
        Check(context, _modifier, _index);
    }

    /// <summary>Reports shares that are none, and what drops nothing.</summary>
    public static void Check(ShapeContext context, ModifierSpec modifier, int index)
    {
        if (Keeps.All(flag => modifier[flag] == 1))
            context.ReportOnModifier(Rules.ChangesNothing, index, "", "[DropoutWrapper] changes nothing: all of InputKeep, OutputKeep and StateKeep are 1, which drops nothing");
        foreach (Flag<double> flag in Keeps)
        {
            if (modifier.Find(flag) is { Number: not (> 0 and <= 1) } value)
            {
                context.ReportOnModifier(Rules.KeepOutOfRange, index, flag.Name, LayerRules.Format(
                    "{0} is the share of the values that training keeps: above 0, and 1 for all; got {1}", flag.Name, value.Number));
            }
        }
    }

    public override void Check(ShapeContext context, int input) => _cell.Check(context, input);

    public override string Equation(ItemSpec item)
    {
        List<string> dropped = Keeps.Where(flag => Rate(flag) > 0).Select(flag => flag.Name.Replace("Keep", "").ToLowerInvariant()).ToList();
        return dropped.Count == 0 ? _cell.Equation(item)
            : _cell.Equation(item) + "; in training dropout of " + string.Join(", ", dropped) + (IsVariational ? ", the same at all steps and rows" : "");
    }

    public override CellStep Step(LoweringContext context, RegionBuilder b, Value x, IReadOnlyList<Value> states)
    {
        CellStep step = _cell.Step(context, b, Drop(context, b, x, InputKeep), states);
        List<Value> next = step.States.Select((state, i) => _cell.IsMemory(i) ? state : Drop(context, b, state, StateKeep)).ToList();
        return new CellStep(Drop(context, b, step.Output, OutputKeep), next);
    }

    /// <summary>The share of values that training keeps.</summary>
    private static Flag<double> Keep(string name) => Flag.Number(name, 1) with { Effect = FlagEffect.Training };

    private bool IsVariational => _modifier[Variational];

    private double Rate(Flag<double> flag) => 1 - _modifier[flag];

    private Value Drop(LoweringContext context, RegionBuilder b, Value value, Flag<double> flag)
    {
        if (Rate(flag) == 0)
            return value;
        RandomSource source = context.NewRandom(RandomKind.Keep, Rate(flag), isSharedByRows: IsVariational);
        return b.Multiply(value, IsVariational ? context.SharedOverTime(b, source, value.Width) : b.Random(source, value.Width));
    }

    /// <summary>The wrapper in front of what runs no cell: a layer with an error.</summary>
    private sealed class UnfitDropoutWrapper : Layer
    {
        private readonly Layer _layer;
        private readonly int _index;

        public UnfitDropoutWrapper(Layer layer, int index)
        {
            _layer = layer;
            _index = index;
        }

        public override ItemDefinition Definition => _layer.Definition;

        public override string KerasClass => _layer.KerasClass;

        public override string KerasName => _layer.KerasName;

        public override bool IsUnknown => _layer.IsUnknown;

        public override bool WorksStepByStep => _layer.WorksStepByStep;

        public override string DroppedPenalty => _layer.DroppedPenalty;

        public override bool TakesIds => _layer.TakesIds;

        public override MaskUse Masks(ItemSpec item) => _layer.Masks(item);

        public override int StateCount => _layer.StateCount;

        public override int Directions => _layer.Directions;

        public override int StateWidth(ItemSpec item, int index) => _layer.StateWidth(item, index);

        public override Shape Infer(ShapeContext context)
        {
            context.ReportOnModifier(Rules.UnfitWrapper, _index, "", _layer.Inner is { StateCount: > 0 }
                ? LayerRules.Format("DropoutWrapper wraps one recurrent layer, and {0} runs two: write it behind [{0}], and each gets masks of its own", _layer.ViewKind)
                : LayerRules.Format("DropoutWrapper wraps a recurrent layer; {0} has no cell. Remove [DropoutWrapper], or write [Dropout]", context.Item.Kind));
            return _layer.Infer(context);
        }

        public override void Lower(LoweringContext context) => throw new System.InvalidOperationException("A model with an error has no program.");
    }
}
