using System;

namespace GenRnn.Benchmarks.Measuring;

/// <summary>Time steps of a streaming model, one call each, as an audio callback or a sensor's handler makes them.</summary>
internal static class StreamedSteps
{
    /// <summary>Steps that are timed together: one alone is shorter than the clock's tick.</summary>
    public const int PerCall = 256;

    /// <summary>One step of a model whose class is known, which is how a user calls it.</summary>
    public delegate void StepCall<TModel, TState>(TModel model, ReadOnlySpan<float> input, Span<float> output, TState state);

    /// <summary>An action of <see cref="PerCall"/> steps; each one waits for the state that the one before left.</summary>
    public static Action Of<TModel, TState>(TModel model, TState state, StepCall<TModel, TState> step)
    {
        float[] input = [0.3f];
        float[] output = [0f];
        return () =>
        {
            for (int i = 0; i < PerCall; i++)
                step(model, input, output, state);
        };
    }
}
