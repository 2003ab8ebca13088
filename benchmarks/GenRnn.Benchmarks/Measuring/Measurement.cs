using System.Text.Json;
using System.Text.Json.Serialization;

namespace GenRnn.Benchmarks.Measuring;

/// <summary>One line of a contestant's output: the median of one process.</summary>
/// <param name="Peer">Who ran.</param>
/// <param name="Workload">The workload's id.</param>
/// <param name="Mode">What was timed: see <see cref="Modes"/>.</param>
/// <param name="Microseconds">Median time of a call.</param>
/// <param name="MaximumError">Largest error against a naive reference, or of a gradient against a finite difference; null if not checked.</param>
/// <param name="Bytes">Managed bytes allocated by a call; null for peers.</param>
internal sealed record Measurement(
    [property: JsonPropertyName("peer")] string Peer,
    [property: JsonPropertyName("workload")] string Workload,
    [property: JsonPropertyName("mode")] string Mode,
    [property: JsonPropertyName("us")] double Microseconds,
    [property: JsonPropertyName("maxerr")] double? MaximumError = null,
    [property: JsonPropertyName("bytes")] double? Bytes = null)
{
    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>Reads one line; null if it is something else, such as a library's greeting.</summary>
    public static Measurement? Parse(string line)
    {
        if (!line.StartsWith('{'))
            return null;
        try
        {
            return JsonSerializer.Deserialize<Measurement>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What can be timed. The first two are compared with peers; the others say where our time goes.</summary>
internal static class Modes
{
    /// <summary>Forward pass for inference.</summary>
    public const string Inference = "infer";

    /// <summary>Forward, mean squared error, backward and an SGD update.</summary>
    public const string TrainingStep = "train-sgd";

    /// <summary>The same with Adam.</summary>
    public const string TrainingStepAdam = "train-adam";

    /// <summary>Forward pass that keeps what the backward pass needs.</summary>
    public const string TrainingForward = "forward";

    /// <summary>Forward and backward pass: a forward pass is differentiated once, so none is timed without the other.</summary>
    public const string Passes = "forward-backward";

    /// <summary>The loss and its gradient alone.</summary>
    public const string Loss = "loss";

    /// <summary>The SGD update with the repacking of the weights.</summary>
    public const string Update = "update";

    /// <summary>Repacking the weights alone.</summary>
    public const string Repack = "repack";

    /// <summary>One streamed time step.</summary>
    public const string Step = "step";
}
