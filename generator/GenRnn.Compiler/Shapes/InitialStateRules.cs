using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Layers;
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
            if (modifier.Kind == "InitialState")
                Check(context, layer, index, modifier);
        }
    }

    /// <summary>Whether the modifier names as many sources as the layer has states, or a layer, and each of them exists.</summary>
    public static bool NamesSources(ModelSpec model, ItemSpec item, ModifierSpec modifier)
    {
        EquatableArray<string> sources = modifier.Find("Sources")?.List ?? default;
        Layer? layer = LayerRegistry.Of(item);
        bool isKnown = layer is { IsUnknown: false, StateCount: > 0 };
        return (!isKnown || sources.Count == layer!.StateCount || IsLayer(model, sources)) && sources.All(s => Find(model, s) is not null);
    }

    private static void Check(ShapeContext context, Layer layer, int index, ModifierSpec modifier)
    {
        EquatableArray<string> sources = modifier.Find("Sources")?.List ?? default;
        if (layer.IsUnknown)
            return;
        if (layer.StateCount == 0)
        {
            context.ReportOnModifier(Rules.InitialStateMismatch, index, "", context.Item.Kind + " has no state to start from");
            return;
        }

        // A name that nothing has says nothing about how many states there are.
        if (sources.Any(s => Find(context.Model, s) is null))
        {
            for (int i = 0; i < sources.Count; i++)
                CheckName(context, index, i, sources[i]);
            return;
        }

        if (sources.Count != layer.StateCount && !IsLayer(context.Model, sources))
        {
            context.ReportOnModifier(Rules.InitialStateMismatch, index, "Sources", string.Format(CultureInfo.InvariantCulture,
                "{0} takes {1} state{2}; got {3}", context.Item.Kind, layer.StateCount, layer.StateCount == 1 ? "" : "s", sources.Count));
            return;
        }

        for (int state = 0; state < sources.Count; state++)
            CheckSource(context, layer, index, state, sources[state]);
    }

    private static bool IsLayer(ModelSpec model, EquatableArray<string> sources) =>
        sources.Count == 1 && model.Items.Any(i => i.Kind != "Input" && i.GetText("Name") == sources[0]);

    private static ItemSpec? Find(ModelSpec model, string source) => model.Items.FirstOrDefault(i => i.GetText("Name") == source);

    private static void CheckName(ShapeContext context, int index, int source, string name)
    {
        if (Find(context.Model, name) is not null)
            return;
        List<string> names = context.Model.Items.Where(i => i != context.Item).Select(i => i.GetText("Name")).Where(n => n.Length > 0).ToList();
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
        ItemSpec item = Find(context.Model, source)!;
        if (item.Kind != "Input")
        {
            CheckLayer(context, layer, index, source, item);
        }
        else if (item.GetInteger("TimeSteps") != 0)
        {
            context.ReportOnModifier(Rules.InitialStateMismatch, index, flag, "'" + source + "' is a sequence; a state is a vector: leave out TimeSteps");
        }
        else if (width > 0 && item.GetInteger("Features") != width)
        {
            context.ReportOnModifier(Rules.InitialStateMismatch, index, flag, string.Format(CultureInfo.InvariantCulture,
                "'{0}' has {1} features but the state of {2} has {3}", source, item.GetInteger("Features"), context.Item.Kind, width));
        }
    }

    private static void CheckLayer(ShapeContext context, Layer layer, int index, string source, ItemSpec item)
    {
        Layer? encoder = LayerRegistry.Of(item);
        int position = context.Model.Items.ToList().IndexOf(item);
        if (encoder is null || encoder.StateCount / encoder.Directions != layer.StateCount / layer.Directions)
        {
            context.ReportOnModifier(Rules.InitialStateMismatch, index, "Sources", "'" + source + "' has no states that fit " + context.Item.Kind);
        }
        else if (encoder.Directions < layer.Directions)
        {
            context.ReportOnModifier(Rules.InitialStateMismatch, index, "Sources", string.Format(CultureInfo.InvariantCulture,
                "both directions of {0} need a state, and '{1}' has one direction", context.Item.Kind, source));
        }
        else if (position >= context.ItemIndex)
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
