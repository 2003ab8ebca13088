using System;

namespace GenRnn;

/// <summary>
/// The largest step of each window, feature by feature, Keras' <c>MaxPooling1D</c>: <c>y[s] = max over j of x[s strides + j - padding]</c>, j from 0 to poolSize - 1.
/// </summary>
/// <remarks>
/// Takes a sequence <c>[rows, T, F]</c>, gives <c>[rows, S, F]</c>, where S is floor((T - poolSize) / strides) + 1 with <see cref="Padding.Valid"/> and ceil(T / strides) with
/// <see cref="Padding.Same"/> and <see cref="Padding.Causal"/>. What lies outside of the sequence is never the largest. Of equal steps the first gets the gradient, as in TensorFlow; NaN in a
/// window gives NaN. As in Keras, a mask is ignored and ends here. Keras' pooling has no causal padding; with it and <c>Strides = 1</c> the layer streams.
/// </remarks>
/// <example><code>
/// [Input(TimeSteps = 50, Features = 3)]
/// [Conv1D(16, 3, Activation = Activation.Relu)]
/// [MaxPooling1D(2)]
/// [Lstm(20)]
/// [Dense(1)]
/// public partial class Forecaster;
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class MaxPooling1DAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="poolSize">Steps of a window, 1 to 256; 2 unless given.</param>
    public MaxPooling1DAttribute(int poolSize = 2) => PoolSize = poolSize;

    /// <summary>Steps of a window.</summary>
    public int PoolSize { get; }

    /// <summary>Steps of the input from one window to the next; as many as a window has unless set.</summary>
    public int Strides { get; set; }

    /// <summary>Whether windows reach beyond the sequence; <see cref="Padding.Valid"/> (they do not) unless set.</summary>
    public Padding Padding { get; set; } = Padding.Valid;

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>max_pooling1d</c>, <c>max_pooling1d_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
