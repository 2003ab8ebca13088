using System;

namespace GenRnn;

/// <summary>
/// A fully connected recurrent layer, Keras' <c>SimpleRNN</c>: <c>h[t] = activation(x[t] K + b + h[t-1] R)</c>.
/// </summary>
/// <remarks>
/// Takes a sequence <c>[rows, T, D]</c>. Gives <c>[rows, units]</c>, the last step, or with
/// <see cref="ReturnSequences"/> every step, <c>[rows, T, units]</c>. Variables: kernel <c>[D, units]</c>, recurrent
/// kernel <c>[units, units]</c>, bias <c>[units]</c>. The state is zero at first unless <see cref="InitialStateAttribute"/> says otherwise.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class SimpleRnnAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="units">Width of state and output, at least 1.</param>
    public SimpleRnnAttribute(int units) => Units = units;

    /// <inheritdoc cref="LstmAttribute.Units"/>
    public int Units { get; }

    /// <inheritdoc cref="LstmAttribute.Activation"/>
    public Activation Activation { get; set; } = Activation.Tanh;

    /// <summary>Parameter of the activation where it has one: the slope of a leaky ReLU (0.2 unless set), the alpha of an ELU (1 unless set).</summary>
    public double ActivationAlpha { get; set; }

    /// <inheritdoc cref="LstmAttribute.UseBias"/>
    public bool UseBias { get; set; } = true;

    /// <inheritdoc cref="LstmAttribute.KernelInitializer"/>
    public Initializer KernelInitializer { get; set; } = Initializer.GlorotUniform;

    /// <inheritdoc cref="LstmAttribute.RecurrentInitializer"/>
    public Initializer RecurrentInitializer { get; set; } = Initializer.Orthogonal;

    /// <inheritdoc cref="LstmAttribute.BiasInitializer"/>
    public Initializer BiasInitializer { get; set; } = Initializer.Zeros;

    /// <summary>
    /// Share of the inputs that training drops, 0 to 1; 0 unless set. The mask is drawn once a call for every row and holds for all its
    /// steps; what is kept is multiplied by 1 / (1 - rate).
    /// </summary>
    public double Dropout { get; set; }

    /// <summary>Share of the state before the step that training drops, 0 to 1; 0 unless set. The mask is drawn once a call for every row.</summary>
    public double RecurrentDropout { get; set; }

    /// <inheritdoc cref="LstmAttribute.ReturnSequences"/>
    public bool ReturnSequences { get; set; }

    /// <summary>Whether the final state, <c>[rows, units]</c>, is a further output of the model; false unless set.</summary>
    public bool ReturnState { get; set; }

    /// <inheritdoc cref="LstmAttribute.GoBackwards"/>
    public bool GoBackwards { get; set; }

    /// <inheritdoc cref="LstmAttribute.Stateful"/>
    public bool Stateful { get; set; }

    /// <inheritdoc cref="LstmAttribute.ZeroOutputForMask"/>
    public bool ZeroOutputForMask { get; set; }

    /// <inheritdoc cref="LstmAttribute.Unroll"/>
    public int Unroll { get; set; } = GenRnn.Unroll.Auto;

    /// <inheritdoc cref="LstmAttribute.Trainable"/>
    public bool Trainable { get; set; } = true;

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>simple_rnn</c>, <c>simple_rnn_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
