using System;

namespace GenRnn;

/// <summary>
/// A leaky rectifier as a layer of its own, Keras' <c>LeakyReLU</c>: <c>y = x > 0 ? x : slope x</c>. The shape stays. (The slope of <see cref="Activation.LeakyRelu"/> is 0.2 unless set, as in Keras.)
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class LeakyReluAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="negativeSlope">Slope at and below 0, which is 0 or more; 0.3 unless given.</param>
    public LeakyReluAttribute(double negativeSlope = 0.3) => NegativeSlope = negativeSlope;

    /// <summary>Slope at and below 0.</summary>
    public double NegativeSlope { get; }

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>leaky_re_lu</c>, <c>leaky_re_lu_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
