using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>
/// Keras' Conv1D. One chain: bias, then tap after tap. Groups are convolutions side by side, each of its own features; where each has one feature and one filter, x and K are multiplied
/// lane by lane.
/// </summary>
internal sealed class Conv1DLayer : ConvolutionLayer
{
    public override string KerasClass => "Conv1D";

    public override string KerasName => "conv1d";

    public override ItemDefinition Definition { get; } = new("Conv1D", ItemRole.Layer, FlagsWith(
        new FlagDefinition[] { new("Filters", FlagType.Integer, IsPositional: true), new("KernelSize", FlagType.Integer, IsPositional: true) }, new[] { "Kernel" }, hasGroups: true));

    protected override bool AreOwnSizesPositive(ShapeContext context) =>
        LayerRules.AtLeastOne(context, "Filters", 0) >= 1 & LayerRules.AtLeastOne(context, "Groups", 1) >= 1;

    protected override int Filters(ItemSpec item, int features) => item.GetInteger("Filters");

    protected override bool FitsFeatures(ShapeContext context)
    {
        (int filters, int groups) = (context.Item.GetInteger("Filters"), context.Item.GetInteger("Groups", 1));
        if (filters % groups != 0)
        {
            context.Report(Rules.ValueOutOfRange, "Groups", LayerRules.Format("Groups must divide the filters: {0} filters cannot be split into {1} groups", filters, groups));
            return false;
        }

        if (context.Input.Features % groups == 0)
            return true;
        context.Report(Rules.ValueOutOfRange, "Groups", LayerRules.Format(
            "Groups must divide the input's features: {0} emits {1}, whose {2} feature{3} cannot be split into {4} groups",
            context.PreviousLayer, context.Input, context.Input.Features, context.Input.Features == 1 ? "" : "s", groups));
        return false;
    }

    protected override Value Convolve(LoweringContext context, RegionBuilder b, IReadOnlyList<Value> seen)
    {
        int groups = context.Item.GetInteger("Groups", 1);
        Parameter kernel = context.AddParameter(
            "kernel", context.Initializer("Kernel", "KernelInitializer", "GlorotUniform"), seen.Count, context.InputShape.Features / groups, context.OutputShape.Features).Parameter;
        return InGroups(b, seen, kernel.Matrix, Bias(context), groups);
    }
}
