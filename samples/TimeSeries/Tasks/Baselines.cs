using System;
using GenRnn;

namespace TimeSeries.Tasks;

/// <summary>What a network has to beat.</summary>
internal static class Baselines
{
    /// <summary>What was there a season ago goes on; with a season of 1, the last value.</summary>
    /// <param name="windows">The windows; forecasts are for their targets.</param>
    /// <param name="series">Their series.</param>
    /// <param name="season">Rows of a season.</param>
    public static float[] Seasonal(WindowDataSet<float> windows, TimeSeries<float> series, int season)
    {
        int horizon = windows.Options.Horizon;
        var forecasts = new float[windows.Count * horizon];
        for (int i = 0; i < forecasts.Length; i++)
            forecasts[i] = series[windows.ForecastRow(i / horizon) + i % horizon % season - season];
        return forecasts;
    }

    /// <summary>A linear regression of each step ahead on the window: least squares, by the normal equations and Cholesky's factor.</summary>
    /// <param name="training">Windows to fit to.</param>
    /// <param name="test">Windows to forecast for.</param>
    public static float[] Linear(WindowDataSet<float> training, WindowDataSet<float> test)
    {
        int inputs = training.InputLength + 1, outputs = training.TargetLength;
        var squares = new double[inputs, inputs];
        var products = new double[inputs, outputs];
        float[] x = new float[inputs], y = new float[outputs];
        x[^1] = 1;
        for (int row = 0; row < training.Count; row++)
        {
            training.CopyInput(row, x);
            training.CopyTarget(row, y);
            for (int i = 0; i < inputs; i++)
            {
                for (int j = 0; j < inputs; j++)
                    squares[i, j] += (double)x[i] * x[j];
                for (int o = 0; o < outputs; o++)
                    products[i, o] += (double)x[i] * y[o];
            }
        }

        Solve(squares, products);
        var forecasts = new float[test.Count * outputs];
        for (int i = 0; i < forecasts.Length; i++)
        {
            if (i % outputs == 0)
                test.CopyInput(i / outputs, x);
            double sum = 0;
            for (int k = 0; k < inputs; k++)
                sum += x[k] * products[k, i % outputs];
            forecasts[i] = (float)sum;
        }

        return forecasts;
    }

    // A = L L', then L Z = B and L' X = Z, in place. A little is added to the diagonal: columns of a window are nearly alike.
    private static void Solve(double[,] a, double[,] b)
    {
        int n = a.GetLength(0);
        double trace = 0;
        for (int i = 0; i < n; i++)
            trace += a[i, i];
        for (int i = 0; i < n; i++)
        {
            a[i, i] += 1e-9 * trace / n;
            for (int j = 0; j <= i; j++)
            {
                for (int k = 0; k < j; k++)
                    a[i, j] -= a[i, k] * a[j, k];
                a[i, j] = i == j ? Math.Sqrt(a[i, j]) : a[i, j] / a[j, j];
            }
        }

        for (int o = 0; o < b.GetLength(1); o++)
        {
            for (int i = 0; i < n; i++)
            {
                for (int k = 0; k < i; k++)
                    b[i, o] -= a[i, k] * b[k, o];
                b[i, o] /= a[i, i];
            }

            for (int i = n - 1; i >= 0; i--)
            {
                for (int k = i + 1; k < n; k++)
                    b[i, o] -= a[k, i] * b[k, o];
                b[i, o] /= a[i, i];
            }
        }
    }
}
