using System;

namespace GenRnn;

/// <summary>
/// Softmax as a layer of its own, Keras' <c>Softmax</c>: <c>y = exp(x - max) / sum exp(x - max)</c>, over the features of each step (axis -1), or over the steps of each feature (axis 1).
/// The shape stays. Over time a masked step weighs nothing, and a model does not stream.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class SoftmaxAttribute : Attribute
{
    /// <summary>Whether the sum runs over the steps, Keras' <c>axis=1</c>; false (over the features) unless set.</summary>
    public bool OverTime { get; set; }

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>softmax</c>, <c>softmax_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
