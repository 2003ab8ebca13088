using System;
using System.Linq;
using System.Numerics;
using System.Threading;

namespace GenRnn;

/// <summary>One call of <see cref="Trainer{T}.Fit(DataSet{T}, CancellationToken)"/>: epoch after epoch, with their validation, callbacks and checkpoints.</summary>
internal sealed class FitRun<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Trainer<T> _trainer;
    private readonly IModel<T> _model;
    private readonly FitOptions _options;
    private readonly BatchFeed<T> _feed;
    private readonly Meters<T> _meters;
    private readonly EvaluationPass<T>? _evaluation;
    private readonly bool _shuffles;
    private readonly int _epochsBefore;
    private readonly TrainingRun<T> _run;
    private readonly CallbackList _callbacks;
    private readonly RunProgress _progress;
    private readonly TrainingEvents _events;
    private readonly Backup? _backup;
    private readonly ModelState<T>? _state;
    private readonly ModelState<T>? _stateOfTracks;
    private readonly CancellationToken _cancellationToken;

    /// <param name="trainer">The trainer.</param>
    /// <param name="model">Its model.</param>
    /// <param name="options">Its options.</param>
    /// <param name="runner">What runs its batches.</param>
    /// <param name="feed">The batches to train on.</param>
    /// <param name="validation">Those to validate with; null for none.</param>
    /// <param name="epochsBefore">Epochs of the trainer's calls before.</param>
    /// <param name="cancellationToken">Ends the training before the next batch.</param>
    public FitRun(
        Trainer<T> trainer, IModel<T> model, FitOptions options, BatchRunner<T> runner, BatchFeed<T> feed, BatchFeed<T>? validation, int epochsBefore, CancellationToken cancellationToken)
    {
        ModelInfo info = model.Info;
        _trainer = trainer;
        _model = model;
        _options = options;
        _epochsBefore = epochsBefore;
        _cancellationToken = cancellationToken;
        _shuffles = options.Shuffle ?? !info.IsStateful;
        _evaluation = validation is null ? null : trainer.CreateEvaluation(validation);
        _feed = feed;
        _state = runner.State;
        _stateOfTracks = validation is not null && feed.Shape.Restarts is not null ? model.CreateState(info.Batch) : null;
        _meters = trainer.CreateMeters(feed);
        _progress = new RunProgress(options.InitialEpoch, options.Epochs, options.TimeProvider);
        _run = new TrainingRun<T>(model, trainer.OptimizerState, options, runner, _meters, _progress);
        _callbacks = new CallbackList(options.Callbacks, _run);
        _events = new TrainingEvents(options, info.Name, feed.Steps, _progress);
        if (Backup.SettingsOf(options) is { } settings)
        {
            var checkpoint = new RunCheckpoint<T>(model, options, settings, _run, trainer.OptimizerState, runner, feed, _meters, validation, _progress, epochsBefore);
            _backup = new Backup(settings, info.Precision, checkpoint.Keep);
        }
    }

    /// <summary>Trains.</summary>
    /// <param name="epochsDone">Epochs of the trainer so far, kept up.</param>
    public History Run(ref int epochsDone)
    {
        _run.IsResumed = _backup?.Resumes == true;
        _callbacks.TrainBegin();
        _backup?.Restore();
        _events.Begin();
        while (_progress.Epoch < _options.Epochs && (!_run.StopTraining || _progress.IsAmidEpoch))
        {
            RunEpoch();
            epochsDone = _epochsBefore + _progress.Epoch - _options.InitialEpoch;
            _backup?.EndEpoch();
        }

        _model.UpdateParameters(_trainer.OptimizerState, static (parameters, state) => state.OverwriteWithAverage(parameters));
        _callbacks.TrainEnd();
        _backup?.End();
        _events.End();
        return new History(_progress.Results, _model.Scaling);
    }

    public void Dispose() => _backup?.Dispose();

    private void RunEpoch()
    {
        int number = _progress.Epoch;
        _progress.StartClock();
        _feed.Begin(_shuffles, _epochsBefore + number, _progress.Batch);
        if (!_progress.IsAmidEpoch)
        {
            _meters.Reset();
            _callbacks.EpochBegin(number);
        }

        _events.BeginEpoch();
        while (!_run.StopTraining && _feed.Next(out BoundDataSet<T> data, out ReadOnlySpan<int> rows))
            RunBatch(number, _progress.Batch, data, rows);
        Validate();

        var result = new EpochResult(number + 1, _options.Epochs, _progress.Elapsed, Results());
        _callbacks.EpochEnd(number, result);
        _events.EndEpoch(result);
        _options.OnEpochEnd?.Invoke(result);
        _run.StopTraining |= result.StopTraining;
        _progress.EndEpoch(result);
    }

    private void RunBatch(int epoch, int batch, BoundDataSet<T> data, ReadOnlySpan<int> rows)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        _callbacks.BatchBegin(batch);
        double loss = _trainer.Update(data, rows, _meters, new StepNumber(epoch + 1, batch + 1));
        _callbacks.BatchEnd(batch, loss);
        _progress.EndBatch();
        _events.EndBatch(rows.Length, loss, _meters.Names, _meters.Values);
        _backup?.EndBatch(_progress.Batches);
    }

    private void Validate()
    {
        if (_evaluation is null)
            return;
        _callbacks.TestBegin();
        // Tracks that the epoch leaves amid a series go on where they were, whatever is carried here.
        if (_stateOfTracks is not null)
            _state!.CopyTo(_stateOfTracks);
        _evaluation.Run(_cancellationToken);
        _stateOfTracks?.CopyTo(_state!);
        _callbacks.TestEnd();
    }

    private Logs Results() =>
        new(_evaluation is null ? _meters.Results() : _meters.Results().Concat(_evaluation.Meters.Results("val_")));
}
