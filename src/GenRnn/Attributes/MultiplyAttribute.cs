using System;

namespace GenRnn;

/// <summary>
/// The product of its operands, Keras' <c>Multiply</c>: y = a b ..., a gate for example.
/// </summary>
/// <remarks>
/// Operands are what stands in front of the layer and then those that it names; or, in front of it, <c>[From]</c> lists all of them. They are all vectors or all sequences, of one shape; one
/// feature, or one time step, stands for all of the others'. A masked step of an operand counts as one; a step that counts in no operand, where all have masks, gives zero.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class MultiplyAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="others">Names of the operands behind the one that stands in front of the layer; none where <c>[From]</c> lists them.</param>
    public MultiplyAttribute(params string[] others) => Others = others;

    /// <summary>Names of the operands behind the one that stands in front of the layer.</summary>
    public string[] Others { get; }

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>multiply</c>, <c>multiply_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
