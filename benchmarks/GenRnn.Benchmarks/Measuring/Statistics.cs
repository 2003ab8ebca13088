using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Benchmarks.Measuring;

internal static class Statistics
{
    /// <summary>The middle value; of an even number of values the mean of the two in the middle.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
