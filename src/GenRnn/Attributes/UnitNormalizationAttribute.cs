using System;

namespace GenRnn;

/// <summary>
/// Each step, or a vector, at length 1, Keras' <c>UnitNormalization</c> over the last axis: <c>y = x / max(|x|, 1e-12)</c>, where |x| is the square root of the sum of squares. The shape stays.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class UnitNormalizationAttribute : Attribute
{
    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>unit_normalization</c>, <c>unit_normalization_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
