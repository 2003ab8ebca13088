using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Shapes;

/// <summary>An [InitialState] must name as many sources as the layer has states, each of the layer's width.</summary>
internal static class InitialStateRules
{
    private const string Id = "GEN0303";

    public static void Check(ShapeContext context, Layer layer)
    {
        for (int index = 0; index < context.Item.Modifiers.Count; index++)
        {
            ModifierSpec modifier = context.Item.Modifiers[index];
            if (modifier.Kind == "InitialState")
                Check(context, layer, index, modifier);
        }
    }

    private static void Check(ShapeContext context, Layer layer, int index, ModifierSpec modifier)
    {
        EquatableArray<string> sources = modifier.Find("Sources")?.List ?? default;
        if (layer.StateCount == 0)
        {
            context.ErrorOnModifier(Id, index, "", context.Item.Kind + " has no state to start from");
            return;
        }

        if (sources.Count != layer.StateCount && !IsLayer(context.Model, sources))
        {
            context.ErrorOnModifier(Id, index, "Sources", string.Format(CultureInfo.InvariantCulture,
                "{0} takes {1} state{2}; got {3}", context.Item.Kind, layer.StateCount, layer.StateCount == 1 ? "" : "s", sources.Count));
            return;
        }

        foreach (string source in sources)
            CheckSource(context, index, source);
    }

    private static bool IsLayer(ModelSpec model, EquatableArray<string> sources) =>
        sources.Count == 1 && model.Items.Any(i => i.Kind != "Input" && i.GetText("Name") == sources[0]);

    private static void CheckSource(ShapeContext context, int index, string source)
    {
        ItemSpec? item = context.Model.Items.FirstOrDefault(i => i.GetText("Name") == source);
        if (item is null)
        {
            context.ErrorOnModifier(Id, index, "Sources", "no [Input] or layer is named '" + source + "'");
        }
        else if (item.Kind != "Input")
        {
            CheckLayer(context, index, source, item);
        }
        else if (item.GetInteger("TimeSteps") != 0)
        {
            context.ErrorOnModifier(Id, index, "Sources", "'" + source + "' is a sequence; a state is a vector: leave out TimeSteps");
        }
        else if (StateWidth(context) > 0 && item.GetInteger("Features") != StateWidth(context))
        {
            context.ErrorOnModifier(Id, index, "Sources", string.Format(CultureInfo.InvariantCulture,
                "'{0}' has {1} features but the state of {2} has {3}", source, item.GetInteger("Features"), context.Item.Kind, StateWidth(context)));
        }
    }

    private static void CheckLayer(ShapeContext context, int index, string source, ItemSpec item)
    {
        Layer? encoder = LayerRegistry.Of(item);
        int position = context.Model.Items.ToList().IndexOf(item);
        if (encoder is null || encoder.StateCount != LayerRegistry.Of(context.Item)?.StateCount)
        {
            context.ErrorOnModifier(Id, index, "Sources", "'" + source + "' has no states that fit " + context.Item.Kind);
        }
        else if (position >= context.ItemIndex)
        {
            context.ErrorOnModifier(Id, index, "Sources", "'" + source + "' must stand before the layer that starts from it");
        }
        else if (StateWidth(context) > 0 && item.GetInteger("Units") != StateWidth(context))
        {
            context.ErrorOnModifier(Id, index, "Sources", string.Format(CultureInfo.InvariantCulture,
                "'{0}' has a state of {1} but {2} needs {3}", source, item.GetInteger("Units"), context.Item.Kind, StateWidth(context)));
        }
    }

    private static int StateWidth(ShapeContext context) => context.Item.GetInteger("Units");
}
