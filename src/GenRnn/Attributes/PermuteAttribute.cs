using System;

namespace GenRnn;

/// <summary>
/// Steps and features change places, Keras' <c>Permute</c>: <c>[Permute(2, 1)]</c> makes <c>[rows, F, T]</c> of <c>[rows, T, F]</c>, <c>y[f][t] = x[t][f]</c>.
/// </summary>
/// <remarks>Of steps and features one must be 256 or less. As in Keras, a mask ends here. A model with this layer does not stream.</remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class PermuteAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="dims">The order of the axes, counted as in Keras: 1 is time, 2 are features. It is <c>2, 1</c>.</param>
    public PermuteAttribute(params int[] dims) => Dims = dims;

    /// <summary>The order of the axes.</summary>
    public int[] Dims { get; }

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>permute</c>) unless set.</summary>
    public string? Name { get; set; }
}
