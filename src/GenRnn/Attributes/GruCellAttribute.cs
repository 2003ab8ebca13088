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
}
