using System;

namespace GenRnn;

/// <summary>
/// A convolution over time, Keras' <c>Conv1D</c>: <c>y[s] = activation(b + sum over j of x[s strides + j dilation - padding] K[j])</c>.
/// </summary>
/// <remarks>
/// Takes a sequence <c>[rows, T, D]</c>, gives <c>[rows, S, filters]</c>, where S is ceil(T / strides) with <see cref="Padding.Same"/> and
/// <see cref="Padding.Causal"/>, and ceil((T - (kernelSize - 1) dilation) / strides) with <see cref="Padding.Valid"/>. Outside of the sequence x is zero.
/// Variables: kernel <c>[kernelSize, D / groups, filters]</c>, bias <c>[filters]</c>.
/// A causal one with stride 1 streams: a model's State carries the last (kernelSize - 1) dilation steps of its input, in a ring: a step costs the same at any
/// dilation. Strides and dilation cannot both exceed 1.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class Conv1DAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="filters">Width of the output, at least 1.</param>
    /// <param name="kernelSize">Number of taps: steps of the input that one step of the output sees; 1 to 256.</param>
    public Conv1DAttribute(int filters, int kernelSize)
    {
        Filters = filters;
        KernelSize = kernelSize;
    }

    /// <summary>Width of the output.</summary>
    public int Filters { get; }

    /// <summary>Number of taps.</summary>
    public int KernelSize { get; }

    /// <summary>Steps of the input from one step of the output to the next; 1 unless set.</summary>
    public int Strides { get; set; } = 1;

    /// <summary>What is read outside of the sequence; <see cref="Padding.Valid"/> unless set.</summary>
    public Padding Padding { get; set; } = Padding.Valid;

    /// <summary>Steps from one tap to the next; 1 unless set.</summary>
    public int DilationRate { get; set; } = 1;

    /// <summary>
    /// Parts into which the input's features and the filters are split, both without remainder: filters of a part see the features of that part alone. 1 unless
    /// set; as many as there are features for a depthwise convolution.
    /// </summary>
    public int Groups { get; set; } = 1;

    /// <inheritdoc cref="DenseAttribute.Activation"/>
    public Activation Activation { get; set; } = Activation.Linear;

    /// <inheritdoc cref="DenseAttribute.ActivationAlpha"/>
    public double ActivationAlpha { get; set; }

    /// <inheritdoc cref="DenseAttribute.UseBias"/>
    public bool UseBias { get; set; } = true;

    /// <inheritdoc cref="DenseAttribute.KernelInitializer"/>
    public Initializer KernelInitializer { get; set; } = Initializer.GlorotUniform;

    /// <inheritdoc cref="DenseAttribute.BiasInitializer"/>
    public Initializer BiasInitializer { get; set; } = Initializer.Zeros;

    /// <inheritdoc cref="DenseAttribute.Trainable"/>
    public bool Trainable { get; set; } = true;

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>conv1d</c>, <c>conv1d_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
