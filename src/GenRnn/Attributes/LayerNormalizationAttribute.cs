using System;

namespace GenRnn;

/// <summary>
/// Layer normalisation over the last axis, Keras' <c>LayerNormalization</c>: <c>y = gamma (x - mean) / sqrt(variance + epsilon) + beta</c>, with mean and
/// population variance of the F values of one row and step (Ba, Kiros, Hinton 2016). The shape stays.
/// </summary>
/// <remarks>Variables: gamma <c>[F]</c>, then beta <c>[F]</c>. PyTorch's epsilon is 1e-5.</remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class LayerNormalizationAttribute : Attribute
{
    /// <summary>Added to the variance, greater than zero; 0.001 unless set.</summary>
    public double Epsilon { get; set; } = 1e-3;

    /// <summary>Whether beta is added; true unless set to false.</summary>
    public bool Center { get; set; } = true;

    /// <summary>Whether gamma is multiplied; true unless set to false.</summary>
    public bool Scale { get; set; } = true;

    /// <summary>How beta starts; <see cref="Initializer.Zeros"/> unless set.</summary>
    public Initializer BetaInitializer { get; set; } = Initializer.Zeros;

    /// <summary>How gamma starts; <see cref="Initializer.Ones"/> unless set.</summary>
    public Initializer GammaInitializer { get; set; } = Initializer.Ones;

    /// <summary>Whether the optimiser updates the layer's weights; true unless set. If not, their gradients are not computed at all, and penalties and constraints leave them alone.</summary>
    public bool Trainable { get; set; } = true;

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>layer_normalization</c>) unless set.</summary>
    public string? Name { get; set; }
}
