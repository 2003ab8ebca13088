using System;

namespace GenRnn;

/// <summary>
/// A long short-term memory, Keras' <c>LSTM</c>: <c>i, f, g, o = x[t] K + b + h[t-1] R</c>; <c>c[t] = f c[t-1] + i g</c>;
/// <c>h[t] = o activation(c[t])</c>, with the recurrent activation on i, f and o and the activation on g.
/// </summary>
/// <remarks>
/// Takes a sequence <c>[rows, T, D]</c>. Gives <c>[rows, units]</c>, the last step, or with
/// <see cref="ReturnSequences"/> every step, <c>[rows, T, units]</c>. Variables: kernel <c>[D, 4 units]</c>, recurrent
/// kernel <c>[units, 4 units]</c>, bias <c>[4 units]</c>; blocks in the order i, f, g, o. States: h, then c, zero at first unless
/// <see cref="InitialStateAttribute"/> says otherwise.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class LstmAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="units">Width of state and output, at least 1.</param>
    public LstmAttribute(int units) => Units = units;

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

    /// <summary>Whether every step is returned rather than the last; false unless set. A recurrent layer that follows needs it.</summary>
    public bool ReturnSequences { get; set; }

    /// <summary>Whether the final states h and c, <c>[rows, units]</c> each, are further outputs of the model; false unless set.</summary>
    public bool ReturnState { get; set; }

    /// <summary>Whether the sequence is read from its last step to its first; outputs are then in that order too. False unless set.</summary>
    public bool GoBackwards { get; set; }

    /// <summary>Whether <c>Fit</c> carries the state from batch to batch; false unless set. Requires <see cref="InputAttribute.Batch"/>.</summary>
    public bool Stateful { get; set; }

    /// <summary>Whether a masked step gives zero rather than the output of the step before; false unless set. The last output is zero as well if the last
    /// step is masked. Without a mask (<see cref="MaskingAttribute"/>) it changes nothing.</summary>
    public bool ZeroOutputForMask { get; set; }

    /// <summary>How far the time loop is written out: <see cref="GenRnn.Unroll.Auto"/> (the default), <see cref="GenRnn.Unroll.Full"/>, or a factor from 1.</summary>
    public int Unroll { get; set; } = GenRnn.Unroll.Auto;

    /// <summary>Whether the optimiser updates the layer's weights; true unless set. If not, their gradients are not computed at all, and penalties and constraints leave them alone.</summary>
    public bool Trainable { get; set; } = true;

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>lstm</c>, <c>lstm_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
