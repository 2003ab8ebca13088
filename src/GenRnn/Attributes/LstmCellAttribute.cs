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

    /// <summary>Added to the forget gate before its activation, as TensorFlow 1's cells do it: 0 unless set. TensorFlow's cells have 1, and a bias that starts at zero.</summary>
    public double ForgetBias { get; set; }

    /// <summary>Whether the gates see the cell state lane by lane: <c>i += p_i c</c>, <c>f += p_f c</c>, <c>o += p_o c'</c>; false unless set.
    /// Adds the variables forget_peephole, input_peephole and output_peephole <c>[units]</c>, which start as the kernel does.</summary>
    public bool UsePeepholes { get; set; }

    /// <summary>Limits c' to [-CellClip, CellClip] before it is used or carried; positive, no limit unless set.</summary>
    public double CellClip { get; set; }

    /// <summary>Width of h where the output is projected: <c>h' := h' P</c> (TensorFlow 1's <c>num_proj</c>, PyTorch's <c>proj_size</c>); positive, no projection unless set.
    /// Adds the variable projection_kernel <c>[units, Projection]</c>, which starts as the kernel does; the recurrent kernel is then <c>[Projection, 4 units]</c>.</summary>
    public int Projection { get; set; }

    /// <summary>Limits the projected h' to [-ProjectionClip, ProjectionClip]; positive, no limit unless set.</summary>
    public double ProjectionClip { get; set; }

    /// <summary>How the kernel starts; <see cref="Initializer.GlorotUniform"/> unless set.</summary>
    public Initializer KernelInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>How the recurrent kernel starts; <see cref="Initializer.Orthogonal"/> unless set.</summary>
    public Initializer RecurrentInitializer { get; set; } = Initializer.Orthogonal;

    /// <summary>How the bias starts; <see cref="Initializer.Zeros"/> unless set.</summary>
    public Initializer BiasInitializer { get; set; } = Initializer.Zeros;

    /// <summary>
    /// Share of the inputs that training drops, 0 to 1; 0 unless set. The mask is drawn once a call for every row and holds for all its
    /// steps; what is kept is multiplied by 1 / (1 - rate). With <see cref="RecurrentDropout"/> each gate has a mask of its own. As in
    /// Keras 3, a rate of 1 drops nothing.
    /// </summary>
    public double Dropout { get; set; }

    /// <summary>
    /// Share of the state before the step that training drops, 0 to 1; 0 unless set. One mask for each gate, drawn once a call for every
    /// row. As in Keras 3, a rate of 1 drops nothing.
    /// </summary>
    public double RecurrentDropout { get; set; }
}
