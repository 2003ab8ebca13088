using System;

namespace GenRnn;

/// <summary>
/// Part of a class with <see cref="CellAttribute"/>: one step of <see cref="GruAttribute"/>, Keras' <c>GRUCell</c>, with the same equations.
/// </summary>
/// <remarks>
/// Takes <c>[rows, D]</c>, gives <c>[rows, units]</c>. Variables: kernel <c>[D, 3 units]</c>, recurrent kernel <c>[units, 3 units]</c>, bias
/// <c>[2, 3 units]</c> (without <see cref="ResetAfter"/>: <c>[3 units]</c>); blocks in the order z, r, candidate. State: h. Layers after the cell
/// must keep its width, because h' is a blend with h.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class GruCellAttribute : Attribute
{
    /// <summary>Declares the cell.</summary>
    /// <param name="units">Width of state and output, at least 1.</param>
    public GruCellAttribute(int units) => Units = units;

    /// <inheritdoc cref="GruAttribute.Units"/>
    public int Units { get; }

    /// <inheritdoc cref="GruAttribute.Activation"/>
    public Activation Activation { get; set; } = Activation.Tanh;

    /// <inheritdoc cref="GruAttribute.RecurrentActivation"/>
    public Activation RecurrentActivation { get; set; } = Activation.Sigmoid;

    /// <inheritdoc cref="GruAttribute.UseBias"/>
    public bool UseBias { get; set; } = true;

    /// <inheritdoc cref="GruAttribute.ResetAfter"/>
    public bool ResetAfter { get; set; } = true;

    /// <inheritdoc cref="GruAttribute.KernelInitializer"/>
    public Initializer KernelInitializer { get; set; } = Initializer.GlorotUniform;

    /// <inheritdoc cref="GruAttribute.RecurrentInitializer"/>
    public Initializer RecurrentInitializer { get; set; } = Initializer.Orthogonal;

    /// <inheritdoc cref="GruAttribute.BiasInitializer"/>
    public Initializer BiasInitializer { get; set; } = Initializer.Zeros;

    /// <inheritdoc cref="GruAttribute.Dropout"/>
    public double Dropout { get; set; }

    /// <inheritdoc cref="GruAttribute.RecurrentDropout"/>
    public double RecurrentDropout { get; set; }
}
