using System.Collections.Generic;
using GenRnn.Compiler.Layers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.CallFacts;

/// <summary>A loss of Gen's where the source shows which: <c>Loss.Huber</c>, <c>new BinaryCrossentropy { FromLogits = true }</c>.</summary>
internal sealed class LossUse
{
    private static readonly HashSet<string> s_elementwise = new()
    {
        "MeanSquaredError", "MeanAbsoluteError", "MeanAbsolutePercentageError", "MeanSquaredLogarithmicError", "Huber", "LogCosh",
        "BinaryCrossentropy", "CategoricalCrossentropy", "KLDivergence", "Poisson", "Hinge", "SquaredHinge", "CategoricalHinge", "CosineSimilarity",
    };

    private LossUse(string name, bool? fromLogits)
    {
        Name = name;
        FromLogits = fromLogits;
    }

    public string Name { get; }

    /// <summary>Whether predictions are taken for logits; null if that does not show.</summary>
    public bool? FromLogits { get; }

    /// <summary>Whether its targets are ids of classes, one for each position.</summary>
    public bool TakesIds => Name == "SparseCategoricalCrossentropy";

    /// <summary>Whether it compares one choice among all values of a position.</summary>
    public bool IsCategorical => TakesIds || Name == "CategoricalCrossentropy";

    /// <summary>How many targets a row of an output needs; null if that is not known.</summary>
    public int? TargetLength(Shape output) => TakesIds ? (output.IsVector ? 1 : output.TimeSteps) : s_elementwise.Contains(Name) ? output.Length : null;

    /// <summary>Null for a loss of the developer's own, and where the source does not show it.</summary>
    public static LossUse? Of(IOperation? loss, CallContext context)
    {
        if (loss is null || context.Types.Loss is not { } root)
            return null;
        return Operations.Resolve(loss, context.CancellationToken) switch
        {
            IPropertyReferenceOperation { Instance: null } reference when SymbolEqualityComparer.Default.Equals(reference.Property.ContainingType, root) =>
                new LossUse(reference.Property.Name, fromLogits: false),
            IObjectCreationOperation { Type: { } type } creation when RuntimeTypes.DerivesFrom(type, root)
                && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, root.ContainingAssembly) =>
                new LossUse(type.Name, Flag(Operations.Initializer(creation, "FromLogits"))),
            _ => null,
        };
    }

    private static bool? Flag(IOperation? value) =>
        value is null ? false : Operations.Unwrap(value).ConstantValue is { HasValue: true, Value: bool flag } ? flag : null;
}
