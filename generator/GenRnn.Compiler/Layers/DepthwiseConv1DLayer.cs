using System.Collections.Generic;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' DepthwiseConv1D: filters for each feature by itself, y[s, c M + m] = b + sum over taps j of x[s stride + j dilation - padding, c] K[j, c, m].</summary>
internal sealed class DepthwiseConv1DLayer : ConvolutionLayer
{
    public override string KerasClass => "DepthwiseConv1D";

    public override string KerasName => "depthwise_conv1d";

    public override ItemDefinition Definition { get; } = new("DepthwiseConv1D", ItemRole.Layer, FlagsWith(
        new FlagDefinition[] { new("KernelSize", FlagType.Integer, IsPositional: true), new("DepthMultiplier", FlagType.Integer) { Default = 1.0 } }, new[] { "Kernel" }));

    protected override bool AreOwnSizesPositive(ShapeContext context) => LayerRules.AtLeastOne(context, "DepthMultiplier", 1) >= 1;

    protected override int Filters(ItemSpec item, int features) => checked(features * item.GetInteger("DepthMultiplier", 1));

    protected override Value Convolve(LoweringContext context, RegionBuilder b, IReadOnlyList<Value> seen)
    {
        Parameter kernel = context.AddParameter("kernel", context.Initializer("Kernel", "KernelInitializer", "GlorotUniform"),
            seen.Count, context.InputShape.Features, context.Item.GetInteger("DepthMultiplier", 1)).Parameter;
        return OfEachFeature(b, seen, kernel, Bias(context));
    }

    /// <summary>The filters of a kernel [taps, features, filters of one feature].</summary>
    public static Value OfEachFeature(RegionBuilder b, IReadOnlyList<Value> seen, Parameter kernel, ParameterView? bias)
    {
        int filters = kernel.Shape[1] * kernel.Shape[2];
        return InGroups(b, seen, j => new ParameterView(kernel, j * filters, 1, filters, filters, 1), bias, kernel.Shape[1]);
    }
}
