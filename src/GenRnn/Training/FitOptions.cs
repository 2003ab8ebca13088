using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;

namespace GenRnn;

/// <summary>How to train: Keras' arguments of <c>compile</c> and <c>fit</c>, with Keras' defaults. What differs from one training to the next is written by <c>with</c>:
/// <c>options with { Epochs = 20 }</c>.</summary>
public sealed record FitOptions
{
    /// <summary>What updates the parameters.</summary>
    public required Optimizer Optimizer { get; init; }

    /// <summary>What is minimised: the sum of this loss over all outputs that have a target, each by its <see cref="LossWeights"/>. <see cref="Loss.ForOutputs"/> is another loss for each output.</summary>
    public required Loss Loss { get; init; }

    /// <summary>What is reported beside the loss, each row counting the same: Keras' <c>metrics</c>. For every output that has a target; <see cref="Metric.For"/> says for which one.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary>What is reported beside the loss, each row counting by its sample weight or that of its class: Keras' <c>weighted_metrics</c>.</summary>
    public IReadOnlyList<Metric> WeightedMetrics { get; init; } = [];

    /// <summary>
    /// A weight for each class of the first output's targets, in training and not in validation; a class that is missing weighs 1. The class of a position is that of its largest target or, where it has one
    /// target, that number, rounded. Null, the default, for none; together with sample weights it is refused.
    /// </summary>
    public IReadOnlyDictionary<int, double>? ClassWeights { get; init; }

    /// <summary>
    /// Layers and variables whose weights stay as they are, by the names in <see cref="ModelInfo"/>: <c>["lstm", "dense/kernel"]</c>. Neither updates nor weight decay, penalties, constraints or gradient norms know of them. None, the
    /// default. What is always frozen belongs into the declaration, <c>Trainable = false</c>: its gradients are then not computed.
    /// </summary>
    public IReadOnlyList<string> Frozen { get; init; } = [];

    /// <summary>
    /// What the loss of each output counts, by the output's name: Keras' <c>loss_weights</c>. One that is missing counts 1. Null, the default: all count 1.
    /// </summary>
    public IReadOnlyDictionary<string, double>? LossWeights { get; init; }

    /// <summary>Rows to evaluate after each epoch, in order: a <see cref="DataSet{T}"/> or <see cref="StreamedDataSet{T}"/> of the model's element type. Null for none.</summary>
    public DataSet? Validation { get; init; }

    /// <summary>The share of the rows, from the end and before any shuffling, that is validated on and not trained on: in (0, 1), or 0, the default, for none. Not together with
    /// <see cref="Validation"/>.</summary>
    public double ValidationSplit { get; init; }

    /// <summary>How many times to go through the data: 1 unless set. With <see cref="InitialEpoch"/>, where to end: as in Keras the epochs from that one to this are run.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Epochs that a training before this one has done: 0 unless set.</summary>
    public int InitialEpoch { get; init; }

    /// <summary>Batches an epoch, each epoch the next ones: as in Keras a pass over the rows is several epochs, the last of which has the batches that are left, and only the next pass has a new random order. Null, the
    /// default: an epoch is a pass.</summary>
    public int? StepsPerEpoch { get; init; }

    /// <summary>Rows per update, 1 to the model's <c>Batch</c>; null, the default, is the model's <c>Batch</c>. What is left over is a smaller last batch.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Whether to visit the rows in a new random order each epoch. Null, the default, means yes, unless the model is stateful.</summary>
    public bool? Shuffle { get; init; }

    /// <summary>Where the random orders, the masks of dropout and the noise come from: equal seeds give equal runs, on any machine and
    /// with any number of threads.</summary>
    public int Seed { get; init; }

    /// <summary>Number of threads: 1 unless set. Any number gives the same bits. A model whose batch is too little work for as many is run by fewer,
    /// since they would only wait for each other, and one that is written by hand by one. On WebAssembly it is 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>What is worth a thread, see <see cref="ThreadChoice"/>; tests set less.</summary>
    internal long MultiplyAddsPerThread { get; init; } = ThreadChoice.MultiplyAddsPerThread;

    /// <summary>What is printed.</summary>
    public Verbosity Verbose { get; init; } = Verbosity.Auto;

    /// <summary>Where it is printed; null is the console.</summary>
    public TextWriter? Output { get; init; }

    /// <summary>What happens when the loss, a gradient or a weight is infinite or not a number: <see cref="NonFinite.Stop"/> unless set.</summary>
    public NonFinite OnNonFinite { get; init; }

    /// <summary>What is called while the model trains, in this order: see <see cref="Callback"/>.</summary>
    public IReadOnlyList<Callback> Callbacks { get; init; } = [];

    /// <summary>Whether the loss's gradient is held against finite differences on the first batch: unless set, where a debugger is attached. A loss whose gradient is another one's makes training
    /// throw an <see cref="InvalidOperationException"/>.</summary>
    public bool CheckLossGradient { get; init; } = Debugger.IsAttached;

    /// <summary>Is told what happens, batch by batch, on the thread that trains: for logs and progress bars of one's own. Null for nobody.</summary>
    public IProgress<TrainingEvent>? Progress { get; init; }

    /// <summary>Called after each epoch and its validation. It may set <see cref="EpochResult.StopTraining"/>.</summary>
    public Action<EpochResult>? OnEpochEnd { get; init; }

    /// <summary>The clock behind all durations.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
