using System;

namespace GenRnn;

/// <summary>
/// The mean over time, Keras' <c>GlobalAveragePooling1D</c>: <c>[rows, T, F]</c> becomes <c>[rows, F]</c>, summed from the first step to the last and then
/// divided by T. Of a masked sequence it is the mean over the steps that count (NaN if none does, as in Keras). A model with this layer does not stream.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class GlobalAveragePooling1DAttribute : Attribute
{
    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>global_average_pooling1d</c>) unless set.</summary>
    public string? Name { get; set; }
}
