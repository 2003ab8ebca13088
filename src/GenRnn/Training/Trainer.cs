using System;
using System.Linq;
using System.Numerics;
using System.Threading;

namespace GenRnn;

/// <summary>A model in training: it keeps the optimiser's moments, the carried state and the threads from call to call.</summary>
/// <typeparam name="T">The element type of the model.</typeparam>
/// <remarks>
/// <c>model.Fit</c> makes one for a single call. Make one yourself to train in several calls with the
/// same moments, batch by batch, or to reset a stateful model's state between sequences. Not thread-safe; nothing is
/// allocated per batch.
/// </remarks>
public sealed class Trainer<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly IModel<T> _model;
    private readonly ModelInfo _info;
    private readonly FitOptions _options;
    private readonly Loss _loss;
    private readonly int _batchSize;
    private readonly BatchRunner<T> _runner;
    private readonly NonFiniteGuard<T>? _guard;
    private int _epochsDone;
    private bool _isDisposed;

    /// <param name="model">The model to train.</param>
    /// <param name="options">How to train it.</param>
    /// <exception cref="ArgumentException">An option does not fit the model.</exception>
    public Trainer(IModel<T> model, FitOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        _model = model;
        _options = options;
        _batchSize = TrainingChecks.Options(model.Info, options);
        _info = FrozenVariables.Apply(model.Info, options.Frozen);
        OptimizerState = options.Optimizer.CreateState<T>(_info);
        _loss = options.CheckLossGradient ? options.Loss.Checked() : options.Loss;
        _runner = new BatchRunner<T>(model, _info, _loss, TrainingChecks.LossWeightsOf(_info, options), _batchSize, ThreadChoice.For(_info, options.Threads, options.MultiplyAddsPerThread), options.Seed);
        _guard = options.OnNonFinite == NonFinite.Stop && !options.Callbacks.Any(callback => callback.HandlesNonFinite) ? new NonFiniteGuard<T>(_info, _runner) : null;
    }

    /// <summary>The optimiser's moments and its count of steps.</summary>
    public OptimizerState<T> OptimizerState { get; }

    /// <summary>What a stateful model carries from batch to batch, through epochs and validation, as in Keras. Reset it
    /// between sequences that do not continue each other. Null for a model that is not stateful.</summary>
    public ModelState<T>? State => _runner.State;

    /// <summary>
    /// Batches trained so far, by which the masks of dropout and the noise are drawn. A training that goes on from a checkpoint sets what
    /// the trainer before it had reached: with the same <see cref="FitOptions.Seed"/> it then draws what that one would have drawn.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public long TrainingCalls
    {
        get => _runner.TrainingCalls;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _runner.TrainingCalls = value;
        }
    }

    /// <summary>Trains for <see cref="FitOptions.Epochs"/> epochs, less those of <see cref="FitOptions.InitialEpoch"/>.</summary>
    /// <param name="data">The rows to train on.</param>
    /// <param name="cancellationToken">Checked before each batch, those of validation too: the weights are then as the last update made them.</param>
    /// <returns>Loss and metrics of each epoch.</returns>
    /// <exception cref="ArgumentException">The data, or the validation data, do not fit the model; nothing was changed.</exception>
    /// <exception cref="NonFiniteException">The loss, a gradient or a weight is infinite or not a number: see <see cref="FitOptions.OnNonFinite"/>.</exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public History Fit(DataSet<T> data, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentNullException.ThrowIfNull(data);
        (DataSet<T> training, DataSet? validation) = TrainingChecks.Split(_info, _options, data);
        BoundDataSet<T> rows = ClassWeights.Apply(Bind(training, nameof(data)), _options.ClassWeights, _info, _loss);
        return Fit(new MemoryFeed<T>(rows, _batchSize, _options.StepsPerEpoch, _options.Seed, _epochsDone + _options.InitialEpoch) { Scaling = data.Scaling }, validation, cancellationToken);
    }

    /// <summary>As <see cref="Fit(DataSet{T}, CancellationToken)"/>, on rows that are read while the model trains.</summary>
    /// <param name="data">The rows. <see cref="FitOptions.ValidationSplit"/> and <see cref="FitOptions.Shuffle"/> stay unset: a stream has an order of its own and no last part that is known before.</param>
    /// <param name="cancellationToken">Checked before each batch, those of validation too: the weights are then as the last update made them.</param>
    /// <returns>Loss and metrics of each epoch.</returns>
    /// <exception cref="ArgumentException">An option does not fit a stream, or a row does not fit the model; in the latter case the updates of the batches before it stay.</exception>
    /// <exception cref="InvalidOperationException">The source gave no row.</exception>
    /// <exception cref="NonFiniteException">The loss, a gradient or a weight is infinite or not a number: see <see cref="FitOptions.OnNonFinite"/>.</exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public History Fit(StreamedDataSet<T> data, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentNullException.ThrowIfNull(data);
        TrainingChecks.Stream(_options);
        Scaling.CheckSame(_info.Name, _model.Scaling, data.Scaling, nameof(data));
        return Fit(new StreamFeed<T>(data, _info, _loss, _batchSize, _options.StepsPerEpoch, _options.ClassWeights), _options.Validation, cancellationToken);
    }

    private History Fit(BatchFeed<T> feed, DataSet? validation, CancellationToken cancellationToken)
    {
        using BatchFeed<T> training = feed;
        using BatchFeed<T>? validating = validation is null ? null : CreateFeed(validation, nameof(FitOptions.Validation));
        Scaling.CheckSame(_info.Name, feed.Scaling, validating?.Scaling, nameof(FitOptions.Validation));
        cancellationToken.ThrowIfCancellationRequested();
        using var run = new FitRun<T>(this, _model, _options, _runner, training, validating, _epochsDone, cancellationToken);
        _model.Scaling = feed.Scaling ?? _model.Scaling;
        return run.Run(ref _epochsDone);
    }

    /// <summary>One update with all rows of <paramref name="batch"/>: Keras' <c>train_on_batch</c>.</summary>
    /// <param name="batch">1 to <see cref="FitOptions.BatchSize"/> rows.</param>
    /// <returns>The loss before the update.</returns>
    /// <exception cref="ArgumentException">The data do not fit the model; nothing was changed.</exception>
    /// <exception cref="NonFiniteException">The loss, a gradient or a weight is infinite or not a number: see <see cref="FitOptions.OnNonFinite"/>.</exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    public double TrainOnBatch(DataSet<T> batch)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentNullException.ThrowIfNull(batch);
        BoundDataSet<T> rows = Bind(batch, nameof(batch));
        if (rows.Rows > _batchSize)
            throw new ArgumentException($"A batch of {_info.Name} has at most {_batchSize} rows; this one holds {rows.Rows}.", nameof(batch));
        return Update(rows, new RowOrder(rows.First, rows.Rows).Slice(0, rows.Rows), new Meters<T>(_info, _loss, [], [], rows), new StepNumber(0, 1));
    }

    /// <summary>Loss and metrics in inference mode. A stateful model starts from <see cref="State"/> and changes it.</summary>
    /// <param name="data">The rows, evaluated in order.</param>
    /// <param name="cancellationToken">Checked before each batch.</param>
    /// <exception cref="ArgumentException">The data do not fit the model; nothing was changed.</exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public Logs Evaluate(DataSet<T> data, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentNullException.ThrowIfNull(data);
        return Evaluate(CreateFeed(data, nameof(data)), cancellationToken);
    }

    /// <summary>As <see cref="Evaluate(DataSet{T}, CancellationToken)"/>, on rows that are read meanwhile.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="cancellationToken">Checked before each batch.</param>
    /// <exception cref="ArgumentException">A row does not fit the model.</exception>
    /// <exception cref="InvalidOperationException">The source gave no row.</exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public Logs Evaluate(StreamedDataSet<T> data, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentNullException.ThrowIfNull(data);
        return Evaluate(CreateFeed(data, nameof(data)), cancellationToken);
    }

    /// <summary>Ends the threads. The trainer trains no more; what it holds can still be read.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _runner.Dispose();
    }

    /// <summary>One step: forward, backward, update. Returns the loss before the update.</summary>
    internal double Update(BoundDataSet<T> data, ReadOnlySpan<int> rows, Meters<T> meters, StepNumber step)
    {
        double loss = _runner.Differentiate(data, rows, meters);
        _guard?.CheckStep(loss, data, rows, step);
        _model.UpdateParameters(this, static (parameters, trainer) =>
        {
            trainer.OptimizerState.Apply(trainer._runner.Gradients, parameters);
            trainer._runner.UpdateStatistics(parameters);
        });
        _guard?.CheckParameters(_model.Parameters, step);
        return loss;
    }

    private BoundDataSet<T> Bind(DataSet<T> data, string parameter)
    {
        BoundDataSet<T> rows = data.Bind(_info, _loss, parameter);
        TrainingChecks.FullBatches(_info, rows, parameter);
        Scaling.CheckSame(_info.Name, _model.Scaling, data.Scaling, parameter);
        return rows;
    }

    /// <summary>A pass over batches in inference mode.</summary>
    internal EvaluationPass<T> CreateEvaluation(BatchFeed<T> feed) => new(_runner, feed, CreateMeters(feed));

    /// <summary>The results of batches.</summary>
    internal Meters<T> CreateMeters(BatchFeed<T> feed) => new(_info, _loss, _options.Metrics, _options.WeightedMetrics, feed.Shape);

    private Logs Evaluate(BatchFeed<T> feed, CancellationToken cancellationToken)
    {
        using EvaluationPass<T> evaluation = CreateEvaluation(feed);
        evaluation.Run(cancellationToken);
        return new Logs(evaluation.Meters.Results());
    }

    // Batches to evaluate, in order.
    private BatchFeed<T> CreateFeed(DataSet data, string parameter)
    {
        switch (data)
        {
            case DataSet<T> rows:
                return new MemoryFeed<T>(Bind(rows, parameter), _batchSize) { Scaling = rows.Scaling };
            case StreamedDataSet<T> stream:
                Scaling.CheckSame(_info.Name, _model.Scaling, stream.Scaling, parameter);
                return new StreamFeed<T>(stream, _info, _loss, _batchSize);
            default:
                throw new ArgumentException($"Validation holds {data.ElementType.Name} values; {_info.Name} works on {typeof(T).Name}.", "options");
        }
    }
}
