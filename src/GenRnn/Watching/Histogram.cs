using System;

namespace GenRnn;

/// <summary>How often values fall into each of some buckets of one width, as TensorBoard's histogram plugin counts them.</summary>
/// <param name="Minimum">Left edge of the first bucket.</param>
/// <param name="Maximum">Right edge of the last, which belongs to it.</param>
/// <param name="Counts">Values in each bucket.</param>
internal sealed record Histogram(double Minimum, double Maximum, long[] Counts)
{
    /// <summary>Counts values; those that are NaN or infinite are left out. Without any, all counts are 0.</summary>
    /// <param name="values">The values.</param>
    /// <param name="buckets">Number of buckets.</param>
    public static Histogram Of(ReadOnlySpan<double> values, int buckets)
    {
        double minimum = double.PositiveInfinity, maximum = double.NegativeInfinity;
        foreach (double value in values)
        {
            if (double.IsFinite(value))
                (minimum, maximum) = (Math.Min(minimum, value), Math.Max(maximum, value));
        }

        var counts = new long[buckets];
        if (minimum > maximum)
            return new Histogram(0, 0, counts);
        double width = (maximum - minimum) / buckets;
        foreach (double value in values)
        {
            if (double.IsFinite(value))
                counts[width > 0 ? (int)Math.Min((value - minimum) / width, buckets - 1) : buckets - 1]++;
        }

        return new Histogram(minimum, maximum, counts);
    }

    /// <summary>Left edge, right edge and count of each bucket. Of one value alone, all edges are it.</summary>
    public double[] ToBuckets()
    {
        int count = Counts.Length;
        double width = (Maximum - Minimum) / count;
        var buckets = new double[count * 3];
        for (int i = 0; i < count; i++)
        {
            buckets[i * 3] = i == 0 ? Minimum : Minimum + i * width;
            buckets[i * 3 + 1] = i == count - 1 ? Maximum : Minimum + (i + 1) * width;
            buckets[i * 3 + 2] = Counts[i];
        }

        return buckets;
    }
}
