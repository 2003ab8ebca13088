using System.Linq;
using GenRnn.Compiler.Language;

namespace GenRnn.Compiler.Spec;

/// <summary><c>[Regularize]</c>: a penalty on a weight, or on what a layer gives, that the loss has besides.</summary>
/// <param name="L1">Factor of the sum of |w|.</param>
/// <param name="L2">Factor of the sum of w^2.</param>
/// <param name="Orthogonal">Factor of the mean |cosine| between rows or columns.</param>
/// <param name="Mode">Rows or columns: a member of the runtime's enum.</param>
public sealed record RegularizerSpec(double L1, double L2, double Orthogonal, string Mode)
{
    /// <summary>The modifier's name.</summary>
    public const string Kind = "Regularize";

    /// <summary>What stands for a weight where the penalty is on what a layer gives.</summary>
    public const string Activity = "Activity";

    public static Flag<string> Weight { get; } = Flag.Enum("Weight", "Weight") with { IsPositional = true };

    public static Flag<double> L1Factor { get; } = Flag.Number("L1", 0) with { Effect = FlagEffect.Training };

    public static Flag<double> L2Factor { get; } = Flag.Number("L2", 0) with { Effect = FlagEffect.Training };

    public static Flag<double> OrthogonalFactor { get; } = Flag.Number("Orthogonal", 0) with { Effect = FlagEffect.Training };

    public static Flag<string> OrthogonalMode { get; } = Flag.Enum("Mode", "OrthogonalMode", "Rows") with { Effect = FlagEffect.Training };

    /// <summary>The attribute.</summary>
    public static ItemDefinition Modifier { get; } = new(Kind, ItemRole.Modifier, new FlagDefinition[] { Weight, L1Factor, L2Factor, OrthogonalFactor, OrthogonalMode });

    /// <summary>The penalty on a weight of a layer; null for none.</summary>
    public static RegularizerSpec? Of(ItemSpec item, string weight)
    {
        ModifierSpec? modifier = item.Modifiers.FirstOrDefault(m => m.Kind == Kind && m[Weight] == weight);
        if (modifier is null)
            return null;
        RegularizerSpec spec = new(modifier[L1Factor], modifier[L2Factor], modifier[OrthogonalFactor], modifier[OrthogonalMode]);
        return spec.L1 == 0 && spec.L2 == 0 && spec.Orthogonal == 0 ? null : spec;
    }
}
