using System;

namespace GenRnn;

/// <summary>
/// The largest value over time, Keras' <c>GlobalMaxPooling1D</c>: <c>[rows, T, F]</c> becomes <c>[rows, F]</c>. The gradient goes to the step that holds the
/// maximum, in equal parts to several that do, as in TensorFlow; NaN at any step gives NaN. As in Keras, a mask is
/// ignored. A model with this layer does not stream.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class GlobalMaxPooling1DAttribute : Attribute
{
    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>global_max_pooling1d</c>) unless set.</summary>
    public string? Name { get; set; }
}
