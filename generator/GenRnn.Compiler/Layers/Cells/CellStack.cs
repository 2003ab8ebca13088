using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers.Cells;

/// <summary>Keras' StackedRNNCells, TensorFlow 1's MultiRNNCell: cells in one loop, each fed by the one before it at the same step.</summary>
internal sealed class CellStack : Cell
{
    private readonly IReadOnlyList<Cell> _cells;

    /// <summary>Keras' name of the object that holds the cells; empty if they stand in the layer itself.</summary>
    private readonly string _object;

    /// <summary>Whether that object is of a class that makes the cells itself.</summary>
    private readonly bool _isClass;

    private CellStack(IReadOnlyList<Cell> cells, string @object, bool isClass = false)
    {
        _cells = cells;
        _object = @object;
        _isClass = isClass;
        // What a state is called must be unique: where there are several cells, they are counted.
        List<Cell> leaves = Leaves.ToList();
        StateNames = leaves.Count == 1 ? leaves[0].StateNames
            : leaves.SelectMany((cell, i) => cell.StateNames.Select(name => string.Format(CultureInfo.InvariantCulture, "{0}{1}", name, i + 1))).ToList();
    }

    private IEnumerable<Cell> Leaves => _cells.SelectMany(LeavesOf);

    private static IEnumerable<Cell> LeavesOf(Cell cell) => cell switch
    {
        CellStack stack => stack.Leaves,
        DropoutWrapperCell wrapper => LeavesOf(wrapper.Inner),
        _ => new[] { cell },
    };

    /// <summary>What <c>[Rnn]</c> is as long as nobody says which cells it runs.</summary>
    public static CellStack Unknown { get; } = new(new Cell[0], "");

    public override string Kind => "Rnn";

    public override string KerasClass => "RNN";

    public override string KerasName => "rnn";

    public override IReadOnlyList<FlagDefinition> Flags { get; } = new FlagDefinition[] { CellJoin.Cells };

    public override IReadOnlyList<string> StateNames { get; }

    public override bool IsUnknown => _cells.Count == 0;

    public override Cell Of(ItemSpec item, ILayers layers)
    {
        bool isKnown = item.Cells.Count > 0 && item.Cells.Count == item[CellJoin.Cells].Count && item.Cells.All(c => c.Problem.Length == 0);
        if (!isKnown)
            return Unknown;
        bool areSeveral = item.Cells.Sum(c => c.Body is null ? c.Parts.Count(p => layers.FindCell(p.Kind) is not null) : 1) > 1;
        return new CellStack(item.Cells.Select(c => DropoutWrapperCell.Wrap(Of(c, areSeveral, layers), c.Modifiers)).ToList(), item.Cells.Count > 1 ? "stacked_rnn_cells" : "");
    }

    /// <summary>The cells of one class. A class around a single cell of Keras is that cell, by its own name.</summary>
    private static Cell Of(CellSpec spec, bool isOneOfSeveral, ILayers layers)
    {
        if (spec.Body is not null)
            return new BodyCell(spec, isOneOfSeveral);
        List<Cell> cells = new();
        for (int first = 0; first < spec.Parts.Count;)
        {
            Cell cell = layers.FindCell(spec.Parts[first].Kind)!;
            List<(StepLayer, ItemSpec)> around = spec.Parts.Skip(first + 1)
                .TakeWhile(p => layers.FindCell(p.Kind) is null)
                .Select(p => ((StepLayer)layers.Find(p.Kind)!, p))
                .ToList();
            // A wrapper in front of a cell is around the layers of its output as well: what they give is what the cell carries.
            cells.Add(DropoutWrapperCell.Wrap(new ComposedCell(cell, spec.Parts[first], around, isOneOfSeveral), spec.Parts[first].Modifiers));
            first += 1 + around.Count;
        }

        return spec.Parts.Count == 1 ? cells[0] : new CellStack(cells, SnakeCase.Of(spec.Name), isClass: true);
    }

    // The cells enter objects of their own.
    public override LoweringContext Enter(LoweringContext layer) => layer;

    internal override void NameObjects(LayerNames names)
    {
        if (_object.Length > 0)
            names.Next(_object);
        foreach (Cell cell in _cells)
            cell.NameObjects(names);
    }

    public override int StateWidth(ItemSpec item, int index)
    {
        foreach (Cell cell in _cells)
        {
            if (index < cell.StateNames.Count)
                return cell.StateWidth(item, index);
            index -= cell.StateNames.Count;
        }

        return 0;
    }

    public override bool IsMemory(int state)
    {
        foreach (Cell cell in _cells)
        {
            if (state < cell.StateNames.Count)
                return cell.IsMemory(state);
            state -= cell.StateNames.Count;
        }

        return false;
    }

    public override int OutputWidth(ItemSpec item) => _cells[_cells.Count - 1].OutputWidth(item);

    // Flags were checked where the cells are declared.
    public override void Check(ShapeContext context)
    {
    }

    public override void Check(ShapeContext context, int input)
    {
        foreach (Cell cell in _cells)
        {
            cell.Check(context, input);
            input = cell.OutputWidth(context.Item);
        }
    }

    public override string Equation(ItemSpec item) => string.Join("; then ", _cells.Select(c => c.Equation(item)));

    public override CellStep Step(LoweringContext context, RegionBuilder b, Value x, IReadOnlyList<Value> states)
    {
        LoweringContext inside = _object.Length == 0 ? context : context.InObject(context.Item, _object, isOneOfSeveral: false, _isClass);
        List<Value> next = new();
        Value output = x;
        foreach (Cell cell in _cells)
        {
            CellStep step = cell.Step(cell.Enter(inside), b, output, states.Skip(next.Count).Take(cell.StateNames.Count).ToList());
            next.AddRange(step.States);
            output = step.Output;
        }

        return new CellStep(output, next);
    }
}
