using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace GenRnn;

/// <summary>How to train: Keras' arguments of <c>compile</c> and <c>fit</c>, with Keras' defaults.</summary>
public sealed class FitOptions
{
    /// <summary>What updates the parameters.</summary>
    public required Optimizer Optimizer { get; init; }

    /// <summary>What is minimised: the sum of this loss over all outputs that have a target.</summary>
    public required Loss Loss { get; init; }

    /// <summary>What is reported beside the loss.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary>Rows to evaluate after each epoch, in order: a <see cref="DataSet{T}"/> of the model's element type. Null for none.</summary>
    public DataSet? Validation { get; init; }

    /// <summary>How many times to go through the data: 1 unless set.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Rows per update, 1 to the model's <c>Batch</c>; null, the default, is the model's <c>Batch</c>. What is left over is a smaller last batch.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Whether to visit the rows in a new random order each epoch. Null, the default, means yes, unless the model is stateful.</summary>
    public bool? Shuffle { get; init; }

    /// <summary>Where the random orders, the masks of dropout and the noise come from: equal seeds give equal runs, on any machine and
    /// with any number of threads.</summary>
    public int Seed { get; init; }

    /// <summary>Number of threads: 1 unless set. Any number gives the same bits. A model whose batch is too little work for as many is run by fewer,
    /// since they would only wait for each other. On WebAssembly it is 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>What is worth a thread, see <see cref="ThreadChoice"/>; tests set less.</summary>
    internal long MultiplyAddsPerThread { get; init; } = ThreadChoice.MultiplyAddsPerThread;

    /// <summary>What is printed.</summary>
    public Verbosity Verbose { get; init; } = Verbosity.Auto;

    /// <summary>Where it is printed; null is the console.</summary>
    public TextWriter? Output { get; init; }

    /// <summary>What happens when the loss, a gradient or a weight is infinite or not a number: <see cref="NonFinite.Stop"/> unless set.</summary>
    public NonFinite OnNonFinite { get; init; }

    /// <summary>Called after each epoch and its validation. It may set <see cref="EpochResult.StopTraining"/>.</summary>
    public Action<EpochResult>? OnEpochEnd { get; init; }

    /// <summary>Checked before each batch; training then throws <see cref="OperationCanceledException"/> and leaves the
    /// parameters as the last update made them.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>The clock behind all durations.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
