using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Language;

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

    /// <summary>Keras' largest norm of a MaxNorm; a MinMaxNorm has 1.</summary>
    private const double DefaultMaxNorm = 2;

    public static Flag<string> Weight { get; } = Flag.Enum("Weight", "Weight") with { IsPositional = true };

    public static Flag<string> Which { get; } = Flag.Enum("Kind", "ConstraintKind") with { IsPositional = true };

    public static Flag<double> Least { get; } = Flag.Number("Min", 0) with { Effect = FlagEffect.Training };

    /// <summary>Absent it depends on the constraint: see <see cref="MaxOf"/>.</summary>
    public static Flag<double> Most { get; } = Flag.Number("Max") with { Effect = FlagEffect.Training };

    public static Flag<double> Speed { get; } = Flag.Number("Rate", 1) with { Effect = FlagEffect.Training };

    public static Flag<int> Axis { get; } = Flag.Integer("Axis", 0) with { Effect = FlagEffect.Training };

    public static Flag<EquatableArray<string>> SeveralAxes { get; } = Flag.Integers("Axes") with { Effect = FlagEffect.Training };

    /// <summary>The attribute.</summary>
    public static ItemDefinition Modifier { get; } = new(Kind, ItemRole.Modifier, new FlagDefinition[] { Weight, Which, Least, Most, Speed, Axis, SeveralAxes });

    /// <summary>The constraint on a weight of a layer; null for none.</summary>
    /// <param name="item">The layer.</param>
    /// <param name="weight">The weight.</param>
    /// <param name="axes">Number of its axes.</param>
    public static ConstraintSpec? Of(ItemSpec item, string weight, int axes)
    {
        ModifierSpec? modifier = item.Modifiers.FirstOrDefault(m => m.Kind == Kind && m[Weight] == weight);
        return modifier?.Find(Which)?.Text is not { } name ? null : new ConstraintSpec(
            name, modifier[Least], MaxOf(modifier), modifier[Speed],
            AxesOf(modifier).Select(axis => axis < 0 ? axis + axes : axis).OrderBy(axis => axis).ToEquatableArray());
    }

    /// <summary>The largest norm: Keras' defaults are 2 of a MaxNorm and 1 of a MinMaxNorm.</summary>
    public static double MaxOf(ModifierSpec modifier) => modifier.Find(Most)?.Number ?? (modifier[Which] == "MaxNorm" ? DefaultMaxNorm : 1);

    /// <summary>The axes as they were written, negative ones from the end.</summary>
    public static IReadOnlyList<int> AxesOf(ModifierSpec modifier) => modifier[SeveralAxes] is { Count: > 0 } list
        ? list.Select(axis => int.Parse(axis, CultureInfo.InvariantCulture)).ToList()
        : new[] { modifier[Axis] };
}
