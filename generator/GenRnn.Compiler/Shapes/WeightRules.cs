using GenRnn.Compiler.Language;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Shapes;

/// <summary>What [Regularize] and [Constrain] ask of the weight that they name.</summary>
internal static class WeightRules
{
    /// <summary>Why the weight cannot have it; null if it can.</summary>
    public static string? Problem(ItemSpec item, string weight, string modifier) => weight is "MovingMean" or "MovingVariance"
        ? LayerRules.Format("Weight.{0} follows the batches and is not trained: there is nothing to say about it by [{1}]", weight, modifier)
        : LayerWeights.Problem(item, weight, modifier);

    /// <summary>Why it has no effect on the weight; null if it has one.</summary>
    public static string? Idle(ItemSpec item, string weight) =>
        LayerWeights.LeftOut(item, weight) is { } leftOut ? leftOut
        : weight != RegularizerSpec.Activity && item.Find(ItemFlags.Trainable) is { Boolean: false } ? "Trainable = false leaves the weights of " + item.Kind + " as they are"
        : null;

    /// <summary>The shape of a weight in words.</summary>
    public static string Describe(int axes) => axes == 1 ? "is a vector" : LayerRules.Format("has {0} axes", axes);
}
