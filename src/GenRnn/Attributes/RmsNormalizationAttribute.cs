using System;

namespace GenRnn;

/// <summary>
/// Normalisation by the root of the mean square, Keras' <c>RMSNormalization</c> over the last axis: <c>y = scale x / sqrt(mean of x^2 + epsilon)</c>. The shape stays.
/// Variables: scale <c>[F]</c>, which starts at 1.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class RmsNormalizationAttribute : Attribute
{
    /// <summary>What keeps a vector of zeros from being divided by zero, above 0; 1e-6 unless set.</summary>
    public double Epsilon { get; set; } = 1e-6;

    /// <summary>Whether the optimiser updates the layer's weights; true unless set. If not, their gradients are not computed at all, and penalties and constraints leave them alone.</summary>
    public bool Trainable { get; set; } = true;

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>rms_normalization</c>, <c>rms_normalization_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
