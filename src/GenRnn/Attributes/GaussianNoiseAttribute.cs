using System;

namespace GenRnn;

/// <summary>
/// Additive noise, Keras' <c>GaussianNoise</c>: in training <c>y = x + n</c>, where n is normal around 0, drawn for every row, step and
/// element; in inference <c>y = x</c>. The shape stays.
/// </summary>
/// <remarks>Drawn as the masks of <see cref="DropoutAttribute"/> are; at most 5.65 standard deviations (6.66 in double precision).</remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class GaussianNoiseAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="standardDeviation">Standard deviation of the noise, 0 to 1.</param>
    public GaussianNoiseAttribute(double standardDeviation) => StandardDeviation = standardDeviation;

    /// <summary>Standard deviation of the noise.</summary>
    public double StandardDeviation { get; }

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>gaussian_noise</c>) unless set.</summary>
    public string? Name { get; set; }
}
