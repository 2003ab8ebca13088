using System;

namespace GenRnn;

/// <summary>
/// Part of a class with <see cref="CellAttribute"/>: one step of <see cref="LstmAttribute"/>, Keras' <c>LSTMCell</c>:
/// <c>i, f, g, o = x K + b + h R</c>; <c>c' = f c + i g</c>; <c>h' = o activation(c')</c>.
/// </summary>
/// <remarks>
/// Takes <c>[rows, D]</c>, gives <c>[rows, units]</c>. Variables: kernel <c>[D, 4 units]</c>, recurrent kernel <c>[H, 4 units]</c>, where H is
/// the width of the state h: the units, unless layers after the cell give another; bias <c>[4 units]</c>; blocks in the order i, f, g, o.
/// States: h, then c.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class LstmCellAttribute : Attribute
{
    /// <summary>Declares the cell.</summary>
    /// <param name="units">Width of state and output, at least 1.</param>
    public LstmCellAttribute(int units) => Units = units;

    /// <inheritdoc cref="LstmAttribute.Units"/>
    public int Units { get; }

    /// <inheritdoc cref="LstmAttribute.Activation"/>
    public Activation Activation { get; set; } = Activation.Tanh;

    /// <inheritdoc cref="LstmAttribute.RecurrentActivation"/>
    public Activation RecurrentActivation { get; set; } = Activation.Sigmoid;

    /// <inheritdoc cref="LstmAttribute.UseBias"/>
    public bool UseBias { get; set; } = true;

    /// <inheritdoc cref="LstmAttribute.UnitForgetBias"/>
    public bool UnitForgetBias { get; set; } = true;

    /// <inheritdoc cref="LstmAttribute.ForgetBias"/>
    public double ForgetBias { get; set; }

    /// <inheritdoc cref="LstmAttribute.UsePeepholes"/>
    public bool UsePeepholes { get; set; }

    /// <inheritdoc cref="LstmAttribute.CellClip"/>
    public double CellClip { get; set; }

    /// <inheritdoc cref="LstmAttribute.Projection"/>
    public int Projection { get; set; }

    /// <inheritdoc cref="LstmAttribute.ProjectionClip"/>
    public double ProjectionClip { get; set; }

    /// <inheritdoc cref="LstmAttribute.KernelInitializer"/>
    public Initializer KernelInitializer { get; set; } = Initializer.GlorotUniform;

    /// <inheritdoc cref="LstmAttribute.RecurrentInitializer"/>
    public Initializer RecurrentInitializer { get; set; } = Initializer.Orthogonal;

    /// <inheritdoc cref="LstmAttribute.BiasInitializer"/>
    public Initializer BiasInitializer { get; set; } = Initializer.Zeros;

    /// <inheritdoc cref="LstmAttribute.Dropout"/>
    public double Dropout { get; set; }

    /// <inheritdoc cref="LstmAttribute.RecurrentDropout"/>
    public double RecurrentDropout { get; set; }
}
