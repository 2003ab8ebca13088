using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Layers.Cells;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>A cell run over time: Keras' SimpleRNN, LSTM and GRU. Gives the sequence or the last output, and its states if asked for.</summary>
internal sealed class RecurrentLayer : Layer
{
    private static readonly FlagDefinition[] Flags =
    {
        new("ReturnSequences", FlagType.Boolean),
        new("ReturnState", FlagType.Boolean),
        new("GoBackwards", FlagType.Boolean),
        new("Stateful", FlagType.Boolean),
        new("Unroll", FlagType.Integer),
        new("Name", FlagType.Text),
    };

    private readonly Cell _cell;

    public RecurrentLayer(Cell cell)
    {
        _cell = cell;
        Definition = new ItemDefinition(cell.Kind, ItemRole.Layer, cell.Flags.Concat(Flags).ToArray());
    }

    public override ItemDefinition Definition { get; }

    public override string KerasClass => _cell.KerasClass;

    public override string KerasName => _cell.KerasName;

    public override int StateCount => _cell.StateNames.Count;

    public override string? StreamingObstacle(ItemSpec item) => item.GetBoolean("GoBackwards") ? "runs backwards in time" : null;

    public override Shape Infer(ShapeContext context)
    {
        LayerRules.NeedsSequence(context);
        LayerRules.StatefulNeedsBatch(context);
        LayerRules.UnrollFits(context);
        _cell.Check(context);
        int width = _cell.OutputWidth(context.Item);
        bool returnsSequences = context.Item.GetBoolean("ReturnSequences");
        if (width <= 0 || (context.Input.IsVector && returnsSequences))
            return Shape.Unknown;
        return new Shape(returnsSequences ? context.Input.TimeSteps : 0, width);
    }

    public override void Lower(LoweringContext context)
    {
        RegionBuilder b = context.AddRegion(_cell.Equation(context.Item));
        b.Region.Unroll = context.Item.GetInteger("Unroll");
        Value x = b.Input(context.Input, context.Item.GetBoolean("GoBackwards") ? TimeAccess.Reversed : TimeAccess.Same);
        List<RegionState> states = _cell.StateNames
            .Select((name, i) => new RegionState(name, _cell.StateWidth(context.Item, i), context.InitialState(i)) { IsCarried = true }).ToList();
        CellStep step = _cell.Step(context.InCell(_cell.KerasName + "_cell"), b, x, states.Select(b.State).ToList());
        for (int i = 0; i < states.Count; i++)
        {
            states[i].Next = step.States[i];
            states[i].Final = context.NewSequence(states[i].Name, 0, states[i].Width);
            context.States.Add(states[i].Final!);
        }

        if (context.Item.GetBoolean("ReturnSequences"))
        {
            context.Output = context.NewSequence("out", b.Region.Steps, step.Output.Width);
            b.Output(step.Output, context.Output, context.OutputOrder);
        }
        else
        {
            // The first state is the output.
            context.Output = context.States[0];
        }
    }
}
