using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' AveragePooling1D: the mean of each window's steps, summed in their order, feature by feature. Padding is not counted.</summary>
internal sealed class AveragePooling1DLayer : WindowPoolingLayer
{
    public override string KerasClass => "AveragePooling1D";

    public override string KerasName => "average_pooling1d";

    public override ItemDefinition Definition { get; } = new("AveragePooling1D", ItemRole.Layer, Flags);

    protected override string Equation => "y[s] = mean of x over the window";

    protected override Value Pool(RegionBuilder b, IReadOnlyList<Tap> taps)
    {
        Value count = b.Constant(taps.Count(t => t.IsThere is null));
        foreach (Tap tap in taps.Where(t => t.IsThere is not null))
            count = b.Add(count, tap.IsThere!);
        return b.Divide(taps.Select(t => t.Step).Aggregate(b.Add), count);
    }
}
