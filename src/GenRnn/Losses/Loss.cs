using System;
using System.Numerics;

namespace GenRnn;

/// <summary>What training minimises, with Keras 3's definitions and reduction.</summary>
/// <remarks>
/// A loss has one value for each position: a row, or a time step of a row. The loss of a batch is
/// sum over positions of weight x value, divided by the number of positions (not by the sum of weights): Keras'
/// <c>sum_over_batch_size</c>. Where the model masks time steps of its output, the positions are those that count. Sums run in the element type and in a fixed order over 16 lanes, so their bits depend on
/// no machine; the division is done in double.
/// </remarks>
public abstract class Loss
{
    /// <param name="name">Keras' name.</param>
    protected Loss(string name) => Name = name;

    /// <summary>Mean over the last axis of (target - prediction)^2.</summary>
    public static Loss MeanSquaredError { get; } = new MeanSquaredErrorLoss();

    /// <summary>Mean over the last axis of |target - prediction|. Its derivative at 0 is 0.</summary>
    public static Loss MeanAbsoluteError { get; } = new MeanAbsoluteErrorLoss();

    /// <summary>Keras' name: <c>mean_squared_error</c>.</summary>
    public string Name { get; }

    /// <summary>How many target values one row of an output needs: as many as it has predictions, unless the loss says otherwise.</summary>
    /// <param name="output">The output.</param>
    public virtual int TargetLength(TensorInfo output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return output.Length;
    }

    /// <summary>The loss of a batch and, if asked for, its gradient.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="batch">Targets, predictions and weights.</param>
    /// <param name="gradients">Receives d loss / d prediction, as long as the predictions; empty if it is not wanted.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit together.</exception>
    public abstract double Evaluate<T>(in PredictionBatch<T> batch, Span<T> gradients)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
