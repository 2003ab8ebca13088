using System.Collections.Concurrent;

namespace GenService;

/// <summary>What each stream remembers.</summary>
public sealed class Streams(Forecaster model)
{
    private readonly ConcurrentDictionary<string, Forecaster.State> _states = new();

    /// <summary>Takes a value in and forecasts the next one.</summary>
    public float Next(string stream, float value)
    {
        Forecaster.State state = _states.GetOrAdd(stream, _ => model.CreateState(1));
        Span<float> forecast = stackalloc float[1];
        // Two requests of one stream wait for each other; those of different streams do not.
        lock (state)
            model.Step([value], forecast, state);
        return forecast[0];
    }

    /// <summary>Forgets a stream.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Forget(string stream) => _states.TryRemove(stream, out _);
}
