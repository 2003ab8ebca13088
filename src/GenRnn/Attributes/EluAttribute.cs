using System;

namespace GenRnn;

/// <summary>
/// An exponential linear unit as a layer of its own, Keras' <c>ELU</c>: <c>y = x > 0 ? x : alpha (exp(x) - 1)</c>. The shape stays.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class EluAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="alpha">What is approached far below 0, with the opposite sign; 1 unless given.</param>
    public EluAttribute(double alpha = 1) => Alpha = alpha;

    /// <summary>What is approached far below 0, with the opposite sign.</summary>
    public double Alpha { get; }

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>elu</c>, <c>elu_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
