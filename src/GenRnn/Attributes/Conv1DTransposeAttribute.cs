using System;

namespace GenRnn;

/// <summary>
/// A transposed convolution over time, Keras' <c>Conv1DTranspose</c>: each step t of the input adds <c>x[t] K[j]</c> to step <c>t strides + j - cut</c> of the output, for every tap j; then the bias and the activation.
/// </summary>
/// <remarks>
/// Takes a sequence <c>[rows, T, D]</c>, gives <c>[rows, S, filters]</c>: with <see cref="Padding.Valid"/> S is T strides + max(kernelSize - strides, 0) and cut 0, with <see cref="Padding.Same"/> S is T strides
/// and cut half of max(kernelSize - strides, 0), rounded down. Variables: kernel <c>[kernelSize, filters, D]</c>, bias <c>[filters]</c>. As in Keras, a mask ends here. A model with this layer does not stream.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class Conv1DTransposeAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="filters">Width of the output, at least 1.</param>
    /// <param name="kernelSize">Number of taps: steps of the output that one step of the input adds to; 1 to 256.</param>
    public Conv1DTransposeAttribute(int filters, int kernelSize)
    {
        Filters = filters;
        KernelSize = kernelSize;
    }

    /// <summary>Width of the output.</summary>
    public int Filters { get; }

    /// <summary>Number of taps.</summary>
    public int KernelSize { get; }

    /// <summary>Steps of the output from one step of the input to the next, 1 to 256; 1 unless set.</summary>
    public int Strides { get; set; } = 1;

    /// <summary>Whether steps at the ends are cut off; <see cref="Padding.Valid"/> (they are not) unless set. There is no <see cref="Padding.Causal"/>.</summary>
    public Padding Padding { get; set; } = Padding.Valid;

    /// <summary>The activation; <see cref="Activation.Linear"/> unless set.</summary>
    public Activation Activation { get; set; } = Activation.Linear;

    /// <summary>Parameter of the activation where it has one: the slope of a leaky ReLU (0.2 unless set), the alpha of an ELU (1 unless set).</summary>
    public double ActivationAlpha { get; set; }

    /// <summary>Whether there is a bias; true unless set.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>How the kernel starts; <see cref="Initializer.GlorotUniform"/> unless set.</summary>
    public Initializer KernelInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>How the bias starts; <see cref="Initializer.Zeros"/> unless set.</summary>
    public Initializer BiasInitializer { get; set; } = Initializer.Zeros;

    /// <summary>Whether the optimiser updates the layer's weights; true unless set. If not, their gradients are not computed at all, and penalties and constraints leave them alone.</summary>
    public bool Trainable { get; set; } = true;

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>conv1d_transpose</c>, <c>conv1d_transpose_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
