using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' SpatialDropout1D: whole features of a row are dropped, at all steps together.</summary>
internal sealed class SpatialDropout1DLayer : DropoutLayer
{
    public override string KerasClass => "SpatialDropout1D";

    public override string KerasName => "spatial_dropout1d";

    public override ItemDefinition Definition { get; } = new("SpatialDropout1D", ItemRole.Layer, new FlagDefinition[] { Rate, ItemFlags.Name });

    protected override bool IsSharedOverTime(ItemSpec item) => true;

    public override Shape Infer(ShapeContext context)
    {
        LayerRules.NeedsSequence(context);
        return base.Infer(context);
    }
}
