using System;

namespace GenRnn;

/// <summary>Lets a training survive: it is written to a file now and then, and where the file is there, <c>Fit</c> goes on from it. Keras' <c>BackupAndRestore</c>.</summary>
/// <remarks>
/// Killed at any moment and started again with the same model, data and options, a training ends with the bits of one that was never interrupted, on any number of threads. The file holds all that it takes:
/// weights, moments, averages and accumulated gradients of the optimiser, the counts that random masks and orders are drawn by, carried states, position, history, and what callbacks and metrics keep
/// (<see cref="Callback.OnCheckpoint"/>). It is a safetensors file that is written beside its place and then renamed, so an older one stays whole until then. What may differ when a training goes on:
/// <see cref="FitOptions.Epochs"/>, <see cref="FitOptions.Threads"/>, and what is printed. Anything else is refused, by name, before anything changes. At most one is among the callbacks; its place there does
/// not matter: it writes when all others have been called.
/// </remarks>
public sealed class BackupAndRestore : Callback
{
    /// <param name="path">The file: a <c>.safetensors</c> file of its own, no other training's and no weights.</param>
    /// <exception cref="ArgumentException">The file's name ends in something else.</exception>
    public BackupAndRestore(string path) => Path = ModelCheckpoint.RequireSuffix(path, "A checkpoint is");

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>After how many batches it is written, again and again: Keras' <c>save_freq</c>. Null, the default: at the end of each epoch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int? SaveFrequency
    {
        get;
        init => field = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(SaveFrequency), value, "SaveFrequency is at least 1, or null for once an epoch.");
    }

    /// <summary>Whether the file is deleted when training has ended, as in Keras: true unless set. If it stays, the same training started again returns at once, with weights and history of the end.</summary>
    public bool DeleteCheckpoint { get; init; } = true;
}
