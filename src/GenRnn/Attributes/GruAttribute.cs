using System;

namespace GenRnn;

/// <summary>
/// A gated recurrent unit, Keras' <c>GRU</c>: <c>z, r = gate(x[t] K + b + h[t-1] R)</c>;
/// <c>h[t] = z h[t-1] + (1 - z) candidate</c>.
/// </summary>
/// <remarks>
/// Takes a sequence <c>[rows, T, D]</c>. Gives <c>[rows, units]</c>, the last step, or with
/// <see cref="ReturnSequences"/> every step, <c>[rows, T, units]</c>. Variables: kernel <c>[D, 3 units]</c>, recurrent
/// kernel <c>[units, 3 units]</c>, bias <c>[2, 3 units]</c> (<c>[3 units]</c> without <see cref="ResetAfter"/>); blocks in the order z, r, candidate.
/// The state is zero at first unless <see cref="InitialStateAttribute"/> says otherwise.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class GruAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="units">Width of state and output, at least 1.</param>
    public GruAttribute(int units) => Units = units;

    /// <summary>Width of state and output.</summary>
    public int Units { get; }

    /// <summary>The activation; <see cref="Activation.Tanh"/> unless set.</summary>
    public Activation Activation { get; set; } = Activation.Tanh;

    /// <summary>The activation of the gates; <see cref="Activation.Sigmoid"/> unless set.</summary>
    public Activation RecurrentActivation { get; set; } = Activation.Sigmoid;

    /// <summary>Whether there is a bias; true unless set.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>Whether the reset gate acts after the recurrent product (Keras' default, and cuDNN's) or on the state before it; true unless set.</summary>
    public bool ResetAfter { get; set; } = true;

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

    /// <summary>Whether the final state, <c>[rows, units]</c>, is a further output of the model; false unless set.</summary>
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

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>gru</c>, <c>gru_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
