using System;

namespace GenRnn;

/// <summary>
/// Features at mean 0 and variance 1, Keras' <c>Normalization</c>: <c>y = (x - mean) / max(sqrt(variance), 1e-7)</c>. The shape stays.
/// </summary>
/// <remarks>
/// Variables, which no optimiser updates: mean <c>[F]</c>, which starts at 0, and variance <c>[F]</c>, which starts at 1. Statistics of data are set once, as any weights are, and saved with the model,
/// so that who serves it cannot forget them. (Keras keeps a count besides, which nothing reads.)
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class NormalizationAttribute : Attribute
{
    /// <summary>Whether it undoes a normalisation, <c>y = mean + x max(sqrt(variance), 1e-7)</c>, Keras' <c>invert</c>; false unless set.</summary>
    public bool Invert { get; set; }

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>normalization</c>, <c>normalization_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
