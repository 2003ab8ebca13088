using System;

namespace GenRnn;

/// <summary>
/// A fully connected layer, Keras' <c>Dense</c>: <c>y = activation(x K + b)</c> over the last axis.
/// </summary>
/// <remarks>
/// Takes a vector <c>[rows, D]</c> or a sequence <c>[rows, T, D]</c> (each step by itself) and replaces D by units.
/// Variables: kernel <c>[D, units]</c>, bias <c>[units]</c>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class DenseAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="units">Width of the output, at least 1.</param>
    public DenseAttribute(int units) => Units = units;

    /// <summary>Width of the output.</summary>
    public int Units { get; }

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

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>dense</c>, <c>dense_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
