using System;
using System.Linq;
using System.Numerics;

namespace GenRnn;

/// <summary>Runs one batch through a model and a loss, for training or for evaluation, without allocating.</summary>
internal sealed class BatchRunner<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ModelInfo _info;
    private readonly int _outputs;
    private readonly Loss _loss;
    private readonly Loss?[] _losses;
    private readonly bool _takesLogits;
    private readonly double[] _lossWeights;
    private readonly ModelPasses<T> _passes;
    private readonly WeightPenalties<T> _penalties;
    private readonly BatchBuffers<T> _batch;

    /// <param name="model">The model.</param>
    /// <param name="info">The model as this training sees it.</param>
    /// <param name="loss">The loss, or one for each output.</param>
    /// <param name="lossWeights">What the loss of each output counts; null if all count 1.</param>
    /// <param name="batchSize">The most rows of a batch.</param>
    /// <param name="threads">Number of threads.</param>
    /// <param name="seed">What random values come from.</param>
    public BatchRunner(IModel<T> model, ModelInfo info, Loss loss, double[]? lossWeights, int batchSize, int threads, int seed)
    {
        _info = info;
        _outputs = info.Outputs.Count;
        _loss = loss;
        _losses = [.. info.Outputs.Select(loss.Of)];
        if (_losses[0]?.OnLogits(info.Outputs[0].Activation) is { } onLogits)
            (_losses[0], _takesLogits) = (onLogits, true);
        _lossWeights = lossWeights ?? [.. info.Outputs.Select(_ => 1.0)];
        _penalties = new WeightPenalties<T>(info);
        _batch = new BatchBuffers<T>(info, loss, batchSize);
        _passes = new ModelPasses<T>(model, info.IsStateful ? model.CreateState(info.Batch) : null, threads, seed);
    }

    /// <summary>What a stateful model carries from batch to batch; null for any other.</summary>
    public ModelState<T>? State => _passes.State;

    /// <summary>See <see cref="ModelWorkspace{T}.TrainingCalls"/>.</summary>
    public long TrainingCalls
    {
        get => _passes.TrainingCalls;
        set => _passes.TrainingCalls = value;
    }

    /// <summary>The gradients of the last <see cref="Differentiate"/>.</summary>
    public ReadOnlySpan<T> Gradients => _passes.Gradients;

    /// <summary>Forward and backward pass in training mode. Returns the loss, penalties included.</summary>
    public double Differentiate(BoundDataSet<T> data, ReadOnlySpan<int> rows, Meters<T> meters)
    {
        _batch.Gather(data, rows);
        data.Restart(State, rows);
        _passes.Forward(_batch);
        double loss = Compare(data, meters, withGradients: true);
        _passes.Backward(_batch);
        loss += _passes.ActivityPenalty + _penalties.Differentiate(_passes.Parameters, _passes.Gradients);
        meters.AddLoss(loss, _batch.Rows);
        return loss;
    }

    /// <summary>Forward pass in inference mode. Returns the loss, penalties included.</summary>
    public double Evaluate(BoundDataSet<T> data, ReadOnlySpan<int> rows, Meters<T> meters)
    {
        _batch.Gather(data, rows);
        data.Restart(State, rows);
        _passes.Infer(_batch);
        double loss = Compare(data, meters, withGradients: false) + _passes.ActivityPenalty + _penalties.Evaluate(_passes.Parameters);
        meters.AddLoss(loss, _batch.Rows);
        return loss;
    }

    /// <summary>The first row of a batch that, alone, has a loss or a gradient that is not finite; null if none is found.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="rows">The rows of the last <see cref="Differentiate"/>, which this overwrites.</param>
    public int? FindNonFiniteRow(BoundDataSet<T> data, ReadOnlySpan<int> rows)
    {
        for (int row = 0; row < rows.Length; row++)
        {
            for (int i = 0; i < _outputs; i++)
            {
                if (data.HasTarget(i) && _losses[i] is { } loss && !double.IsFinite(loss.Evaluate<T>(SeenByLoss(i, _batch.OutputOfRow(i, row, MaskOf(i))), default)))
                    return rows[row];
            }
        }

        // Behind a finite loss a pass of one row after the other tells. A stateful model's rows can't run alone.
        if (State is not null)
            return null;
        var unused = new Meters<T>(_info, _loss, [], [], data);
        long calls = TrainingCalls;
        foreach (int row in rows)
        {
            // The same masks of dropout are not drawn for a row in another place, but each pass draws those of this call.
            TrainingCalls = calls - 1;
            Differentiate(data, [row], unused);
            if (!Finite.All(Gradients))
                return row;
        }

        return null;
    }

    /// <summary>Moves the model's moving statistics towards those of the last <see cref="Differentiate"/>.</summary>
    public void UpdateStatistics(Span<T> parameters) => _passes.UpdateStatistics(parameters);

    public void Dispose() => _passes.Dispose();

    private ReadOnlySpan<T> MaskOf(int output) => output == 0 ? _passes.OutputMask : default;

    private bool TakesLogits(int output) => output == 0 && _takesLogits;

    private PredictionBatch<T> SeenByLoss(int output, in PredictionBatch<T> batch) => TakesLogits(output) ? batch.Of(_passes.Logits) : batch;

    private double Compare(BoundDataSet<T> data, Meters<T> meters, bool withGradients)
    {
        double total = 0;
        for (int i = 0; i < _outputs; i++)
        {
            Span<T> gradients = withGradients ? _batch.OutputGradient(i) : default;
            if (!data.HasTarget(i) || _losses[i] is null || TakesLogits(i))
                gradients.Clear();
            if (!data.HasTarget(i))
                continue;

            PredictionBatch<T> predictions = _batch.Output(i, MaskOf(i));
            if (_losses[i] is { } itsLoss)
            {
                if (withGradients && TakesLogits(i))
                    gradients = _passes.LogitsGradient;
                double value = itsLoss.Evaluate(SeenByLoss(i, predictions), gradients);
                meters.AddLossOf(i, value);
                total += _lossWeights[i] * value;
                Scale(gradients, _lossWeights[i]);
            }

            meters.AddPredictions(i, predictions, i == 0 ? _passes.Logits : default);
        }

        return total;
    }

    private static void Scale(Span<T> gradients, double weight)
    {
        if (weight == 1)
            return;
        T factor = T.CreateTruncating(weight);
        foreach (ref T gradient in gradients)
            gradient *= factor;
    }
}
