using System;

namespace GenRnn;

/// <summary>
/// A leaky rectifier whose slopes are trained, Keras' <c>PReLU</c>: <c>y = x > 0 ? x : alpha x</c>. The shape stays.
/// </summary>
/// <remarks>
/// Variables: alpha <c>[T, F]</c> of a sequence, <c>[F]</c> of a vector, with 1 in place of an axis over which it is shared (Keras' <c>shared_axes</c>). With slopes of its own at each step
/// a model does not stream; with <c>SharedOverTime = true</c> it does.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class PReluAttribute : Attribute
{
    /// <summary>Whether all steps have the same slopes, Keras' <c>shared_axes=[1]</c>; false unless set.</summary>
    public bool SharedOverTime { get; set; }

    /// <summary>Whether all features have the same slope, Keras' <c>shared_axes=[2]</c>; false unless set.</summary>
    public bool SharedOverFeatures { get; set; }

    /// <summary>How alpha starts; <see cref="Initializer.Zeros"/> unless set.</summary>
    public Initializer AlphaInitializer { get; set; } = Initializer.Zeros;

    /// <summary>Whether the optimiser updates the layer's weights; true unless set. If not, their gradients are not computed at all, and penalties and constraints leave them alone.</summary>
    public bool Trainable { get; set; } = true;

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>p_re_lu</c>, <c>p_re_lu_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
