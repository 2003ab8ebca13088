using System;
using System.Collections.Generic;
using System.Linq;

namespace GenRnn;

/// <summary>A loss for each output of a model, by the output's name. An output that is not named has none.</summary>
internal sealed class OutputLosses : Loss
{
    private readonly Dictionary<string, Loss> _losses = [];

    public OutputLosses(IReadOnlyDictionary<string, Loss> losses)
        : base("output_losses")
    {
        foreach ((string output, Loss loss) in losses)
        {
            ArgumentException.ThrowIfNullOrEmpty(output, nameof(losses));
            ArgumentNullException.ThrowIfNull(loss, nameof(losses));
            if (loss is OutputLosses)
                throw new ArgumentException($"The loss of output '{output}' is a loss for each output itself; expected one loss.", nameof(losses));
            _losses.Add(output, loss);
        }

        if (_losses.Count == 0)
            throw new ArgumentException("Found no losses; expected one for each output that counts.", nameof(losses));
    }

    public override int TargetLength(TensorInfo output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return Of(output)?.TargetLength(output) ?? base.TargetLength(output);
    }

    public override double Evaluate<T>(in PredictionBatch<T> batch, Span<T> gradients) =>
        throw new InvalidOperationException("A loss for each output has no value of its own; Fit, Evaluate and Trainer ask for that of each output.");

    internal override string Description => string.Join("; ", _losses.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {pair.Value.Description}"));

    internal override Loss? Of(TensorInfo output) => _losses.GetValueOrDefault(output.Name);

    internal override Loss Checked()
    {
        var losses = new Dictionary<string, Loss>();
        foreach ((string output, Loss loss) in _losses)
            losses.Add(output, loss.Checked());
        return new OutputLosses(losses);
    }

    internal override void CheckOutputs(ModelInfo info)
    {
        foreach (string output in _losses.Keys)
            TrainingChecks.IndexOfOutput(info, output, nameof(FitOptions.Loss));
    }

    internal override string? FindWrongTarget<T>(ReadOnlySpan<T> targets, int first, TensorInfo output) => Of(output)?.FindWrongTarget(targets, first, output);
}
