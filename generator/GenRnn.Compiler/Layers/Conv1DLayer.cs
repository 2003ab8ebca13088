using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>
/// Keras' Conv1D. One chain: bias, then tap after tap. Groups are convolutions side by side, each of its own features; where each has one feature and one filter, x and K are multiplied
/// lane by lane.
/// </summary>
internal sealed class Conv1DLayer : ConvolutionLayer
{
    private static readonly Flag<int> FilterCount = Flag.Integer("Filters") with { IsPositional = true };
    private static readonly Flag<int> Groups = Flag.Integer("Groups", 1);

    public override string KerasClass => "Conv1D";

    public override string KerasName => "conv1d";

    public override ItemDefinition Definition { get; } = new("Conv1D", ItemRole.Layer, FlagsWith(
        new FlagDefinition[] { FilterCount, WindowFlags.KernelSize }, new FlagDefinition[] { LayerFlags.KernelInitializer }, Groups));

    protected override bool AreOwnSizesPositive(ShapeContext context) =>
        LayerRules.AtLeastOne(context, FilterCount) >= 1 & LayerRules.AtLeastOne(context, Groups) >= 1;

    protected override int Filters(ItemSpec item, int features) => item[FilterCount];

    protected override bool FitsFeatures(ShapeContext context)
    {
        (int filters, int groups) = (context.Item[FilterCount], context.Item[Groups]);
        if (filters % groups != 0)
        {
            context.Report(Rules.ValueOutOfRange, Groups, LayerRules.Format("Groups must divide the filters: {0} filters cannot be split into {1} groups", filters, groups));
            return false;
        }

        if (context.Input.Features % groups == 0)
            return true;
        context.Report(Rules.ValueOutOfRange, Groups, LayerRules.Format(
            "Groups must divide the input's features: {0} emits {1}, whose {2} feature{3} cannot be split into {4} groups",
            context.PreviousLayer, context.Input, context.Input.Features, context.Input.Features == 1 ? "" : "s", groups));
        return false;
    }

    protected override Value Convolve(LoweringContext context, RegionBuilder b, IReadOnlyList<Value> seen)
    {
        int groups = context.Item[Groups];
        Parameter kernel = context.AddParameter(
            "kernel", context.Initializer(LayerFlags.KernelInitializer), seen.Count, context.InputShape.Features / groups, context.OutputShape.Features).Parameter;
        return InGroups(b, seen, kernel.Matrix, Bias(context), groups);
    }
}
