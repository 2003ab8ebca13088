using System;

namespace GenRnn.Benchmarks.Measuring;

/// <summary>Steps of a model that streams, each as short as tens of nanoseconds.</summary>
internal static class StreamedSteps
{
    /// <summary>Steps that are timed together: one alone is shorter than the clock's tick.</summary>
    public const int PerCall = 256;

    /// <summary><see cref="PerCall"/> steps in a loop, of a model whose class is known, which is how a user calls it.</summary>
    public delegate void Call<TModel, TState>(TModel model, ReadOnlySpan<float> input, Span<float> output, TState state);

    /// <summary>An action of <see cref="PerCall"/> steps; each one waits for the state that the one before left.</summary>
    public static Action Of<TModel, TState>(TModel model, TState state, Call<TModel, TState> steps)
    {
        float[] input = [0.3f];
        float[] output = [0f];
        return () => steps(model, input, output, state);
    }
}
