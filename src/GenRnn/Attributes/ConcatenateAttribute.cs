using System;

namespace GenRnn;

/// <summary>
/// Its operands side by side, Keras' <c>Concatenate</c>: features of equally many steps next to each other, <c>[rows, T, F1 + F2 + ...]</c>; or, over time, sequences of equally many
/// features one after the other, <c>[rows, T1 + T2 + ..., F]</c>.
/// </summary>
/// <remarks>
/// Operands are what stands in front of the layer and then those that it names; or, in front of it, <c>[From]</c> lists all of them. They are all vectors or all sequences. Over features a step
/// counts where it counts in any operand, if every operand has a mask; over time each step keeps its own, and those of an operand without a mask count. Over time a model does not stream.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class ConcatenateAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="others">Names of the operands behind the one that stands in front of the layer; none where <c>[From]</c> lists them.</param>
    public ConcatenateAttribute(params string[] others) => Others = others;

    /// <summary>Names of the operands behind the one that stands in front of the layer.</summary>
    public string[] Others { get; }

    /// <summary>What is put side by side: features (the default), or time steps.</summary>
    public Axis Axis { get; set; }

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>concatenate</c>, <c>concatenate_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
