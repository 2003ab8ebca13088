using System.Linq;
using GenRnn.Compiler.Language;

namespace GenRnn.Compiler.Spec;

/// <summary>
/// <c>[Backward]</c>: the layer after it runs backwards in the <c>[Bidirectional]</c> layer before it. So it is no item of its own but a part of
/// that one, among its modifiers.
/// </summary>
public static class BackwardHalf
{
    /// <summary>The modifier's name.</summary>
    public const string Kind = "Backward";

    /// <summary>What the half is a part of.</summary>
    private const string Wrapper = "Bidirectional";

    /// <summary>The attribute.</summary>
    public static ItemDefinition Modifier { get; } = new(Kind, ItemRole.Modifier, System.Array.Empty<FlagDefinition>());

    /// <summary>The layer that runs backwards, if it was written; null if that is a copy of the one that runs forwards.</summary>
    public static ItemSpec? Of(ItemSpec item) => item.Modifiers.FirstOrDefault(m => m.Layer is not null)?.Layer;

    /// <summary>Index of the half among the modifiers; -1 if there is none.</summary>
    public static int IndexOf(ItemSpec item)
    {
        for (int index = 0; index < item.Modifiers.Count; index++)
        {
            if (item.Modifiers[index].Layer is not null)
                return index;
        }

        return -1;
    }

    /// <summary>Whether a layer with [Backward] in front of it finds its other half in an item.</summary>
    public static bool Fits(ItemSpec? before) => before is not null && before.Modifiers.Any(m => m.Kind == Wrapper) && Of(before) is null;

    /// <summary>The item with its other half.</summary>
    public static ItemSpec Join(ItemSpec before, ItemSpec half) => before with
    {
        Modifiers = before.Modifiers
            .Append(new ModifierSpec(Kind, default) { Layer = half with { Modifiers = half.Modifiers.Where(m => m.Kind != Kind).ToEquatableArray() } })
            .ToEquatableArray(),
    };
}
