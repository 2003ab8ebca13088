using System;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;

namespace GenRnn;

/// <summary>The pinball loss, of one quantile or of several at once: mean of max(q (y - p), (q - 1)(y - p)). Its least value is where a share q of the targets lies below p.</summary>
/// <remarks>
/// With n quantiles a position has n predictions for each target, [target][quantile]: <c>new QuantileLoss(0.1, 0.5, 0.9)</c> for one target wants a <c>[Dense(3)]</c> at the end. The derivative is 0 where
/// p = y.
/// </remarks>
public sealed class QuantileLoss : Loss
{
    private readonly double[] _quantiles;

    /// <param name="quantiles">One or several, each between 0 and 1.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">One is not between 0 and 1.</exception>
    public QuantileLoss(params double[] quantiles)
        : base("quantile_loss")
    {
        ArgumentNullException.ThrowIfNull(quantiles);
        if (quantiles.Length == 0)
            throw new ArgumentException("Found no quantile; expected at least one.", nameof(quantiles));
        foreach (double quantile in quantiles)
        {
            if (!(quantile > 0 && quantile < 1))
                throw new ArgumentOutOfRangeException(nameof(quantiles), quantile, "A quantile lies between 0 and 1.");
        }

        _quantiles = [.. quantiles];
    }

    /// <summary>The quantiles, in order of the predictions.</summary>
    public IReadOnlyList<double> Quantiles => _quantiles;

    internal override string Description => $"{Name} [{string.Join(", ", Array.ConvertAll(_quantiles, quantile => quantile.ToString("R", CultureInfo.InvariantCulture)))}]";

    /// <summary>One target for as many predictions as there are quantiles.</summary>
    /// <param name="output">The output.</param>
    /// <exception cref="ArgumentException">The output's features are not a multiple of the number of quantiles.</exception>
    public override int TargetLength(TensorInfo output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (output.Features % _quantiles.Length != 0)
            throw new ArgumentException($"{Name} of {_quantiles.Length} quantiles takes a multiple of {_quantiles.Length} predictions; output '{output.Name}' has {output.Features}.", nameof(output));
        return output.Length / _quantiles.Length;
    }

    /// <inheritdoc/>
    public override double Evaluate<T>(in PredictionBatch<T> batch, Span<T> gradients)
    {
        if (batch.Targets.Length * _quantiles.Length != batch.Predictions.Length)
        {
            throw new ArgumentException(
                $"{Name} of {_quantiles.Length} quantiles takes a target for each {_quantiles.Length} predictions: there are {batch.Targets.Length} targets for {batch.Predictions.Length} predictions.", nameof(batch));
        }

        ElementwiseLoss.CheckGradients(batch.Predictions.Length, gradients);
        return PositionLoss.Evaluate(batch, new Pinball<T>(_quantiles), gradients);
    }

    private readonly struct Pinball<T>(double[] quantiles) : PositionLoss.IFormula<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public T Evaluate(ReadOnlySpan<T> targets, ReadOnlySpan<T> predictions, T scale, Span<T> work, Span<T> gradients)
        {
            T count = T.CreateTruncating(predictions.Length);
            for (int i = 0; i < predictions.Length; i++)
            {
                T quantile = T.CreateTruncating(quantiles[i % quantiles.Length]);
                T error = targets[i / quantiles.Length] - predictions[i];
                T factor = error < T.Zero ? quantile - T.One : quantile;
                work[i] = factor * error;
                // NaN passes.
                if (!gradients.IsEmpty)
                    gradients[i] = T.IsZero(error) ? T.Zero : T.IsNaN(error) ? error : -factor * scale / count;
            }

            return Lanes.Sum<T>(work) / count;
        }
    }
}
