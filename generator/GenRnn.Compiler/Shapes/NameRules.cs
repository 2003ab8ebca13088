using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Shapes;

/// <summary>
/// A Name must not be one that Gen hands out itself: to a layer without a Name, to the state of a layer, or to a member of the weights' type. Keras refuses the first as well.
/// (Names that were written twice are found where they are read.)
/// </summary>
internal static class NameRules
{
    /// <summary>What a struct has whose properties are called after the layers.</summary>
    public static IReadOnlyList<string> Members { get; } = new[]
        { "WeightViews", "_model", "Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "ReferenceEquals", "Finalize" };

    public static void Check(ModelSpec spec, List<Finding> findings)
    {
        List<Owner> owners = Owners(spec);
        for (int index = 0; index < spec.Items.Count; index++)
        {
            ItemSpec item = spec.Items[index];
            if (item.Find(ItemFlags.Name)?.Text is { Length: > 0 } name && Problem(item, name, owners.Where(o => !ReferenceEquals(o.Item, item))) is { } problem)
                findings.Add(new Finding(Rules.InvalidName, new Place(index, Flag: "Name"), new EquatableArray<string>(new[] { name, item.Kind, problem })));
        }
    }

    private static string? Problem(ItemSpec item, string name, IEnumerable<Owner> others)
    {
        bool isInput = item.IsInput;
        if (!isInput && Members.Contains(name, StringComparer.OrdinalIgnoreCase))
            return "is a member of Weights, where the layer's own would stand";
        foreach (Owner other in others)
        {
            if (other.Item.Find(ItemFlags.Name) is null && (Same(name, other.Name) || (!isInput && Same(name, other.View))))
                return "is what " + other.Item.Kind + " is called, which has none; write one there, or another one here";
            if (!isInput && Same(name, other.View + "Views"))
                return "is the type of the weights of " + other.View;
            if (isInput && other.States.Any(state => Same(name, other.View + state) || Same(name, other.View + state + "Length")))
                return "is taken by an output: a state of " + other.View;
        }

        return null;
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static List<Owner> Owners(ModelSpec spec)
    {
        List<Owner> owners = new();
        LayerNames names = new();
        foreach (ItemSpec item in spec.Items)
        {
            if (LayerRegistry.Of(item) is not { } layer)
                continue;
            (string name, string view) = names.Of(item, layer);
            owners.Add(new Owner(item, name, view, item[TimeFlags.ReturnState] ? layer.StateNames : Array.Empty<string>()));
        }

        return owners;
    }

    /// <summary>What has a name: a layer.</summary>
    /// <param name="Item">Its item.</param>
    /// <param name="Name">Keras' name.</param>
    /// <param name="View">The name of its member of the weights.</param>
    /// <param name="States">Names of the states that it returns.</param>
    private sealed record Owner(ItemSpec Item, string Name, string View, IReadOnlyList<string> States);
}
