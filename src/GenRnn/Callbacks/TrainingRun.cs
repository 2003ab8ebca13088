using System;
using System.Collections.Generic;
using System.Numerics;

namespace GenRnn;

/// <summary>A training that runs, as callbacks see it.</summary>
public abstract class TrainingRun
{
    private protected TrainingRun(ModelInfo model, FitOptions options)
    {
        Model = model;
        Options = options;
    }

    /// <summary>The model.</summary>
    public ModelInfo Model { get; }

    /// <summary>Where training ends: <see cref="FitOptions.Epochs"/>.</summary>
    public int Epochs => Options.Epochs;

    /// <summary>How it trains.</summary>
    public FitOptions Options { get; }

    /// <summary>Batches that the optimiser has taken: Keras' <c>optimizer.iterations</c>.</summary>
    public abstract long Batches { get; }

    /// <summary>What the epochs before the one that runs gave; those of earlier processes too.</summary>
    public abstract IReadOnlyList<EpochResult> History { get; }

    /// <summary>Whether it goes on from a checkpoint: see <see cref="BackupAndRestore"/>. What callbacks kept is restored behind their <see cref="Callback.OnTrainBegin"/>, and then epochs and batches go on
    /// from where it was written, amid an epoch without another <see cref="Callback.OnEpochBegin"/>.</summary>
    public bool IsResumed { get; internal set; }

    /// <summary>The learning rate of the next batch. It may be set, unless it is a schedule.</summary>
    /// <exception cref="InvalidOperationException">It is set, and the optimiser has a schedule.</exception>
    public abstract double LearningRate { get; set; }

    /// <summary>Set it to end training after this batch, with the validation and the end of its epoch: Keras' <c>stop_training</c>.</summary>
    public bool StopTraining { get; set; }

    /// <summary>Loss and metrics of the epoch so far. A new object each time.</summary>
    public abstract Logs GetResults();

    /// <summary>Copies the values of a variable.</summary>
    /// <param name="variable">One of the model's variables.</param>
    /// <param name="destination">As many values as the variable has, in Keras' layout.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public abstract void CopyWeights(VariableInfo variable, Span<double> destination);

    /// <summary>Copies the last batch's gradient of a variable, as it was before clipping and accumulation.</summary>
    /// <param name="variable">One of the model's variables.</param>
    /// <param name="destination">As many values as the variable has, in Keras' layout.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public abstract void CopyGradient(VariableInfo variable, Span<double> destination);

    /// <summary>The L2 norm of the last batch's gradient of a variable. Allocates nothing.</summary>
    /// <param name="variable">One of the model's variables.</param>
    public abstract double GradientNorm(VariableInfo variable);

    /// <summary>The time of the training's clock.</summary>
    internal DateTimeOffset Now => Options.TimeProvider.GetUtcNow();

    /// <summary>Writes the weights as a <c>.safetensors</c> file.</summary>
    /// <param name="path">The file.</param>
    public abstract void Save(string path);

    /// <summary>Notes the weights as they are, all of them, for <see cref="RestoreWeights"/>.</summary>
    public abstract WeightSnapshot TakeWeights();

    /// <summary>Brings weights of <see cref="TakeWeights"/> back.</summary>
    /// <param name="weights">The weights.</param>
    /// <exception cref="ArgumentException">They are another model's.</exception>
    public abstract void RestoreWeights(WeightSnapshot weights);
}

/// <summary>The weights of a model at one moment of its training.</summary>
public sealed class WeightSnapshot
{
    internal WeightSnapshot(Array values) => Values = values;

    internal Array Values { get; }
}

/// <summary>The run of one <see cref="Trainer{T}"/>.</summary>
internal sealed class TrainingRun<T>(IModel<T> model, OptimizerState<T> optimizer, FitOptions options, BatchRunner<T> runner, Meters<T> meters, RunProgress progress)
    : TrainingRun(model.Info, options)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override long Batches => optimizer.Batches;

    public override IReadOnlyList<EpochResult> History => progress.Results;

    public override double LearningRate
    {
        get => optimizer.LearningRate;
        set => optimizer.LearningRate = value;
    }

    public override Logs GetResults() => new(meters.Results());

    public override void CopyWeights(VariableInfo variable, Span<double> destination) => Copy(model.Parameters, variable, destination);

    public override void CopyGradient(VariableInfo variable, Span<double> destination) => Copy(runner.Gradients, variable, destination);

    public override double GradientNorm(VariableInfo variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return double.CreateTruncating(Lanes.Norm(runner.Gradients.Slice(variable.Offset, variable.Length)));
    }

    public override void Save(string path) => model.Save(path);

    public override WeightSnapshot TakeWeights() => new(model.Parameters.ToArray());

    public override void RestoreWeights(WeightSnapshot weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.Values is not T[] values || values.Length != Model.ParameterCount)
            throw new ArgumentException($"The weights are not those of {Model.Name}.", nameof(weights));
        model.UpdateParameters(values, static (parameters, saved) => saved.CopyTo(parameters));
    }

    private static void Copy(ReadOnlySpan<T> all, VariableInfo variable, Span<double> destination)
    {
        ArgumentNullException.ThrowIfNull(variable);
        if (destination.Length != variable.Length)
            throw new ArgumentException($"Found {destination.Length} places; {variable} has {variable.Length} values.", nameof(destination));
        ReadOnlySpan<T> values = all.Slice(variable.Offset, variable.Length);
        for (int i = 0; i < values.Length; i++)
            destination[i] = double.CreateTruncating(values[i]);
    }
}
