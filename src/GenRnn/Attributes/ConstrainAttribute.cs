using System;

namespace GenRnn;

/// <summary>
/// Modifier of the next layer: what one of its weights is brought back to after every update. Keras' <c>kernel_constraint</c>, <c>recurrent_constraint</c>, <c>bias_constraint</c> and the like.
/// </summary>
/// <remarks>Nothing is done to the weights that a model starts with, or that are loaded. A weight that is not trained is left alone.</remarks>
/// <example><code>
/// [Constrain(Weight.Kernel, ConstraintKind.MaxNorm, Max = 2)]
/// [Dense(10)]
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class ConstrainAttribute : Attribute
{
    /// <summary>Declares the modifier.</summary>
    /// <param name="weight">Which weight; the layer must have it.</param>
    /// <param name="kind">What it is brought back to.</param>
    public ConstrainAttribute(Weight weight, ConstraintKind kind)
    {
        Weight = weight;
        Kind = kind;
    }

    /// <summary>Which weight.</summary>
    public Weight Weight { get; }

    /// <summary>What it is brought back to.</summary>
    public ConstraintKind Kind { get; }

    /// <summary>MinMaxNorm: the least norm, not negative; 0 unless set.</summary>
    public double Min { get; set; }

    /// <summary>MaxNorm and MinMaxNorm: the largest norm, not below <see cref="Min"/>; unless set, 2 for MaxNorm and 1 for MinMaxNorm.</summary>
    public double Max { get; set; }

    /// <summary>MinMaxNorm: how far the norm goes towards its bounds at once, between 0 and 1; 1 unless set.</summary>
    public double Rate { get; set; } = 1.0;

    /// <summary>All but NonNegative: the axis along which norms are taken, from the end if it is negative; 0, the incoming weights of a unit, unless set. Not together with <see cref="Axes"/>.</summary>
    public int Axis { get; set; }

    /// <summary>All but NonNegative: several adjacent axes along which norms are taken, such as 0 and 1 for each filter of a Conv1D.</summary>
    public int[]? Axes { get; set; }
}
