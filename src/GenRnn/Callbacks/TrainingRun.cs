using System;
using System.Numerics;

namespace GenRnn;

/// <summary>A training that runs, as callbacks see it.</summary>
public abstract class TrainingRun
{
    private protected TrainingRun(ModelInfo model, int epochs)
    {
        Model = model;
        Epochs = epochs;
    }

    /// <summary>The model.</summary>
    public ModelInfo Model { get; }

    /// <summary>Where training ends: <see cref="FitOptions.Epochs"/>.</summary>
    public int Epochs { get; }

    /// <summary>Whether it goes on from a checkpoint: see <see cref="BackupAndRestore"/>. What callbacks kept is restored behind their <see cref="Callback.OnTrainBegin"/>, and then epochs and batches go on
    /// from where it was written, amid an epoch without another <see cref="Callback.OnEpochBegin"/>.</summary>
    public bool IsResumed { get; internal set; }

    /// <summary>The learning rate of the next batch. It may be set, unless it is a schedule.</summary>
    /// <exception cref="InvalidOperationException">It is set, and the optimiser has a schedule.</exception>
    public abstract double LearningRate { get; set; }

    /// <summary>Set it to end training after this batch, with the validation and the end of its epoch: Keras' <c>stop_training</c>.</summary>
    public bool StopTraining { get; set; }

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
internal sealed class TrainingRun<T>(IModel<T> model, OptimizerState<T> optimizer, int epochs) : TrainingRun(model.GetInfo(), epochs)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override double LearningRate
    {
        get => optimizer.LearningRate;
        set => optimizer.LearningRate = value;
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
}
