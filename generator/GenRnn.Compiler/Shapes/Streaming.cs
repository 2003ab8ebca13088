using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Graph;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Shapes;

/// <summary>Whether a model can run one time step at a time, and what it is then.</summary>
public static class Streaming
{
    /// <summary>Why not, naming the item; empty if it streams.</summary>
    public static string Obstacle(ModelShapes shapes)
    {
        ModelGraph graph = shapes.Graph;
        if (graph.Spec.IsCell)
            return "";
        List<GraphNode> inputs = graph.Inputs.ToList();
        if (inputs.Count != 1)
            return "the model has several inputs";
        if (shapes.Items[inputs[0].Index].IsVector)
            return "the input is a vector without time steps";
        return FirstObstacle(graph) is { } layer ? layer.Item.Describe() + " " + LayerRegistry.Of(layer.Item)!.StreamingObstacle(layer.Item) : "";
    }

    /// <summary>The first layer that can't run step by step; null if all can.</summary>
    public static GraphNode? FirstObstacle(ModelGraph graph) => graph.Layers.FirstOrDefault(n => LayerRegistry.Of(n.Item)?.StreamingObstacle(n.Item) is not null);

    /// <summary>The same model over a single time step, which every row has.</summary>
    public static ModelSpec OneStep(ModelSpec spec) => spec with
    {
        Items = spec.Items.Select(i => i.IsInput ? i with { Flags = OneStep(i.Flags) } : i).ToEquatableArray(),
    };

    private static EquatableArray<FlagSpec> OneStep(EquatableArray<FlagSpec> flags) => flags
        .Where(f => f.Name != "Lengths")
        .Select(f => f.Name == "TimeSteps" ? new FlagSpec("TimeSteps", FlagValue.Of(1)) : f)
        .ToEquatableArray();
}
