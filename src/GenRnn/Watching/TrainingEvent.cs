using System;
using System.Globalization;

namespace GenRnn;

/// <summary>What a <see cref="TrainingEvent"/> tells.</summary>
public enum TrainingEventKind
{
    /// <summary>Training begins, or goes on from a checkpoint.</summary>
    Began,

    /// <summary>An epoch begins, or goes on.</summary>
    EpochBegan,

    /// <summary>A batch and its update are done.</summary>
    BatchEnded,

    /// <summary>An epoch and its validation are done.</summary>
    EpochEnded,

    /// <summary>Training is done.</summary>
    Ended,
}

/// <summary>Something that happened in a training, for <see cref="FitOptions.Progress"/>: plain values with names, as loggers like them.</summary>
public readonly record struct TrainingEvent
{
    /// <summary>What happened.</summary>
    public required TrainingEventKind Kind { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>Which epoch, from 1: the one that runs, or ran last.</summary>
    public required int Epoch { get; init; }

    /// <summary>Where training ends: <see cref="FitOptions.Epochs"/>.</summary>
    public required int Epochs { get; init; }

    /// <summary>Batches of the epoch that are done.</summary>
    public required int Batch { get; init; }

    /// <summary>Batches of an epoch; null while a stream has not told.</summary>
    public required int? Batches { get; init; }

    /// <summary>The loss of the batch before its update; NaN in other events.</summary>
    public double Loss { get; init; }

    /// <summary>How long the epoch has run.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The results of an epoch that ended; null in other events.</summary>
    public Logs? Results { get; init; }

    /// <summary>A line of text: <c>Forecaster, epoch 3/20: loss: 0.0213 - val_loss: 0.0199</c>.</summary>
    public override string ToString() => Kind switch
    {
        TrainingEventKind.Began => $"{Model}: training begins",
        TrainingEventKind.Ended => $"{Model}: training is done",
        TrainingEventKind.BatchEnded => string.Create(CultureInfo.InvariantCulture, $"{Model}, epoch {Epoch}/{Epochs}, batch {Batch}{(Batches is null ? "" : "/")}{Batches}: loss: {NumberText.Value(Loss)}"),
        TrainingEventKind.EpochEnded => string.Create(CultureInfo.InvariantCulture, $"{Model}, epoch {Epoch}/{Epochs}: {Results}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Model}, epoch {Epoch}/{Epochs}"),
    };
}
