using System.Linq;

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

    /// <summary>The attribute.</summary>
    public static ItemDefinition Modifier { get; } = new(Kind, ItemRole.Modifier, new FlagDefinition[]
    {
        new("Weight", FlagType.Enum, "Weight", IsPositional: true),
        new("L1", FlagType.Number) { Effect = FlagEffect.Training },
        new("L2", FlagType.Number) { Effect = FlagEffect.Training },
        new("Orthogonal", FlagType.Number) { Effect = FlagEffect.Training },
        new("Mode", FlagType.Enum, "OrthogonalMode") { Effect = FlagEffect.Training },
    });

    /// <summary>The penalty on a weight of a layer; null for none.</summary>
    public static RegularizerSpec? Of(ItemSpec item, string weight)
    {
        ModifierSpec? modifier = item.Modifiers.FirstOrDefault(m => m.Kind == Kind && m.Find("Weight")?.Text == weight);
        if (modifier is null)
            return null;
        double Factor(string flag) => modifier.Find(flag)?.Number ?? 0;
        RegularizerSpec spec = new(Factor("L1"), Factor("L2"), Factor("Orthogonal"), modifier.Find("Mode")?.Text ?? "Rows");
        return spec.L1 == 0 && spec.L2 == 0 && spec.Orthogonal == 0 ? null : spec;
    }
}
