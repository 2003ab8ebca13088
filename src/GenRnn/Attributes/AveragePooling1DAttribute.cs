using System;

namespace GenRnn;

/// <summary>
/// The mean of each window's steps, feature by feature, Keras' <c>AveragePooling1D</c>: <c>y[s] = mean over j of x[s strides + j - padding]</c>, j from 0 to poolSize - 1.
/// </summary>
/// <remarks>
/// Takes a sequence <c>[rows, T, F]</c>, gives <c>[rows, S, F]</c>, where S is floor((T - poolSize) / strides) + 1 with <see cref="Padding.Valid"/> and ceil(T / strides) with
/// <see cref="Padding.Same"/> and <see cref="Padding.Causal"/>. What lies outside of the sequence is not counted. As in Keras, a mask is ignored and ends here. Keras' pooling has no causal
/// padding; with it and <c>Strides = 1</c> the layer streams: a moving average.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class AveragePooling1DAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="poolSize">Steps of a window, 1 to 256; 2 unless given.</param>
    public AveragePooling1DAttribute(int poolSize = 2) => PoolSize = poolSize;

    /// <summary>Steps of a window.</summary>
    public int PoolSize { get; }

    /// <summary>Steps of the input from one window to the next; as many as a window has unless set.</summary>
    public int Strides { get; set; }

    /// <summary>Whether windows reach beyond the sequence; <see cref="Padding.Valid"/> (they do not) unless set.</summary>
    public Padding Padding { get; set; } = Padding.Valid;

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>average_pooling1d</c>, <c>average_pooling1d_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
