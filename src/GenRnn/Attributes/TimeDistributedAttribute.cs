using System;

namespace GenRnn;

/// <summary>
/// Modifier of the next layer, Keras' <c>TimeDistributed</c>: the layer, one of vectors, runs at every step of a sequence with the same weights.
/// </summary>
/// <remarks>
/// <see cref="DenseAttribute"/>, <see cref="ActivationAttribute"/> and <see cref="LayerNormalizationAttribute"/> do this on a sequence by themselves; the
/// modifier says so to the reader, checks that there are steps, and gives the variables the paths that they have in Keras.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class TimeDistributedAttribute : Attribute
{
}
