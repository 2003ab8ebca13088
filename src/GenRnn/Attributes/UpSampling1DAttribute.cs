using System;

namespace GenRnn;

/// <summary>
/// Each step several times, Keras' <c>UpSampling1D</c>: <c>y[t size + i] = x[t]</c>, so that <c>[rows, T, F]</c> becomes <c>[rows, T size, F]</c>.
/// As in Keras, a mask ends here. A model with this layer does not stream.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class UpSampling1DAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="size">How many times each step stands, 1 to 256; 2 unless given.</param>
    public UpSampling1DAttribute(int size = 2) => Size = size;

    /// <summary>How many times each step stands.</summary>
    public int Size { get; }

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>up_sampling1d</c>) unless set.</summary>
    public string? Name { get; set; }
}
