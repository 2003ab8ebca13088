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

    private readonly ReadOnlySpan<T> _mask;
    private readonly ReadOnlySpan<T> _counting;

    /// <param name="targets">Targets, position by position.</param>
    /// <param name="predictions">Predictions, position by position.</param>
    /// <param name="positions">Number of positions.</param>
    /// <param name="weights">A weight for each position; empty if all weigh 1. What stands at a position of weight 0 is not looked at.</param>
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
    /// <param name="weights">A weight for each position, 0 for those that are masked; empty if all weigh 1.</param>
    /// <param name="mask">1 for each position that is not masked, else 0; empty if none is.</param>
    /// <param name="counting">1 for each position whose weight is not 0, else 0; empty if there is none such, or if it is yet to be found.</param>
    /// <param name="scratch">Room to work in.</param>
    internal PredictionBatch(
        ReadOnlySpan<T> targets, ReadOnlySpan<T> predictions, int positions, ReadOnlySpan<T> weights, ReadOnlySpan<T> mask, ReadOnlySpan<T> counting, Span<T> scratch)
        : this(targets, predictions, positions, weights, scratch)
    {
        _mask = mask;
        _counting = counting;
        if (!mask.IsEmpty)
            CountedPositions = CountOf(mask);
    }

    /// <summary>Targets: [positions, target features].</summary>
    public ReadOnlySpan<T> Targets { get; }

    /// <summary>Predictions: [positions, features].</summary>
    public ReadOnlySpan<T> Predictions { get; }

    /// <summary>Number of positions: rows, or rows x time steps.</summary>
    public int Positions { get; }

    /// <summary>Number of positions that no mask leaves out: what a mean divides by.</summary>
    public int CountedPositions { get; }

    /// <summary>A weight for each position, 0 for those that are masked; empty if all weigh 1.</summary>
    public ReadOnlySpan<T> Weights { get; }

    /// <summary>Room to work in.</summary>
    public Span<T> Scratch { get; }

    /// <summary>Values of one position's prediction.</summary>
    public int Features => Predictions.Length / Positions;

    /// <summary>Whether a position counts. Target and prediction of one that does not, masked or of weight 0, may hold anything and reach no result.</summary>
    /// <param name="position">The position.</param>
    public bool Counts(int position) => Weights.IsEmpty || !T.IsZero(Weights[position]);

    /// <summary>The same batch without sample weights: every position that counts weighs 1. Those of weight 0 are left out.</summary>
    public PredictionBatch<T> WithoutWeights()
    {
        ReadOnlySpan<T> counting = _counting.IsEmpty ? Counting(Weights) : _counting;
        return new PredictionBatch<T>(Targets, Predictions, Positions, counting, counting, counting, Scratch);
    }

    /// <summary>The same with other predictions for the same positions.</summary>
    internal PredictionBatch<T> Of(ReadOnlySpan<T> predictions) => new(Targets, predictions, Positions, Weights, _mask, _counting, Scratch);

    /// <summary>Whether no mask leaves a position out.</summary>
    internal bool IsUnmasked(int position) => _mask.IsEmpty || !T.IsZero(_mask[position]);

    private static ReadOnlySpan<T> Counting(ReadOnlySpan<T> weights)
    {
        if (CountOf(weights) == weights.Length)
            return default;
        var counting = new T[weights.Length];
        for (int i = 0; i < counting.Length; i++)
            counting[i] = T.IsZero(weights[i]) ? T.Zero : T.One;
        return counting;
    }

    private static int CountOf(ReadOnlySpan<T> mask)
    {
        int count = 0;
        foreach (T one in mask)
            count += T.IsZero(one) ? 0 : 1;
        return count;
    }
}
