using System;
using System.Numerics;
using System.Threading;

namespace GenRnn;

/// <summary>One thread's model, with all that its training needs: used for one series after the other.</summary>
internal sealed class FarmWorker<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly IModel<T> _model;
    private readonly FitOptions _options;
    private readonly int _batchSize;
    private readonly BatchRunner<T> _runner;
    private readonly OptimizerState<T> _optimizer;
    private readonly RowOrder _order;
    private readonly T[] _start;
    private Meters<T>? _meters;

    public FarmWorker(IModel<T> model, FitOptions options, int mostRows)
    {
        ModelInfo info = FrozenVariables.Apply(model.Info, options.Frozen);
        _model = model;
        _options = options;
        _batchSize = options.BatchSize ?? info.Batch;
        _runner = new BatchRunner<T>(model, info, options.Loss, TrainingChecks.LossWeightsOf(info, options), _batchSize, threads: 1, options.Seed);
        _optimizer = options.Optimizer.CreateState<T>(info);
        _order = new RowOrder(0, mostRows);
        _start = model.Parameters.ToArray();
    }

    /// <summary>The trained weights of the last series.</summary>
    public ReadOnlySpan<T> Parameters => _model.Parameters;

    /// <summary>Trains a series, from the weights that all start from.</summary>
    /// <returns>The last epoch's loss, and that of the validation part after it; NaN for none.</returns>
    public (double Loss, double ValidationLoss, bool IsDiverged) Train(BoundDataSet<T> data, CancellationToken cancellationToken)
    {
        // All series have targets for the same outputs: those of the first one make the meters.
        _meters ??= new Meters<T>(_model.Info, _options.Loss, [], [], data);
        _model.UpdateParameters(_start, static (parameters, start) => start.CopyTo(parameters));
        _optimizer.Reset();
        _runner.TrainingCalls = 0;
        int rows = _options.ValidationSplit > 0 ? TrainingChecks.RowsBeforeSplit(_options.ValidationSplit, data.Rows, "series") : data.Rows;
        double loss = double.NaN;
        for (int epoch = 0; epoch < _options.Epochs; epoch++)
        {
            _order.Assign(data.First, rows);
            if (_options.Shuffle ?? true)
                _order.Shuffle(_options.Seed, epoch);
            if (!RunEpoch(data, rows, cancellationToken))
                return Diverged();
            loss = _meters.Loss;
        }

        _model.UpdateParameters(_optimizer, static (parameters, state) => state.OverwriteWithAverage(parameters));
        return (loss, rows == data.Rows ? double.NaN : Evaluate(data, rows), false);
    }

    public void Dispose() => _runner.Dispose();

    private bool RunEpoch(BoundDataSet<T> data, int rows, CancellationToken cancellationToken)
    {
        _meters!.Reset();
        for (int start = 0; start < rows; start += _batchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double loss = _runner.Differentiate(data, _order.Slice(start, Math.Min(_batchSize, rows - start)), _meters);
            if (_options.OnNonFinite == NonFinite.Stop && !(double.IsFinite(loss) && Finite.All(_runner.Gradients)))
                return false;
            _model.UpdateParameters(this, static (parameters, worker) =>
            {
                worker._optimizer.Apply(worker._runner.Gradients, parameters);
                worker._runner.UpdateStatistics(parameters);
            });
            if (_options.OnNonFinite == NonFinite.Stop && !Finite.All(_model.Parameters))
                return false;
        }

        return true;
    }

    private (double Loss, double ValidationLoss, bool IsDiverged) Diverged()
    {
        _model.UpdateParameters(_start, static (parameters, start) => start.CopyTo(parameters));
        return (double.NaN, double.NaN, true);
    }

    private double Evaluate(BoundDataSet<T> data, int first)
    {
        _meters!.Reset();
        _order.Assign(data.First + first, data.Rows - first);
        for (int start = 0; start < data.Rows - first; start += _batchSize)
            _runner.Evaluate(data, _order.Slice(start, Math.Min(_batchSize, data.Rows - first - start)), _meters);
        return _meters.Loss;
    }
}
