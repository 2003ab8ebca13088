using System.Collections.Generic;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' SeparableConv1D: a depthwise convolution, then a product over its features at each step, with nothing in between.</summary>
internal sealed class SeparableConv1DLayer : ConvolutionLayer
{
    public override string KerasClass => "SeparableConv1D";

    public override string KerasName => "separable_conv1d";

    public override ItemDefinition Definition { get; } = new("SeparableConv1D", ItemRole.Layer, FlagsWith(
        new FlagDefinition[]
        {
            new("Filters", FlagType.Integer, IsPositional: true), new("KernelSize", FlagType.Integer, IsPositional: true), new("DepthMultiplier", FlagType.Integer) { Default = 1.0 },
        },
        new[] { "Depthwise", "Pointwise" }));

    protected override bool AreOwnSizesPositive(ShapeContext context) =>
        LayerRules.AtLeastOne(context, "Filters", 0) >= 1 & LayerRules.AtLeastOne(context, "DepthMultiplier", 1) >= 1;

    protected override int Filters(ItemSpec item, int features) => item.GetInteger("Filters");

    protected override string Sum(string taps) => "(" + taps + ") P";

    protected override Value Convolve(LoweringContext context, RegionBuilder b, IReadOnlyList<Value> seen)
    {
        int features = context.InputShape.Features, depth = checked(features * context.Item.GetInteger("DepthMultiplier", 1));
        Parameter depthwise = context.AddParameter(
            "depthwise_kernel", context.Initializer("Depthwise", "DepthwiseInitializer", "GlorotUniform"), seen.Count, features, depth / features).Parameter;
        Parameter pointwise = context.AddParameter(
            "pointwise_kernel", context.Initializer("Pointwise", "PointwiseInitializer", "GlorotUniform"), 1, depth, context.OutputShape.Features).Parameter;
        return b.Linear(context.OutputShape.Features, Bias(context), (DepthwiseConv1DLayer.OfEachFeature(b, seen, depthwise, null), pointwise.Matrix(0)));
    }
}
