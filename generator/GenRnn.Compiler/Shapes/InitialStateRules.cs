using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Graph;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Shapes;

/// <summary>An [InitialState] must name as many sources as the layer has states, each of the layer's width.</summary>
internal static class InitialStateRules
{
    public static void Check(ShapeContext context, Layer layer)
    {
        for (int index = 0; index < context.Item.Modifiers.Count; index++)
        {
            ModifierSpec modifier = context.Item.Modifiers[index];
            if (modifier.Kind == InitialStateItem.Kind)
                Check(context, layer, index, modifier);
        }
    }

    /// <summary>Whether the modifier names as many sources as the layer has states, or a layer, and each of them exists.</summary>
    public static bool NamesSources(ModelGraph graph, ItemSpec item, ModifierSpec modifier)
    {
        EquatableArray<string> sources = modifier[InitialStateItem.Sources];
        Layer? layer = LayerRegistry.Of(item);
        bool isKnown = layer is { IsUnknown: false, StateCount: > 0 };
        return (!isKnown || sources.Count == layer!.StateCount || IsLayer(graph, sources)) && sources.All(s => graph.Find(s) is not null);
    }

    private static void Check(ShapeContext context, Layer layer, int index, ModifierSpec modifier)
    {
        EquatableArray<string> sources = modifier[InitialStateItem.Sources];
        if (layer.IsUnknown)
            return;
        if (layer.StateCount == 0)
        {
            context.ReportOnModifier(Rules.InitialStateMismatch, index, "", context.Item.Kind + " has no state to start from");
            return;
        }

        // A name that nothing has says nothing about how many states there are.
        if (sources.Any(s => context.Graph.Find(s) is null))
        {
            for (int i = 0; i < sources.Count; i++)
                CheckName(context, index, i, sources[i]);
            return;
        }

        if (sources.Count != layer.StateCount && !IsLayer(context.Graph, sources))
        {
            context.ReportOnModifier(Rules.InitialStateMismatch, index, "Sources", string.Format(CultureInfo.InvariantCulture,
                "{0} takes {1} state{2}; got {3}", context.Item.Kind, layer.StateCount, layer.StateCount == 1 ? "" : "s", sources.Count));
            return;
        }

        for (int state = 0; state < sources.Count; state++)
            CheckSource(context, layer, index, state, sources[state]);
    }

    private static bool IsLayer(ModelGraph graph, EquatableArray<string> sources) => sources.Count == 1 && graph.Find(sources[0]) is { IsInput: false };

    private static void CheckName(ShapeContext context, int index, int source, string name)
    {
        if (context.Graph.Find(name) is not null)
            return;
        List<string> names = context.Graph.Nodes.Where(n => n != context.Node).Select(n => n.Name).Where(n => n.Length > 0).ToList();
        string nearest = Spelling.FindNearest(name, names) ?? "";
        context.ReportOnModifier(
            Rules.InitialStateMismatch, index, Place.Element("Sources", source),
            "no [Input] or layer is named '" + name + "'" + (nearest.Length > 0 ? "; did you mean '" + nearest + "'?" : names.Count > 0 ? "; there are " + string.Join(", ", names) : ""),
            nearest.Length > 0 ? "\"" + nearest + "\"" : "");
    }

    private static void CheckSource(ShapeContext context, Layer layer, int index, int state, string source)
    {
        int width = layer.StateWidth(context.Item, state);
        string flag = Place.Element("Sources", state);
        GraphNode node = context.Graph.Find(source)!;
        ItemSpec item = node.Item;
        if (!node.IsInput)
        {
            CheckLayer(context, layer, index, node);
        }
        else if (item[InputItem.TimeSteps] != 0)
        {
            context.ReportOnModifier(Rules.InitialStateMismatch, index, flag, "'" + source + "' is a sequence; a state is a vector: leave out TimeSteps");
        }
        else if (width > 0 && item[InputItem.Features] != width)
        {
            context.ReportOnModifier(Rules.InitialStateMismatch, index, flag, string.Format(CultureInfo.InvariantCulture,
                "'{0}' has {1} features but the state of {2} has {3}", source, item[InputItem.Features], context.Item.Kind, width));
        }
    }

    private static void CheckLayer(ShapeContext context, Layer layer, int index, GraphNode node)
    {
        (string source, ItemSpec item) = (node.Name, node.Item);
        Layer? encoder = LayerRegistry.Of(item);
        if (encoder is null || encoder.StateCount / encoder.Directions != layer.StateCount / layer.Directions)
        {
            context.ReportOnModifier(Rules.InitialStateMismatch, index, "Sources", "'" + source + "' has no states that fit " + context.Item.Kind);
        }
        else if (encoder.Directions < layer.Directions)
        {
            context.ReportOnModifier(Rules.InitialStateMismatch, index, "Sources", string.Format(CultureInfo.InvariantCulture,
                "both directions of {0} need a state, and '{1}' has one direction", context.Item.Kind, source));
        }
        else if (node.Index >= context.ItemIndex)
        {
            context.ReportOnModifier(Rules.InitialStateMismatch, index, "Sources", "'" + source + "' must stand before the layer that starts from it");
        }
        else
        {
            int count = layer.StateCount / layer.Directions;
            bool isJoined = encoder.Directions > layer.Directions;
            for (int state = 0; state < layer.StateCount; state++)
            {
                int given = isJoined
                    ? encoder.StateWidth(item, state) + encoder.StateWidth(item, count + state)
                    : encoder.StateWidth(item, state);
                int width = layer.StateWidth(context.Item, state);
                if (given <= 0 || width <= 0 || given == width)
                    continue;
                context.ReportOnModifier(Rules.InitialStateMismatch, index, "Sources", string.Format(CultureInfo.InvariantCulture,
                    "'{0}' has a state of {1}{2} but {3} needs {4}", source, given, isJoined ? ", both directions side by side," : "", context.Item.Kind, width));
                return;
            }
        }
    }
}
