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

    /// <param name="shapes">A model without errors.</param>
    /// <param name="program">Its program.</param>
    public static ModelIdentity Of(ModelShapes shapes, Program program) => new(
        Spec.Architecture.Lines(shapes), FormerArchitecture.Hash(shapes.Graph.Spec, program), shapes.Graph.Layers.Any(n => n.Item.GetBoolean("Stateful")), shapes.Graph.Spec.IsStepped, Streaming.Obstacle(shapes))
    {
        TrainingRules = Spec.TrainingRules.Lines(shapes.Graph),
    };
}
