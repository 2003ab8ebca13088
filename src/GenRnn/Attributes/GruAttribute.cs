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

    /// <inheritdoc cref="LstmAttribute.Units"/>
    public int Units { get; }

    /// <inheritdoc cref="LstmAttribute.Activation"/>
    public Activation Activation { get; set; } = Activation.Tanh;

    /// <inheritdoc cref="LstmAttribute.RecurrentActivation"/>
    public Activation RecurrentActivation { get; set; } = Activation.Sigmoid;

    /// <inheritdoc cref="LstmAttribute.UseBias"/>
    public bool UseBias { get; set; } = true;

    /// <summary>Whether the reset gate acts after the recurrent product (Keras' default, and cuDNN's) or on the state before it; true unless set.</summary>
    public bool ResetAfter { get; set; } = true;

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

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>gru</c>, <c>gru_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
