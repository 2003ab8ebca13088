namespace GenRnn;

/// <summary>A metric of one output of a model with several.</summary>
internal sealed class OutputMetric(Metric metric, string output) : Metric(metric.Name)
{
    public override MetricState<T> CreateState<T>() => metric.CreateState<T>();

    public override string ToString() => $"{Name} of {output}";

    internal override bool IsOf(TensorInfo tensor) => tensor.Name == output;

    internal override Metric? OnLogits(Activation activation) => metric.OnLogits(activation);

    internal override void CheckOutputs(ModelInfo info) => TrainingChecks.IndexOfOutput(info, output, nameof(For));
}
