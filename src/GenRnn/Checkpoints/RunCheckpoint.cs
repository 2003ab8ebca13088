using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;

namespace GenRnn;

/// <summary>All that a training's next step depends on, and what must not change when it goes on.</summary>
internal sealed class RunCheckpoint<T>(
    IModel<T> model, FitOptions options, BackupAndRestore settings, TrainingRun<T> run, OptimizerState<T> optimizer, BatchRunner<T> runner, BatchFeed<T> feed, Meters<T> meters, BatchFeed<T>? validation, RunProgress progress, int epochsBefore)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ModelInfo _info = model.Info;
    private readonly string _training = feed.Fingerprint;
    private readonly string _validation = validation?.Fingerprint ?? "none";

    /// <summary>Shows it all to a checkpoint.</summary>
    public void Keep(CheckpointPart part)
    {
        RequireModel(part.Part("model"));
        RequireOptions(part.Part("options"));
        progress.Checkpoint(part.Part("progress"));
        KeepWeights(part.Part("weights"));
        optimizer.KeepAll(part.Part("optimizer"));
        KeepRun(part.Part("run"));
        feed.Checkpoint(part.Part("training data"));
        validation?.Checkpoint(part.Part("validation data"));
        KeepCallbacks(part.Part("callbacks"));
    }

    // By name, so that one that keeps nothing may come and go.
    private void KeepCallbacks(CheckpointPart part)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Callback callback in options.Callbacks)
        {
            string name = callback.GetType().Name;
            int number = counts[name] = counts.GetValueOrDefault(name) + 1;
            callback.OnCheckpoint(part.Part(number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} {number}")));
        }
    }

    private void RequireModel(CheckpointPart part)
    {
        part.Require("architecture", _info.Architecture.Count > 0 ? string.Join('\n', _info.Architecture) : _info.ArchitectureHash);
        part.Require("what layers do in training", string.Join('\n', _info.TrainingRules));
        part.Require("layers", string.Join('\n', _info.Layers.Select(layer => $"{layer.Name} ({layer.Type}) {layer.OutputShape}")));
        part.Require("variables", string.Join('\n', _info.Variables));
        part.Require("what is trained, penalties and constraints", string.Join('\n', _info.Variables.Select(VariableRules)));
        part.Require("Batch", _info.Batch);
        part.Require("Precision", typeof(T).Name);
        part.Require("Layout", _info.Layout.ToString());
    }

    private static string VariableRules(VariableInfo variable)
    {
        string text = variable.Path + (variable.IsTrainable ? "" : " not trained");
        if (variable.Regularizer is { } penalty)
            text += string.Create(CultureInfo.InvariantCulture, $" L1 {penalty.L1:R} L2 {penalty.L2:R} orthogonal {penalty.Orthogonal:R} {penalty.Mode}");
        return variable.Constraint is not { } constraint ? text
            : text + string.Create(CultureInfo.InvariantCulture, $" {constraint.Kind} {constraint.Min:R} {constraint.Max:R} {constraint.Rate:R} along {string.Join(",", constraint.Axes)}");
    }

    private void RequireOptions(CheckpointPart part)
    {
        part.Require("Optimizer", options.Optimizer.ToString() ?? "");
        part.Require("Loss", options.Loss.Description);
        part.Require("LossWeights", options.LossWeights is { } ofOutputs
            ? string.Join(", ", ofOutputs.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}: {pair.Value:R}")))
            : "none");
        part.Require("Frozen", string.Join(", ", options.Frozen));
        part.Require("Metrics", Names(options.Metrics));
        part.Require("WeightedMetrics", Names(options.WeightedMetrics));
        part.Require("ClassWeights", options.ClassWeights is { } weights
            ? string.Join(", ", weights.OrderBy(pair => pair.Key).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}: {pair.Value:R}")))
            : "none");
        part.Require("training data", _training);
        part.Require("validation data", _validation);
        part.Require("BatchSize", options.BatchSize ?? _info.Batch);
        part.Require("steps of an epoch", feed.Steps?.ToString(CultureInfo.InvariantCulture) ?? "unknown");
        part.Require("Shuffle", options.Shuffle?.ToString() ?? "null");
        part.Require("Seed", options.Seed);
        part.Require("InitialEpoch", options.InitialEpoch);
        part.Require("epochs of this trainer before", epochsBefore);
        part.Require("OnNonFinite", options.OnNonFinite.ToString());
        part.Require("SaveFrequency", settings.SaveFrequency?.ToString(CultureInfo.InvariantCulture) ?? "null");
    }

    private void KeepWeights(CheckpointPart part)
    {
        T[] weights = model.Parameters.ToArray();
        foreach (VariableInfo variable in _info.Variables)
            part.Keep<T>(variable.Path, variable.Shape, weights.AsSpan(variable.Offset, variable.Length));
        if (part.IsRestored)
            model.UpdateParameters(weights, static (parameters, saved) => saved.CopyTo(parameters));
    }

    private void KeepRun(CheckpointPart part)
    {
        bool stops = run.StopTraining;
        long calls = runner.TrainingCalls;
        part.Keep("StopTraining", ref stops);
        part.Keep("TrainingCalls", ref calls);
        if (part.IsRestored)
            (run.StopTraining, runner.TrainingCalls) = (stops, calls);
        // At the end of an epoch nobody reads them any more.
        if (settings.SaveFrequency is not null)
            meters.Checkpoint(part.Part("metrics"));
        if (runner.State is { } state)
        {
            byte[] bytes = new byte[state.ByteCount];
            state.Write(bytes);
            part.KeepBytes("state", bytes);
            if (part.IsRestored)
                state.Read(bytes);
        }
    }

    private static string Names(IEnumerable<Metric> metrics) => string.Join(", ", metrics.Select(metric => metric.ToString()));
}
