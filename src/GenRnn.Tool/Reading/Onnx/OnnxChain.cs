using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using GenRnn.Compiler.Interop;
using GenRnn.Compiler.Spec;

namespace GenRnn.Tool.Reading.Onnx;

/// <summary>
/// Follows the one signal of a graph through its nodes. Each node computes on constants (and is folded), moves axes (and is followed), or is a layer. Rows,
/// steps and features are told apart by what recurrent nodes and convolutions take.
/// </summary>
internal sealed partial class OnnxChain
{
    // What stands for the size of a free axis, so that shapes can be followed.
    private static readonly long[] s_free = [97, 89, 83];

    private readonly OnnxFile _file;
    private readonly ImportRequest _request;
    private readonly OnnxFolding _folding;
    private readonly Dictionary<string, OnnxConstant> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OnnxSignal> _signals = new(StringComparer.Ordinal);
    private readonly Dictionary<int, OnnxFilling> _fillings = [];
    private readonly List<ImportedLayer> _layers = [];
    private readonly List<string> _notes = [];
    private readonly HashSet<string> _used = new(StringComparer.Ordinal), _computedWith = new(StringComparer.Ordinal);
    private IReadOnlyList<OnnxAxis> _input = [];
    private int _version;

    public OnnxChain(OnnxFile file, long length, ImportRequest request)
    {
        _file = file;
        _request = request;
        _folding = new OnnxFolding(length);
    }

    /// <exception cref="ForeignModelException">The graph is no chain of layers that Gen has; the message names the node.</exception>
    public ImportedModel Read()
    {
        List<OnnxValue> inputs = [.. _file.Inputs];
        if (inputs.Count != 1)
            throw new ForeignModelException($"{inputs.Count} inputs ({string.Join(", ", inputs.Take(8).Select(i => "'" + i.Name + "'"))}); a chain of layers has one");
        if (inputs[0].Shape.Count is not (2 or 3))
            throw new ForeignModelException($"the input has {inputs[0].Shape.Count} axes; Gen has [rows, features] and [rows, steps, features]");
        _input = [.. inputs[0].Shape.Select((size, i) => new OnnxAxis(OnnxAxisKind.Open, size > 0 ? size : s_free[i]) { IsFree = size <= 0 })];
        _signals[inputs[0].Name] = new OnnxSignal(_input, 0);
        FindUsed();
        foreach (OnnxNode node in _file.Nodes.Where(n => n.Outputs.Any(_used.Contains)))
            Follow(node);
        List<ImportedLayer> layers = Finished();
        ItemSpec input = InputOf();
        if (_input[0].Kind != OnnxAxisKind.Rows)
            _notes.Add($"the input has the axes [{string.Join(", ", _input)}] in ONNX, and rows in front here");
        return ImportedModel.Of(input, layers, _request) with { Notes = _notes };
    }

    /// <summary>Fills all layers' variables.</summary>
    public void Fill(ModelInfo info, Span<double> parameters)
    {
        foreach ((int layer, OnnxFilling fill) in _fillings)
        {
            List<VariableInfo> variables = [.. info.Variables.Where(v => v.Path.StartsWith(info.Layers[layer].Name + "/", StringComparison.Ordinal))];
            fill(variables, parameters);
        }
    }

    /// <summary>Names that the outputs depend on, from the back: exporters leave nodes that compute nothing.</summary>
    private void FindUsed()
    {
        foreach (OnnxValue output in _file.Outputs)
            _used.Add(output.Name);
        foreach (OnnxNode node in _file.Nodes.Reverse().Where(n => n.Outputs.Any(_used.Contains)))
        {
            foreach (string input in node.Inputs.Where(i => i.Length > 0))
            {
                _used.Add(input);
                _computedWith.Add(input);
            }
        }
    }

    private List<ImportedLayer> Finished()
    {
        List<OnnxSignal> outputs = [.. _file.Outputs.Select(o => _signals.GetValueOrDefault(o.Name) ?? throw new ForeignModelException($"the output '{o.Name}' does not depend on the input"))];
        if (_layers.Count == 0)
            throw new ForeignModelException("the graph has no layers");
        if (outputs.FirstOrDefault(o => o.Version != _version) is not null || (outputs.Count > 1 && !_layers[^1].Item.GetBoolean("ReturnState")))
            throw new ForeignModelException($"{outputs.Count} outputs ({string.Join(", ", _file.Outputs.Take(8).Select(o => "'" + o.Name + "'"))}), of which not all are the last layer's; a chain of layers has its last one's");
        if (outputs[0].Proper.Count > 1 && outputs[0].Proper[0].Kind != OnnxAxisKind.Rows)
            _notes.Add($"the output has the axes {outputs[0]} in ONNX, and rows in front here");
        return _layers;
    }

    private ItemSpec InputOf()
    {
        if (_input.All(a => a.Kind == OnnxAxisKind.Open))
            Demand("the input", _input, _input.Count == 2 ? [OnnxAxisKind.Rows, OnnxAxisKind.Features] : [OnnxAxisKind.Rows, OnnxAxisKind.Steps, OnnxAxisKind.Features]);
        List<FlagSpec> flags = [];
        if (_input.FirstOrDefault(a => a.Kind == OnnxAxisKind.Steps) is { } steps)
        {
            if (steps.IsFree && _request.TimeSteps == 0)
                throw new ForeignModelException("the number of time steps is not in the file: say it with --time-steps N");
            if (!steps.IsFree && _request.TimeSteps > 0 && _request.TimeSteps != steps.Size)
                throw new ForeignModelException($"--time-steps {_request.TimeSteps} where the file says {steps.Size} time steps");
            flags.Add(new FlagSpec("TimeSteps", FlagValue.Of((double)(steps.IsFree ? _request.TimeSteps : steps.Size))));
        }

        if (_input.FirstOrDefault(a => a.Kind == OnnxAxisKind.Features) is { } features)
            flags.Add(new FlagSpec("Features", FlagValue.Of(features.IsFree ? throw new ForeignModelException("the input's number of features is not in the file") : (double)features.Size)));
        if (_request.IsDouble)
            flags.Add(new FlagSpec("Precision", FlagValue.Of("Double")));
        return new ItemSpec("Input", flags.ToEquatableArray(), default);
    }

    private void Follow(OnnxNode node)
    {
        if (node.Type is "Loop" or "Scan" or "If")
            throw new ForeignModelException($"{node.Title}, which runs a graph of its own{(node.Type == "Loop" ? ": Keras exports recurrent layers so; import the .keras file instead" : "")}");
        if (node.Type == "Constant")
        {
            _known[node.Output(0)] = node.Tensor is { } tensor ? OnnxConstant.Of(tensor)
                : node.Attributes.Values.FirstOrDefault() is { } value ? new OnnxConstant(value.Kind == KerasValueKind.List ? [value.Items.Count] : [], value.Kind == KerasValueKind.List ? [.. value.Items.Select(i => i.Number)] : [value.Number])
                : throw new InvalidDataException("The file is damaged: a Constant without a value.");
            return;
        }

        List<string> names = [.. node.Inputs.Where(i => i.Length > 0 && _signals.ContainsKey(i)).Distinct()];
        if (names.Count == 0)
        {
            _known[node.Output(0)] = _folding.Fold(node, [.. node.Inputs.Select(Known)]) ?? throw new ForeignModelException($"{node.Title} computes on constants or on what it does not find, and Gen does not know it");
            return;
        }

        OnnxSignal signal = _signals[names[0]];
        if (node.Type == "Shape")
        {
            int rank = signal.Axes.Count, from = (int)(node.Attributes.GetValueOrDefault("start")?.Number ?? 0), to = (int)(node.Attributes.GetValueOrDefault("end")?.Number ?? rank);
            _known[node.Output(0)] = OnnxConstant.List(signal.Axes.Select(a => a.Size).Take(to < 0 ? to + rank : to).Skip(from < 0 ? from + rank : from));
            return;
        }

        if (names.Count > 1 || signal.Version != _version)
            throw new ForeignModelException($"{node.Title} reads {string.Join(" and ", names.Select(n => "'" + ForeignText.Quote(n) + "'"))} beside what other layers make of it: a network that branches");
        if (Moved(node, signal) is { } axes)
        {
            _signals[node.Output(0)] = signal with { Axes = axes, Version = _version };
            return;
        }

        if (node.Type is "RNN" or "GRU" or "LSTM")
            FollowRecurrent(node, signal);
        else
            _signals[node.Output(0)] = new OnnxSignal(LayerOf(node, signal) ?? throw new ForeignModelException($"{node.Title} on the axes {signal}, which Gen does not have as a layer"), _version);
    }

    private OnnxConstant? Known(string name)
    {
        if (name.Length == 0)
            return null;
        if (!_known.TryGetValue(name, out OnnxConstant? value) && _file.Constants.TryGetValue(name, out OnnxTensor? tensor))
            _known[name] = value = OnnxConstant.Of(tensor);
        return value;
    }

    private OnnxConstant Required(OnnxNode node, int input) => Known(node.Input(input))
        ?? throw new ForeignModelException($"{node.Title}: its weights '{ForeignText.Quote(node.Input(input))}' are no constants");

    private static OnnxAttributes AttributesOf(OnnxNode node) => new(node.Title, node.Attributes);

    /// <summary>Names the axes that a node takes; those that have a name must have this one.</summary>
    private static void Demand(string title, IReadOnlyList<OnnxAxis> axes, OnnxAxisKind[] kinds)
    {
        if (axes.Count != kinds.Length || axes.Where((a, i) => a.Kind != kinds[i] && (a.Kind != OnnxAxisKind.Open || axes.Any(b => b.Kind == kinds[i]))).Any())
            throw new ForeignModelException($"{title} has the axes [{string.Join(", ", axes)}] where [{string.Join(", ", kinds.Select(k => k.ToString().ToLowerInvariant()))}] are expected");
        for (int i = 0; i < kinds.Length; i++)
            axes[i].Kind = kinds[i];
    }

    private void Add(OnnxNode node, string kind, OnnxFilling? fill, params (string Flag, FlagValue? Value)[] flags)
    {
        ItemDefinition definition = Catalogue.Find(kind)!;
        ItemSpec item = new(kind, definition.Flags.SelectMany(d => flags.Where(f => f.Flag == d.Name && f.Value is not null).Select(f => new FlagSpec(f.Flag, f.Value!))).ToEquatableArray(), default);
        Add(node, item, fill);
    }

    private void Add(OnnxNode node, ItemSpec item, OnnxFilling? fill)
    {
        if (fill is not null)
            _fillings[_layers.Count] = fill;
        _layers.Add(new ImportedLayer(node.Name.Length > 0 ? node.Name : node.Output(0), node.Type, item));
        _version++;
    }

    private void FollowRecurrent(OnnxNode node, OnnxSignal signal)
    {
        OnnxConstant kernel = Required(node, 1), recurrent = Required(node, 2);
        OnnxConstant? bias = Known(node.Input(3)), peepholes = Known(node.Input(7));
        if (kernel.Shape.Length != 3 || recurrent.Shape.Length != 3 || kernel.Shape[0] != recurrent.Shape[0] || kernel.Shape[1] != recurrent.Shape[1])
            throw new InvalidDataException($"The file is damaged: {node.Title} has weights of other shapes than it can.");
        long units = recurrent.Shape[2], lanes = kernel.Shape[1], gates = node.Type == "LSTM" ? 4 : node.Type == "GRU" ? 3 : 1;
        OnnxRecurrent layer = OnnxRecurrent.Read(node.Type, AttributesOf(node), units, bias is not null, peepholes is not null);
        if (lanes != gates * units || kernel.Shape[0] != layer.Directions || (bias is not null && bias.Values.Length != 2 * lanes * layer.Directions) || (peepholes is not null && peepholes.Values.Length != 3 * units * layer.Directions))
            throw new InvalidDataException($"The file is damaged: {node.Title} has weights of other shapes than it can.");
        IReadOnlyList<OnnxAxis> axes = signal.Axes;
        Demand(node.Title, axes, layer.IsBatchMajor ? [OnnxAxisKind.Rows, OnnxAxisKind.Steps, OnnxAxisKind.Features] : [OnnxAxisKind.Steps, OnnxAxisKind.Rows, OnnxAxisKind.Features]);
        (OnnxAxis steps, OnnxAxis rows) = layer.IsBatchMajor ? (axes[1], axes[0]) : (axes[0], axes[1]);
        if (axes[2].Size != kernel.Shape[2])
            throw new InvalidDataException($"The file is damaged: {node.Title} takes {kernel.Shape[2]} features and gets {axes[2].Size}.");
        if (node.Input(4).Length > 0 && !(Known(node.Input(4)) is { } lengths && Array.TrueForAll(lengths.Values, l => l == steps.Size)))
            throw new ForeignModelException($"{node.Title}: sequence_lens, a length for each row; declare it with [Input(Lengths = true)] and load the weights");
        foreach (int state in new[] { 5, 6 })
        {
            if (node.Input(state).Length > 0 && !(Known(node.Input(state)) is { IsZero: true }))
                throw new ForeignModelException($"{node.Title}: an initial state of its own; declare it with [InitialState] and load the weights");
            // PyTorch's exporter writes a projection so: with the weights of other units, cut to those of the output.
            if (node.Input(state).Length > 0 && Known(node.Input(state))!.Shape is var shape && (shape.Length != 3 || shape[2] != units))
                throw new ForeignModelException($"{node.Title}: an initial state of the shape [{string.Join(", ", shape)}] beside {units} units: a projection, which ONNX' node does not have");
        }

        bool[] isUsed = [.. Enumerable.Range(0, 3).Select(i => node.Output(i).Length > 0 && _used.Contains(node.Output(i)))];
        bool areOutputs = Enumerable.Range(0, 3).All(i => !isUsed[i] || !_computedWith.Contains(node.Output(i)));
        bool hasState = isUsed[2] || (isUsed[0] && isUsed[1]);
        if (hasState && !(areOutputs && isUsed[0] && isUsed[1]))
            throw new ForeignModelException($"{node.Title}: its steps and its states are both computed with: a network that branches");
        if (layer.IsReverse && isUsed[0])
            throw new ForeignModelException($"{node.Title}: direction = reverse with all its steps, which ONNX returns in the order of the input and Gen in that of computing");
        FlagSpec[] own = [.. new[] { ("ReturnSequences", isUsed[0]), ("ReturnState", hasState), ("GoBackwards", layer.IsReverse) }.Where(f => f.Item2).Select(f => new FlagSpec(f.Item1, FlagValue.Of(true)))];
        ItemDefinition definition = Catalogue.Find(layer.Item.Kind)!;
        EquatableArray<FlagSpec> flags = definition.Flags.SelectMany(d => layer.Item.Flags.Concat(own).Where(f => f.Name == d.Name)).ToEquatableArray();
        Add(node, layer.Item with { Flags = flags }, OnnxWeights.Recurrent(node.Type, kernel, recurrent, bias, peepholes));

        OnnxAxis directions = new(layer.Directions == 2 ? OnnxAxisKind.Directions : OnnxAxisKind.Single, layer.Directions), features = new(OnnxAxisKind.Features, units);
        if (isUsed[0])
            _signals[node.Output(0)] = new OnnxSignal(layer.IsBatchMajor ? [rows, steps, directions, features] : [steps, directions, rows, features], _version);
        for (int i = 1; i < 3; i++)
        {
            if (isUsed[i])
                _signals[node.Output(i)] = new OnnxSignal(layer.IsBatchMajor ? [rows, directions, features] : [directions, rows, features], _version);
        }
    }
}
