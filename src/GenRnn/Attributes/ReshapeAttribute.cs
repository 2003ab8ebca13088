using System;

namespace GenRnn;

/// <summary>
/// The values of a row in their order as another shape, Keras' <c>Reshape</c>: of a sequence <c>[rows, T, F]</c> those of step 0, then those of step 1. <c>[Reshape(6, 8)]</c> gives
/// <c>[rows, 6, 8]</c>, <c>[Reshape(48)]</c> <c>[rows, 48]</c>; one size may be -1, which is then what is left.
/// </summary>
/// <remarks>There must be as many values as before. As in Keras, a mask ends here. A model with this layer does not stream.</remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class ReshapeAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="targetShape">Features of a vector, or time steps and features of a sequence.</param>
    public ReshapeAttribute(params int[] targetShape) => TargetShape = targetShape;

    /// <summary>Features of a vector, or time steps and features of a sequence.</summary>
    public int[] TargetShape { get; }

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>reshape</c>) unless set.</summary>
    public string? Name { get; set; }
}
