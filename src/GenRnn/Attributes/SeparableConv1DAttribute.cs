using System;

namespace GenRnn;

/// <summary>
/// A convolution of each feature by itself, then a product over all of them at each step, Keras' <c>SeparableConv1D</c>:
/// <c>y[s] = activation(b + z[s] P)</c>, <c>z[s, c M + m] = sum over j of x[s strides + j dilation - padding, c] K[j, c, m]</c>.
/// </summary>
/// <remarks>
/// Takes a sequence <c>[rows, T, D]</c>, gives <c>[rows, S, filters]</c>, S as of <see cref="Conv1DAttribute"/>. Variables: depthwise_kernel <c>[kernelSize, D, M]</c>, M being
/// <see cref="DepthMultiplier"/>, pointwise_kernel <c>[1, D M, filters]</c>, bias <c>[filters]</c>.
/// A causal one with stride 1 streams, as <see cref="Conv1DAttribute"/> does. Strides and dilation cannot both exceed 1.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class SeparableConv1DAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="filters">Width of the output, at least 1.</param>
    /// <param name="kernelSize">Number of taps: steps of the input that one step of the output sees; 1 to 256.</param>
    public SeparableConv1DAttribute(int filters, int kernelSize)
    {
        Filters = filters;
        KernelSize = kernelSize;
    }

    /// <summary>Width of the output.</summary>
    public int Filters { get; }

    /// <summary>Number of taps.</summary>
    public int KernelSize { get; }

    /// <summary>Filters for each feature of the input; 1 unless set.</summary>
    public int DepthMultiplier { get; set; } = 1;

    /// <summary>Steps of the input from one step of the output to the next; 1 unless set.</summary>
    public int Strides { get; set; } = 1;

    /// <summary>What is read outside of the sequence; <see cref="Padding.Valid"/> unless set.</summary>
    public Padding Padding { get; set; } = Padding.Valid;

    /// <summary>Steps from one tap to the next; 1 unless set.</summary>
    public int DilationRate { get; set; } = 1;

    /// <summary>The activation; <see cref="Activation.Linear"/> unless set.</summary>
    public Activation Activation { get; set; } = Activation.Linear;

    /// <summary>Parameter of the activation where it has one: the slope of a leaky ReLU (0.2 unless set), the alpha of an ELU (1 unless set).</summary>
    public double ActivationAlpha { get; set; }

    /// <summary>Whether there is a bias; true unless set.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>How the depthwise kernel starts; <see cref="Initializer.GlorotUniform"/> unless set.</summary>
    public Initializer DepthwiseInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>How the pointwise kernel starts; <see cref="Initializer.GlorotUniform"/> unless set.</summary>
    public Initializer PointwiseInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>How the bias starts; <see cref="Initializer.Zeros"/> unless set.</summary>
    public Initializer BiasInitializer { get; set; } = Initializer.Zeros;

    /// <summary>Whether the optimiser updates the layer's weights; true unless set. If not, their gradients are not computed at all, and penalties and constraints leave them alone.</summary>
    public bool Trainable { get; set; } = true;

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>separable_conv1d</c>, <c>separable_conv1d_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
