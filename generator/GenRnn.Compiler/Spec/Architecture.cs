using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using GenRnn.Compiler.Graph;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Shapes;

namespace GenRnn.Compiler.Spec;

/// <summary>
/// What weights mean: the declaration as it runs in inference, a line for each item. Files of weights are of a model if their hashes of this text agree.
/// </summary>
/// <remarks>
/// A default that was written out is as if it were absent, so that a flag that the language gets later changes no hash. Left out is what changes nothing in
/// inference: dropout and noise, initialisers, names, how a model runs (batch, layout, unrolling, statefulness), outputs that are given besides. Left out, too,
/// are numbers of time steps, and shapes of weights, which are compared one by one.
/// </remarks>
internal sealed class Architecture
{
    /// <summary>In front of a hash: which rules made it. Hashes of the first rules had nothing in front (<see cref="FormerArchitecture"/>).</summary>
    private const string Version = "2-";

    private readonly List<string> _lines = new();

    /// <summary>The line of each node, counted from 1: what an initial state is said by.</summary>
    private readonly Dictionary<GraphNode, int> _positions = new();

    private Architecture()
    {
    }

    /// <summary>The text, a line for each item that computes something.</summary>
    public static IReadOnlyList<string> Lines(ModelShapes shapes)
    {
        Architecture architecture = new();
        architecture.Add(shapes);
        // States may start from an input that stands below: once more, when all positions are known.
        architecture._lines.Clear();
        architecture.Add(shapes);
        return architecture._lines;
    }

    private void Add(ModelShapes shapes)
    {
        foreach (GraphNode node in shapes.Graph.Nodes)
        {
            // What computes nothing stands for what it reads.
            bool computes = node.IsInput || LayerRegistry.Find(node.Item.Kind)!.ComputesInInference;
            _positions[node] = computes ? _lines.Count + 1 : PositionOf(node.Operands[0]);
            if (node.IsInput)
                AddInput(node.Item, shapes.Items[node.Index]);
            else if (computes && node.SharedWith is { } shared)
                _lines.Add("Shared" + Word("Layer", Text(PositionOf(shared))) + Reads(node));
            else if (computes)
                AddLayer(node.Item, "", node);
        }
    }

    public static string Hash(IReadOnlyList<string> lines) => Version + Fnv1a(string.Join("\n", lines));

    internal static string Fnv1a(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in text)
            hash = unchecked((hash ^ c) * 1099511628211);
        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }

    private void AddInput(ItemSpec item, Shape shape) => _lines.Add(
        "Input" + (shape.IsIds ? " ids" : Word("Features", Text(shape.Features))) + (shape.IsVector ? "" : " in steps") + (item.GetBoolean("Lengths") ? " with lengths" : ""));

    private void AddLayer(ItemSpec item, string role, GraphNode? node)
    {
        StringBuilder line = new(role);
        foreach (ModifierSpec modifier in item.Modifiers)
        {
            if (LayerRegistry.FindWrapper(modifier.Kind) is { ComputesInInference: true } wrapper)
                line.Append(modifier.Kind).Append(Flags(wrapper.Definition.Flags, modifier.Find)).Append(' ');
        }

        line.Append(item.Kind).Append(Flags(LayerRegistry.Find(item.Kind)!.Definition.Flags, item.Find));
        if (node is not null)
            line.Append(Reads(node));
        _lines.Add(line.ToString());
        foreach (CellSpec cell in item.Cells)
            AddCell(cell);
        if (BackwardHalf.Of(item) is { } half)
            AddLayer(half, "  backward: ", null);
    }

    /// <summary>What a layer reads, where it does not go without saying, and what it starts from.</summary>
    private string Reads(GraphNode node) =>
        (ReadsItsFront(node) ? "" : Word("From", string.Join(",", node.Operands.Select(o => Text(PositionOf(o))))))
        + (node.InitialStates.Count == 0 ? "" : Word("InitialState", string.Join(",", node.InitialStates.Select(s => Text(PositionOf(s!))))));

    /// <summary>Whether a layer reads just what stands in front of it, named or not: that goes without saying.</summary>
    private bool ReadsItsFront(GraphNode node) => node.Operands.Count == 1 && node.Front is { } front && PositionOf(front) == PositionOf(node.Operands[0]);

    private int PositionOf(GraphNode node) => _positions.TryGetValue(node, out int position) ? position : 0;

    /// <summary>What a cell computes. A class around several cells is only a name for them.</summary>
    private void AddCell(CellSpec cell)
    {
        foreach (ItemSpec part in cell.Parts)
            _lines.Add("  " + part.Kind + Flags(Catalogue.Find(part.Kind)!.Flags, part.Find));
        if (cell.Body is not { } body)
            return;
        _lines.Add("  cell with states of " + string.Join(", ", body.StateWidths.Select(w => Text(w))));
        for (int i = 0; i < body.Expressions.Count; i++)
            _lines.Add("    " + Text(i) + ": " + Describe(body.Expressions[i]));
        _lines.Add("    states become " + string.Join(", ", body.Next.Select(n => Text(n))) + "; returns " + Text(body.Output));
    }

    private static string Describe(CellExpression expression)
    {
        string operands = string.Join(" ", expression.Operands.Select(o => Text(o)));
        return expression.Operation + (operands.Length > 0 ? " " + operands : "") + expression.Operation switch
        {
            CellOperation.Number => " " + Text(expression.Number),
            CellOperation.Function => " " + expression.Name,
            CellOperation.State => " " + Text(expression.Offset),
            CellOperation.Slice => " " + Text(expression.Offset) + ".." + Text(expression.End),
            CellOperation.Linear or CellOperation.Weights => " " + Text(expression.Width),
            _ => "",
        };
    }

    /// <summary>The flags of an effect, that on what is computed unless said, in the catalogue's order, unless they say what their absence says.</summary>
    internal static string Flags(IEnumerable<FlagDefinition> definitions, Func<string, FlagValue?> find, FlagEffect effect = FlagEffect.Inference)
    {
        StringBuilder text = new();
        foreach (FlagDefinition definition in definitions.Where(d => d.Effect == effect && (!d.IsList || d.Type == FlagType.IntegerList)))
        {
            if (find(definition.Name) is not { } value)
                continue;
            object? absent = definition.Default;
            if (definition.AlphaOf.Length > 0)
            {
                string function = find(definition.AlphaOf)?.Text ?? definitions.First(d => d.Name == definition.AlphaOf).Default as string ?? "";
                // An activation without a parameter takes none.
                if (Activations.DefaultAlpha(function) is not { } alpha)
                    continue;
                absent = alpha;
            }

            string written = Text(definition, value);
            if (absent is null || written != Text(absent))
                text.Append(Word(definition.Name, written));
        }

        return text.ToString();
    }

    private static string Word(string name, string value) => " " + name + "=" + value;

    private static string Text(FlagDefinition definition, FlagValue value) => definition.Type switch
    {
        FlagType.Boolean => Text(value.Boolean),
        FlagType.Enum or FlagType.Text => value.Text ?? "",
        FlagType.IntegerList => string.Join(",", value.List),
        _ => Text(value.Number),
    };

    private static string Text(object value) => value switch
    {
        bool boolean => boolean ? "true" : "false",
        string text => text,
        _ => Number(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
    };

    /// <summary>The same text on any host: what a host calls the shortest one is its own affair.</summary>
    private static string Number(double value)
    {
        if (value == 0)
            return 1 / value < 0 ? "-0" : "0";
        string text = value.ToString("G15", CultureInfo.InvariantCulture);
        return double.Parse(text, CultureInfo.InvariantCulture) == value ? text : value.ToString("G17", CultureInfo.InvariantCulture);
    }
}
