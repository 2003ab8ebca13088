using System;

namespace GenRnn;

/// <summary>
/// The smallest of its operands at each place, Keras' <c>Minimum</c>: y = min(a, b, ...). Of equal ones the earlier gets the gradient.
/// </summary>
/// <remarks>
/// Operands are what stands in front of the layer and then those that it names; or, in front of it, <c>[From]</c> lists all of them. They are all vectors or all sequences, of one shape; one
/// feature, or one time step, stands for all of the others'. Where a step is masked in one of two operands, the other one stands for it.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class MinimumAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="others">Names of the operands behind the one that stands in front of the layer; none where <c>[From]</c> lists them.</param>
    public MinimumAttribute(params string[] others) => Others = others;

    /// <summary>Names of the operands behind the one that stands in front of the layer.</summary>
    public string[] Others { get; }

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>minimum</c>, <c>minimum_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
