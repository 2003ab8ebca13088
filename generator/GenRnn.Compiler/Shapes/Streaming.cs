using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Shapes;

/// <summary>Whether a model can run one time step at a time, and what it is then.</summary>
public static class Streaming
{
    /// <summary>Why not, naming the item; empty if it streams.</summary>
    public static string Obstacle(ModelSpec spec, ModelShapes shapes)
    {
        if (spec.IsCell)
            return "";
        List<ItemSpec> inputs = spec.Items.Where(i => i.Kind == "Input").ToList();
        if (inputs.Count != 1)
            return "the model has several inputs";
        if (shapes.Items[spec.Items.ToList().IndexOf(inputs[0])].IsVector)
            return "the input is a vector without time steps";
        return FirstObstacle(spec) is var at and >= 0 ? ShapeInference.Describe(spec.Items[at]) + " " + LayerRegistry.Of(spec.Items[at])!.StreamingObstacle(spec.Items[at]) : "";
    }

    /// <summary>The first layer that can't run step by step; -1 if all can.</summary>
    public static int FirstObstacle(ModelSpec spec) =>
        spec.Items.ToList().FindIndex(i => i.Kind != "Input" && LayerRegistry.Of(i)?.StreamingObstacle(i) is not null);

    /// <summary>The same model over a single time step, which every row has.</summary>
    public static ModelSpec OneStep(ModelSpec spec) => spec with
    {
        Items = spec.Items.Select(i => i.Kind == "Input" ? i with { Flags = OneStep(i.Flags) } : i).ToEquatableArray(),
    };

    private static EquatableArray<FlagSpec> OneStep(EquatableArray<FlagSpec> flags) => flags
        .Where(f => f.Name != "Lengths")
        .Select(f => f.Name == "TimeSteps" ? new FlagSpec("TimeSteps", FlagValue.Of(1)) : f)
        .ToEquatableArray();
}
