using System;
using GenRnn.CompilerServices;

namespace GenRnn;

/// <summary>How many threads run a model's passes: those that were asked for, as far as there is work for them.</summary>
/// <remarks>
/// A pass on several threads meets at three barriers, which take some microseconds where all of them are awake and a hundred where one has to
/// be woken; and what one thread runs, it runs in the order that its caches like best. So each thread gets a share that outweighs that.
/// </remarks>
internal static class ThreadChoice
{
    /// <summary>Multiply-adds of a forward pass that are worth a thread: a training step of three times as many takes about half a millisecond.</summary>
    public const long MultiplyAddsPerThread = 8_000_000;

    /// <summary>Whether there are threads at all: WebAssembly has one.</summary>
    public static bool HasThreads => !OperatingSystem.IsBrowser() && !OperatingSystem.IsWasi();

    /// <summary>Threads that a batch is worth.</summary>
    /// <param name="info">The model.</param>
    /// <param name="asked">How many there may be.</param>
    /// <param name="multiplyAddsPerThread">What one has to have to do.</param>
    public static int For(ModelInfo info, int asked, long multiplyAddsPerThread)
    {
        // As a decimal nothing overflows, whatever a hand-written model says of itself.
        decimal work = (decimal)info.MultiplyAddsPerRow * info.Batch;
        // Where rows stay together, what is split is the parameter gradients: a third.
        if (info.MixesRows || info.Batch <= PassProgress.RowBlock)
            work /= 3;
        return (int)Math.Clamp(work / Math.Max(1, multiplyAddsPerThread), 1, asked);
    }
}
