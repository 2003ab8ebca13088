using System;

namespace GenRnn;

/// <summary>
/// Part of a class with <see cref="CellAttribute"/>: one step of <see cref="SimpleRnnAttribute"/>, Keras' <c>SimpleRNNCell</c>:
/// <c>h' = activation(x K + b + h R)</c>.
/// </summary>
/// <remarks>
/// Takes <c>[rows, D]</c>, gives <c>[rows, units]</c>. Variables: kernel <c>[D, units]</c>, recurrent kernel <c>[H, units]</c>, where H is the
/// width of the state h: the units, unless layers after the cell give another; bias <c>[units]</c>. State: h.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class SimpleRnnCellAttribute : Attribute
{
    /// <summary>Declares the cell.</summary>
    /// <param name="units">Width of state and output, at least 1.</param>
    public SimpleRnnCellAttribute(int units) => Units = units;

    /// <inheritdoc cref="SimpleRnnAttribute.Units"/>
    public int Units { get; }

    /// <inheritdoc cref="SimpleRnnAttribute.Activation"/>
    public Activation Activation { get; set; } = Activation.Tanh;

    /// <inheritdoc cref="SimpleRnnAttribute.ActivationAlpha"/>
    public double ActivationAlpha { get; set; }

    /// <inheritdoc cref="SimpleRnnAttribute.UseBias"/>
    public bool UseBias { get; set; } = true;

    /// <inheritdoc cref="SimpleRnnAttribute.KernelInitializer"/>
    public Initializer KernelInitializer { get; set; } = Initializer.GlorotUniform;

    /// <inheritdoc cref="SimpleRnnAttribute.RecurrentInitializer"/>
    public Initializer RecurrentInitializer { get; set; } = Initializer.Orthogonal;

    /// <inheritdoc cref="SimpleRnnAttribute.BiasInitializer"/>
    public Initializer BiasInitializer { get; set; } = Initializer.Zeros;

    /// <inheritdoc cref="SimpleRnnAttribute.Dropout"/>
    public double Dropout { get; set; }

    /// <inheritdoc cref="SimpleRnnAttribute.RecurrentDropout"/>
    public double RecurrentDropout { get; set; }
}
