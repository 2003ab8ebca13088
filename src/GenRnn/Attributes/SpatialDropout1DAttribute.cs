using System;

namespace GenRnn;

/// <summary>
/// Dropout of whole features, Keras' <c>SpatialDropout1D</c>: as <see cref="DropoutAttribute"/>, with one mask for all steps of a row.
/// Takes and gives <c>[rows, T, F]</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class SpatialDropout1DAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="rate">Share of the features that training drops, 0 to 1. At 1 nothing is left.</param>
    public SpatialDropout1DAttribute(double rate) => Rate = rate;

    /// <summary>Share of the features that training drops.</summary>
    public double Rate { get; }

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>spatial_dropout1d</c>) unless set.</summary>
    public string? Name { get; set; }
}
