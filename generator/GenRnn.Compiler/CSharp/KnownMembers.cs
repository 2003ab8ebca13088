using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.CSharp.Members;
using GenRnn.Compiler.Graph;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.CSharp;

/// <summary>What is known of the members of a model that could not be compiled: its inputs, outputs, states and weights by name, and the sizes that it says.</summary>
internal sealed class KnownMembers
{
    private readonly ModelGraph _graph;
    private readonly IReadOnlyList<Shape> _shapes;
    private readonly List<(string Name, bool IsLengths)> _inputs = new();
    private readonly List<string> _outputs = new();
    private readonly List<(string View, IReadOnlyList<string> Weights)> _layers = new();
    private readonly List<string> _states = new();
    private readonly List<(string Name, int Value)> _sizes = new();

    private KnownMembers(ModelShapes shapes)
    {
        _graph = shapes.Graph;
        _shapes = shapes.Items;
    }

    /// <summary>Parameters of the inputs, each with its lengths behind it.</summary>
    public IReadOnlyList<(string Name, bool IsLengths)> Inputs => _inputs;

    /// <summary>Parameters of the outputs.</summary>
    public IReadOnlyList<string> Outputs => _outputs;

    /// <summary>Members of Weights, with the weights of each.</summary>
    public IReadOnlyList<(string View, IReadOnlyList<string> Weights)> Layers => _layers;

    /// <summary>Members of the State of a cell that is stepped by hand.</summary>
    public IReadOnlyList<string> States => _states;

    /// <summary>Constants of the class.</summary>
    public IReadOnlyList<(string Name, int Value)> Sizes => _sizes;

    public static KnownMembers Of(ModelSpec spec)
    {
        ModelSpec model = spec.IsCell ? SteppedCell.ModelOf(LayerAlone.MendParts(spec)) : spec;
        KnownMembers known = new(ShapeInference.Infer(model));
        known.FindInputs();
        known.FindOutputs();
        known.FindLayers(spec.IsCell);
        known.FindSizes();
        return known;
    }

    private void FindInputs()
    {
        List<ItemSpec> inputs = _graph.Inputs.Select(n => n.Item).ToList();
        bool isOnly = inputs.Count <= 1;
        foreach (ItemSpec input in inputs)
        {
            Add(isOnly ? "input" : Literals.Parameter(input.NameOr("input")), false);
            if (input[InputItem.Lengths])
                Add(isOnly ? "lengths" : Literals.Parameter(RowLengths.NameOf(input)), true);
        }

        if (inputs.Count == 0)
            Add("input", false);

        void Add(string name, bool isLengths) => _inputs.Add((Unique(name, _inputs.Select(i => i.Name)), isLengths));
    }

    private void FindOutputs()
    {
        bool isOnly = _graph.Outputs.Count < 2;
        foreach (GraphNode output in isOnly ? Enumerable.Empty<GraphNode>() : _graph.Outputs)
            _outputs.Add(Unique(output.Name.Length == 0 ? "output" : Literals.Parameter(output.Name), _outputs.Concat(_inputs.Select(i => i.Name))));
        if (isOnly)
            _outputs.Add("output");
    }

    private void FindLayers(bool isCell)
    {
        LayerNames names = new();
        HashSet<string> taken = new(NameRules.Members);
        foreach (GraphNode node in _graph.Layers)
        {
            ItemSpec item = node.Item;
            if (LayerRegistry.Of(item) is not { } layer)
                continue;
            string view = names.Of(node, layer).View;
            if (layer.Inner is not null && node.SharedWith is null)
                names.Next(layer.Inner.KerasName);
            IReadOnlyList<string> weights = LayerAlone.WeightsOf(item);
            if (weights.Count > 0 && node.SharedWith is null && taken.Add(view) && taken.Add(view + "Views"))
                _layers.Add((view, weights));
            if (isCell)
                _states.AddRange(layer.StateNames.Distinct());
            else if (item[TimeFlags.ReturnState])
                _outputs.AddRange(layer.StateNames.Select(state => Unique(Literals.Parameter(view + state), _outputs.Concat(_inputs.Select(i => i.Name)))));
        }
    }

    private void FindSizes()
    {
        int batch = _graph.Inputs.FirstOrDefault()?.Item[InputItem.Batch] ?? 1;
        Shape input = _shapes.Count == 0 ? Shape.Unknown : _shapes[0], output = _graph.Outputs.Count == 0 ? Shape.Unknown : _shapes[_graph.Outputs[0].Index];
        Add("Batch", batch);
        Add("TimeSteps", input.IsUnknown ? 1 : input.TimeSteps);
        Add("Features", input.Features);
        Add("InputLength", LengthOf(input));
        Add("OutputLength", LengthOf(output));
        Add("StepInputLength", input.Features);
        Add("StepOutputLength", output.Features);
        Add("ParameterCount", 1);
        List<(string Name, bool IsLengths)> data = _inputs.Where(i => !i.IsLengths).ToList();
        foreach (string name in (data.Count > 1 ? data.Select(i => i.Name) : Enumerable.Empty<string>()).Concat(_outputs.Skip(1)))
        {
            string constant = ConstantsPrinter.Pascal(name) + "Length";
            if (_sizes.All(s => s.Name != constant))
                Add(constant, 1);
        }

        void Add(string name, int value) => _sizes.Add((name, System.Math.Max(1, value)));
    }

    private static int LengthOf(Shape shape) => shape.IsUnknown ? 1 : (int)System.Math.Min(int.MaxValue, System.Math.Max(1, shape.TimeSteps) * (long)shape.Features);

    /// <summary>The name, or with a number where it is taken: two names that are the same are the very mistake that is reported.</summary>
    private static string Unique(string name, IEnumerable<string> taken)
    {
        HashSet<string> others = new(taken);
        string unique = name;
        for (int i = 2; others.Contains(unique); i++)
            unique = name + i.ToString(CultureInfo.InvariantCulture);
        return unique;
    }
}
