using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Layers.Cells;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>A cell run over time: Keras' SimpleRNN, LSTM, GRU and RNN. Gives the sequence or the last output, and its states if asked for.</summary>
internal sealed class RecurrentLayer : Layer
{
    private readonly Cell _cell;

    public RecurrentLayer(Cell cell)
    {
        _cell = cell;
        Definition = new ItemDefinition(cell.Kind, ItemRole.Layer, cell.Flags.Concat(TimeFlags.All).ToArray());
    }

    public override ItemDefinition Definition { get; }

    public override string KerasClass => _cell.KerasClass;

    public override string KerasName => _cell.KerasName;

    public override int StateCount => _cell.StateNames.Count;

    public override MaskUse Masks(ItemSpec item) => item[TimeFlags.ReturnSequences] ? MaskUse.Passes : MaskUse.Consumes;

    public override bool IsUnknown => _cell.IsUnknown;

    /// <summary>The layer with another cell in the place of its own.</summary>
    public RecurrentLayer With(System.Func<Cell, Cell> wrap) => new(wrap(_cell));

    public override Layer Of(ItemSpec item, ILayers layers) => _cell.Of(item, layers) is var cell && cell != _cell ? new RecurrentLayer(cell) : this;

    internal override IReadOnlyList<string> StateNames => _cell.StateNames.Select(n => char.ToUpperInvariant(n[0]) + n.Substring(1)).ToList();

    internal override void NameObjects(LayerNames names) => _cell.NameObjects(names);

    public override int AxesOf(ItemSpec item, string weight) => _cell.AxesOf(item, weight);

    public override string DroppedPenalty => _cell.DropsPenalty ? _cell.KerasClass : "";

    public override string OutputActivation(ItemSpec item) => _cell.OutputActivation(item);

    public override int StateWidth(ItemSpec item, int index) => _cell.StateWidth(item, index);

    public override string? StreamingObstacle(ItemSpec item) => item[TimeFlags.GoBackwards] ? "runs backwards in time" : null;

    public override Shape Infer(ShapeContext context)
    {
        LayerRules.NeedsSequence(context);
        LayerRules.StatefulNeedsBatch(context);
        LayerRules.UnrollFits(context);
        LayerRules.SomethingIsMasked(context);
        _cell.Check(context);
        if (!context.Input.IsUnknown)
            _cell.Check(context, context.Input.Features);
        int width = _cell.OutputWidth(context.Item);
        bool returnsSequences = context.Item[TimeFlags.ReturnSequences];
        if (width <= 0 || (context.Input.IsVector && returnsSequences))
            return Shape.Unknown;
        return new Shape(returnsSequences ? context.Input.TimeSteps : 0, width);
    }

    public override void Lower(LoweringContext context)
    {
        bool returnsSequences = context.Item[TimeFlags.ReturnSequences];
        TimeAccess order = context.Item[TimeFlags.GoBackwards] ? TimeAccess.Reversed : TimeAccess.Same;
        RegionBuilder b = context.AddRegion(_cell.Equation(context.Item) + (context.InputMask is null ? "" : "; masked steps change nothing"));
        b.Region.Unroll = context.Item[TimeFlags.Unroll];
        Value x = b.Input(context.Input, order);
        List<RegionState> states = _cell.StateNames
            .Select((name, i) => new RegionState(name, _cell.StateWidth(context.Item, i), context.InitialState(i)) { IsCarried = true }).ToList();
        List<Value> before = states.Select(b.State).ToList();
        CellStep step = _cell.Step(_cell.Enter(context), b, x, before);
        Emission emission = new(context, b);
        if (context.InputMask is { } mask)
            step = emission.Mask(step, before, b.Input(mask.Steps, order), isZero: context.Item[TimeFlags.ZeroOutputForMask] || (mask.EndsRows && returnsSequences));
        for (int i = 0; i < states.Count; i++)
        {
            states[i].Next = step.States[i];
            states[i].Final = context.NewSequence(states[i].Name, 0, states[i].Width);
            context.States.Add(states[i].Final!);
        }

        if (returnsSequences)
        {
            context.Output = context.NewSequence("out", b.Region.Steps, step.Output.Width);
            b.Output(InRows(context, b, step.Output, order), context.Output, context.OutputOrder);
            context.OutputMask = OutputMask(context, b, order);
        }
        else
        {
            int state = states.FindIndex(s => s.Next == step.Output);
            context.Output = state >= 0 ? context.States[state] : emission.Last(step.Output);
        }
    }

    /// <summary>An output that is held at a masked step is zero behind the end of its row.</summary>
    private static Value InRows(LoweringContext context, RegionBuilder b, Value output, TimeAccess order) =>
        context.InputMask is { EndsRows: false, Rows: { } rows } && !context.Item[TimeFlags.ZeroOutputForMask]
            ? b.Choose(b.Input(rows, order), output, b.Constant(0, output.Width))
            : output;

    /// <summary>
    /// The mask of a returned sequence. Keras reads a mask in the order of the steps but passes it on as it came, even where the outputs are in
    /// reversed time. Lengths, which it does not have, stay with their outputs.
    /// </summary>
    private static TimeMask? OutputMask(LoweringContext context, RegionBuilder b, TimeAccess order)
    {
        if (context.InputMask is not { Rows: { } rows } mask || order == context.OutputOrder)
            return context.InputMask;
        Sequence Turned(string name, Sequence sequence)
        {
            Sequence turned = context.NewSequence(name, b.Region.Steps, 1);
            b.Output(b.Input(sequence, order), turned, context.OutputOrder);
            return turned;
        }

        Sequence steps = Turned("mask", mask.Steps);
        return new TimeMask(steps, mask.EndsRows ? steps : Turned("rows", rows));
    }
}
