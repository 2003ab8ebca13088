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

    /// <summary>Width of state and output.</summary>
    public int Units { get; }

    /// <summary>The activation; <see cref="Activation.Tanh"/> unless set.</summary>
    public Activation Activation { get; set; } = Activation.Tanh;

    /// <summary>The activation of the gates; <see cref="Activation.Sigmoid"/> unless set.</summary>
    public Activation RecurrentActivation { get; set; } = Activation.Sigmoid;

    /// <summary>Whether there is a bias; true unless set.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>Whether the forget gate's bias starts at one; true unless set to false.</summary>
    public bool UnitForgetBias { get; set; } = true;

    /// <summary>How the kernel starts; <see cref="Initializer.GlorotUniform"/> unless set.</summary>
    public Initializer KernelInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>How the recurrent kernel starts; <see cref="Initializer.Orthogonal"/> unless set.</summary>
    public Initializer RecurrentInitializer { get; set; } = Initializer.Orthogonal;

    /// <summary>How the bias starts; <see cref="Initializer.Zeros"/> unless set.</summary>
    public Initializer BiasInitializer { get; set; } = Initializer.Zeros;
}
