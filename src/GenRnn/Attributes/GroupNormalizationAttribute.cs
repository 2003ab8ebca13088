using System;

namespace GenRnn;

/// <summary>
/// Normalisation of each row over all its steps and groups of features, Keras' <c>GroupNormalization</c>: <c>y = gamma (x - mean) / sqrt(variance + epsilon) + beta</c>, with the population's
/// variance. Groups are features side by side. The shape stays.
/// </summary>
/// <remarks>Variables: gamma <c>[F]</c>, beta <c>[F]</c>. As in Keras, masked steps count. A model with this layer does not stream.</remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class GroupNormalizationAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="groups">How many groups, which divide the features without remainder; -1 for each feature by itself. Keras has 32 unless given.</param>
    public GroupNormalizationAttribute(int groups) => Groups = groups;

    /// <summary>How many groups.</summary>
    public int Groups { get; }

    /// <summary>What keeps a constant group from being divided by zero, above 0; 1e-3 unless set.</summary>
    public double Epsilon { get; set; } = 1e-3;

    /// <summary>Whether beta is added; true unless set.</summary>
    public bool Center { get; set; } = true;

    /// <summary>Whether gamma multiplies; true unless set.</summary>
    public bool Scale { get; set; } = true;

    /// <summary>How beta starts; <see cref="Initializer.Zeros"/> unless set.</summary>
    public Initializer BetaInitializer { get; set; } = Initializer.Zeros;

    /// <summary>How gamma starts; <see cref="Initializer.Ones"/> unless set.</summary>
    public Initializer GammaInitializer { get; set; } = Initializer.Ones;

    /// <summary>Whether the optimiser updates the layer's weights; true unless set. If not, their gradients are not computed at all, and penalties and constraints leave them alone.</summary>
    public bool Trainable { get; set; } = true;

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>group_normalization</c>, <c>group_normalization_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
