using System;
using System.Numerics;

namespace GenRnn;

/// <summary>The targets and predictions of one output of a model, for the rows of one batch: what a loss or a metric looks at.</summary>
/// <typeparam name="T">The element type of the model.</typeparam>
/// <remarks>A position is one row of a vector output, or one time step of one row of a sequence output.</remarks>
public readonly ref struct PredictionBatch<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How many values of <see cref="Scratch"/> there must be beyond one for each prediction: reductions read whole blocks.</summary>
    public const int ScratchPadding = 16;

    private readonly ReadOnlySpan<T> _maskWeights;

    /// <param name="targets">Targets, position by position.</param>
    /// <param name="predictions">Predictions, position by position.</param>
    /// <param name="positions">Number of positions.</param>
    /// <param name="weights">A weight for each position; empty if all weigh 1.</param>
    /// <param name="scratch">Room to work in: a value for each prediction and <see cref="ScratchPadding"/> more.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together.</exception>
    public PredictionBatch(ReadOnlySpan<T> targets, ReadOnlySpan<T> predictions, int positions, ReadOnlySpan<T> weights, Span<T> scratch)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(positions);
        if (predictions.IsEmpty || predictions.Length % positions != 0)
            throw new ArgumentException($"{predictions.Length} predictions are not a positive multiple of {positions} positions.", nameof(predictions));
        if (targets.IsEmpty || targets.Length % positions != 0)
            throw new ArgumentException($"{targets.Length} targets are not a positive multiple of {positions} positions.", nameof(targets));
        if (!weights.IsEmpty && weights.Length != positions)
            throw new ArgumentException($"There are {weights.Length} weights for {positions} positions.", nameof(weights));
        if (scratch.Length < predictions.Length + ScratchPadding)
        {
            throw new ArgumentException(
                $"The scratch holds {scratch.Length} values; {predictions.Length} predictions want {predictions.Length + ScratchPadding}.", nameof(scratch));
        }

        Targets = targets;
        Predictions = predictions;
        Positions = positions;
        CountedPositions = positions;
        Weights = weights;
        Scratch = scratch;
    }

    /// <param name="targets">Targets, position by position.</param>
    /// <param name="predictions">Predictions, position by position.</param>
    /// <param name="positions">Number of positions.</param>
    /// <param name="weights">A weight for each position, the mask's included.</param>
    /// <param name="maskWeights">The mask's weight for each position: 0 where it is masked, and the same for all others, so that the mean is theirs.</param>
    /// <param name="countedPositions">Number of positions that are not masked.</param>
    /// <param name="scratch">Room to work in.</param>
    internal PredictionBatch(
        ReadOnlySpan<T> targets, ReadOnlySpan<T> predictions, int positions, ReadOnlySpan<T> weights, ReadOnlySpan<T> maskWeights, int countedPositions, Span<T> scratch)
        : this(targets, predictions, positions, weights, scratch)
    {
        _maskWeights = maskWeights;
        CountedPositions = countedPositions;
    }

    /// <summary>Targets: [positions, target features].</summary>
    public ReadOnlySpan<T> Targets { get; }

    /// <summary>Predictions: [positions, features].</summary>
    public ReadOnlySpan<T> Predictions { get; }

    /// <summary>Number of positions: rows, or rows x time steps.</summary>
    public int Positions { get; }

    /// <summary>Number of positions that no mask leaves out.</summary>
    public int CountedPositions { get; }

    /// <summary>A weight for each position; empty if all weigh 1. Masked positions weigh 0 and the others as much more, Keras' total / counted.</summary>
    public ReadOnlySpan<T> Weights { get; }

    /// <summary>Room to work in.</summary>
    public Span<T> Scratch { get; }

    /// <summary>Values of one position's prediction.</summary>
    public int Features => Predictions.Length / Positions;

    /// <summary>The same batch without sample weights: every position that counts weighs the same.</summary>
    public PredictionBatch<T> WithoutWeights() => new(Targets, Predictions, Positions, _maskWeights, _maskWeights, CountedPositions, Scratch);
}
