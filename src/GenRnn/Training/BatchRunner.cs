using System;
using System.Numerics;

namespace GenRnn;

/// <summary>Runs one batch through a model and a loss, for training or for evaluation, without allocating.</summary>
internal sealed class BatchRunner<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ModelInfo _info;
    private readonly int _outputs;
    private readonly Loss _loss;
    private readonly ModelPasses<T> _passes;
    private readonly BatchBuffers<T> _batch;

    public BatchRunner(IModel<T> model, Loss loss, int batchSize, int threads, int seed)
    {
        ModelInfo info = model.GetInfo();
        _info = info;
        _outputs = info.Outputs.Count;
        _loss = loss;
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

    /// <summary>Forward and backward pass in training mode. Returns the loss.</summary>
    public double Differentiate(BoundDataSet<T> data, ReadOnlySpan<int> rows, Meters<T> meters)
    {
        _batch.Gather(data, rows);
        data.Restart(State, rows);
        _passes.Forward(_batch);
        double loss = Compare(data, meters, withGradients: true);
        _passes.Backward(_batch);
        return loss;
    }

    /// <summary>Forward pass in inference mode. Returns the loss.</summary>
    public double Evaluate(BoundDataSet<T> data, ReadOnlySpan<int> rows, Meters<T> meters)
    {
        _batch.Gather(data, rows);
        data.Restart(State, rows);
        _passes.Infer(_batch);
        return Compare(data, meters, withGradients: false);
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
                if (data.HasTarget(i) && !double.IsFinite(_loss.Evaluate<T>(_batch.OutputOfRow(i, row, MaskOf(i)), default)))
                    return rows[row];
            }
        }

        // Behind a finite loss a pass of one row after the other tells. A stateful model's rows can't run alone.
        if (State is not null)
            return null;
        var unused = new Meters<T>(_info, [], [], data);
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

    private double Compare(BoundDataSet<T> data, Meters<T> meters, bool withGradients)
    {
        double total = 0;
        for (int i = 0; i < _outputs; i++)
        {
            if (data.HasTarget(i))
            {
                PredictionBatch<T> predictions = _batch.Output(i, MaskOf(i));
                total += _loss.Evaluate(predictions, withGradients ? _batch.OutputGradient(i) : default);
                meters.AddPredictions(i, predictions);
            }
            else if (withGradients)
            {
                _batch.OutputGradient(i).Clear();
            }
        }

        meters.AddLoss(total, _batch.Rows);
        return total;
    }
}
