using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;

namespace GenRnn.Compiler.Spec;

/// <summary>What a model says of itself beside its code.</summary>
/// <param name="Architecture">What its weights mean, a line for each item.</param>
/// <param name="FormerArchitectureHash">The hash of the declaration by the first rules.</param>
/// <param name="IsStateful">Whether training carries a state from batch to batch.</param>
/// <param name="IsStepped">Whether it is a cell that is stepped by hand.</param>
/// <param name="NotStreaming">Why there is no Step; empty if there is one.</param>
public sealed record ModelIdentity(IReadOnlyList<string> Architecture, string FormerArchitectureHash, bool IsStateful, bool IsStepped, string NotStreaming)
{
    /// <summary>What it says of training alone, a line for each item that says something.</summary>
    public IReadOnlyList<string> TrainingRules { get; init; } = System.Array.Empty<string>();

    /// <param name="spec">A declaration without errors.</param>
    /// <param name="shapes">Its shapes.</param>
    /// <param name="program">Its program.</param>
    public static ModelIdentity Of(ModelSpec spec, ModelShapes shapes, Program program) => new(
        Spec.Architecture.Lines(spec, shapes), FormerArchitecture.Hash(spec, program), spec.Items.Any(i => i.GetBoolean("Stateful")), spec.IsStepped, Streaming.Obstacle(spec, shapes))
    {
        TrainingRules = Spec.TrainingRules.Lines(spec),
    };
}
