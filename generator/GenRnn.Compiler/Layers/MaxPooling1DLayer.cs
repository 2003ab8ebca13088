using System.Collections.Generic;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras' MaxPooling1D: the largest step of each window, feature by feature. Of equal ones the first gets the gradient, as in TensorFlow; NaN anywhere in a window gives NaN.</summary>
internal sealed class MaxPooling1DLayer : WindowPoolingLayer
{
    public override string KerasClass => "MaxPooling1D";

    public override string KerasName => "max_pooling1d";

    public override ItemDefinition Definition { get; } = new("MaxPooling1D", ItemRole.Layer, Flags);

    protected override string Equation => "y[s] = largest x of the window";

    protected override Value Pool(RegionBuilder b, IReadOnlyList<Tap> taps)
    {
        Value? largest = null;
        foreach (Tap tap in taps)
        {
            Value next = largest is null ? tap.Step : Larger(b, largest, tap.Step);
            largest = tap.IsThere is null ? next : b.Choose(tap.IsThere, next, largest ?? b.Constant(double.NegativeInfinity, tap.Step.Width));
        }

        return largest!;
    }

    // Neither less, equal nor more: one of them is NaN, and so is the sum.
    private static Value Larger(RegionBuilder b, Value first, Value second) => b.Select(
        b.Binary(OpCode.GreaterOrEqual, first, second), first, b.Select(b.Binary(OpCode.Greater, second, first), second, b.Add(first, second)));
}
