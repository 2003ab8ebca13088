using System;

namespace GenRnn;

/// <summary>
/// Modifier of the next layer: a penalty on one of its weights, or on what it gives, that is added to the loss. Keras' <c>kernel_regularizer</c>,
/// <c>recurrent_regularizer</c>, <c>bias_regularizer</c>, <c>activity_regularizer</c> and the like. Factors add up: <c>L1 = 0.01, L2 = 0.01</c> is Keras' <c>L1L2(0.01, 0.01)</c>.
/// </summary>
/// <remarks>
/// A weight's penalty is part of the loss of training, of validation and of <c>Evaluate</c>, once a batch whatever its rows. A weight that is not trained has none.
/// The penalty of <see cref="Weight.Activity"/> is summed over all values of the layer's outputs (its states too, where it returns them) and divided by the rows of the batch.
/// </remarks>
/// <example><code>
/// [Regularize(Weight.Recurrent, L2 = 1e-4)]
/// [Lstm(20)]
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class RegularizeAttribute : Attribute
{
    /// <summary>Declares the modifier.</summary>
    /// <param name="weight">Which weight, or <see cref="Weight.Activity"/>; the layer must have it.</param>
    public RegularizeAttribute(Weight weight) => Weight = weight;

    /// <summary>Which weight, or what the layer gives.</summary>
    public Weight Weight { get; }

    /// <summary>Factor of the sum of |w|, not negative; 0 unless set.</summary>
    public double L1 { get; set; }

    /// <summary>Factor of the sum of w^2 (not half of it), not negative; 0 unless set.</summary>
    public double L2 { get; set; }

    /// <summary>
    /// Factor of a matrix' mean |cosine| of the angles between its rows (or columns), over all pairs; not negative, 0 unless set. Keras' <c>OrthogonalRegularizer</c>, for a weight with two axes.
    /// </summary>
    public double Orthogonal { get; set; }

    /// <summary>What <see cref="Orthogonal"/> wants to be at right angles; <see cref="OrthogonalMode.Rows"/> unless set.</summary>
    public OrthogonalMode Mode { get; set; } = OrthogonalMode.Rows;
}
