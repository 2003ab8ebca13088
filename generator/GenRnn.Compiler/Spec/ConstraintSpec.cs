using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GenRnn.Compiler.Spec;

/// <summary><c>[Constrain]</c>: what a weight is brought back to after every update.</summary>
/// <param name="Name">Which constraint: a member of the runtime's enum.</param>
/// <param name="Min">The least norm.</param>
/// <param name="Max">The largest norm.</param>
/// <param name="Rate">How far the norm goes towards its bounds at once.</param>
/// <param name="Axes">The axes along which norms are taken, from 0 and ascending.</param>
public sealed record ConstraintSpec(string Name, double Min, double Max, double Rate, EquatableArray<int> Axes)
{
    /// <summary>The modifier's name.</summary>
    public const string Kind = "Constrain";

    private const double DefaultMaxNorm = 2;

    /// <summary>The attribute.</summary>
    public static ItemDefinition Modifier { get; } = new(Kind, ItemRole.Modifier, new FlagDefinition[]
    {
        new("Weight", FlagType.Enum, "Weight", IsPositional: true),
        new("Kind", FlagType.Enum, "ConstraintKind", IsPositional: true),
        new("Min", FlagType.Number) { Effect = FlagEffect.Training },
        new("Max", FlagType.Number) { Effect = FlagEffect.Training },
        new("Rate", FlagType.Number) { Effect = FlagEffect.Training },
        new("Axis", FlagType.Integer) { Effect = FlagEffect.Training },
        new("Axes", FlagType.IntegerList) { Effect = FlagEffect.Training },
    });

    /// <summary>The constraint on a weight of a layer; null for none.</summary>
    /// <param name="item">The layer.</param>
    /// <param name="weight">The weight.</param>
    /// <param name="axes">Number of its axes.</param>
    public static ConstraintSpec? Of(ItemSpec item, string weight, int axes)
    {
        ModifierSpec? modifier = item.Modifiers.FirstOrDefault(m => m.Kind == Kind && m.Find("Weight")?.Text == weight);
        return modifier?.Find("Kind")?.Text is not { } name ? null : new ConstraintSpec(
            name, modifier.Find("Min")?.Number ?? 0, MaxOf(modifier), modifier.Find("Rate")?.Number ?? 1,
            AxesOf(modifier).Select(axis => axis < 0 ? axis + axes : axis).OrderBy(axis => axis).ToEquatableArray());
    }

    /// <summary>The largest norm: Keras' defaults are 2 of a MaxNorm and 1 of a MinMaxNorm.</summary>
    public static double MaxOf(ModifierSpec modifier) => modifier.Find("Max")?.Number ?? (modifier.Find("Kind")?.Text == "MaxNorm" ? DefaultMaxNorm : 1);

    /// <summary>The axes as they were written, negative ones from the end.</summary>
    public static IReadOnlyList<int> AxesOf(ModifierSpec modifier) => modifier.Find("Axes")?.List is { Count: > 0 } list
        ? list.Select(axis => int.Parse(axis, CultureInfo.InvariantCulture)).ToList()
        : new[] { (int)(modifier.Find("Axis")?.Number ?? 0) };
}
