namespace GenRnn;

/// <summary>A mean of batch means, each weighing as many rows as it has; 0 while there are none.</summary>
internal struct RunningMean
{
    private double _total;
    private long _count;

    public readonly double Result => _count == 0 ? 0 : _total / _count;

    public void Add(double mean, int count)
    {
        _total += mean * count;
        _count += count;
    }
}
