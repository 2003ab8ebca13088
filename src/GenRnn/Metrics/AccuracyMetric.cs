namespace GenRnn;

/// <summary>The share of positions (or, binary, of values) that are right: a mean over all that count.</summary>
internal sealed class AccuracyMetric(string name, AccuracyKind kind) : Metric(name)
{
    public override MetricState<T> CreateState<T>() => new AccuracyState<T>(Name, kind);
}
