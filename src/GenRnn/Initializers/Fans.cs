using System;

namespace GenRnn;

/// <summary>Inputs and outputs of a unit, as Keras counts them from a variable's shape. Fused kernels count as a whole.</summary>
/// <param name="In">Fan-in.</param>
/// <param name="Out">Fan-out.</param>
internal readonly record struct Fans(double In, double Out)
{
    public double Average => (In + Out) / 2.0;

    /// <summary>A vector has its length for both, a matrix its axes; further axes in front are a receptive field that multiplies both.</summary>
    public static Fans Of(ReadOnlySpan<int> shape)
    {
        if (shape.IsEmpty)
            return new Fans(1, 1);
        if (shape.Length == 1)
            return new Fans(shape[0], shape[0]);
        double field = 1;
        foreach (int axis in shape[..^2])
            field *= axis;
        return new Fans(field * shape[^2], field * shape[^1]);
    }
}
