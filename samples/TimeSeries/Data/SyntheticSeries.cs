using System;

namespace TimeSeries.Data;

/// <summary>
/// The forecasting task of chapter 15 of Aurélien Géron's "Hands-On Machine Learning" (2nd edition): 10,000 series, each the
/// sum of two sine waves of random frequency and phase and a little noise; predict the 51st value from the first 50.
/// </summary>
/// <remarks>
/// The numbers are the book's own, value for value: NumPy's generator with seed 42, drawn in the book's order, computed in
/// double and stored as float. The naive forecast's error on the validation rows, 0.020211, is the proof.
/// </remarks>
internal sealed class SyntheticSeries
{
    public const int WindowLength = 50;
    public const double NaiveValidationError = 0.020211;

    private const int Count = 10_000;
    private const int TrainCount = 7_000;
    private const int ValidationCount = 2_000;
    private const int Steps = WindowLength + 1;

    private SyntheticSeries(WindowSet all)
    {
        Train = all.Slice(0, TrainCount);
        Validation = all.Slice(TrainCount, ValidationCount);
        Test = all.Slice(TrainCount + ValidationCount, Count - TrainCount - ValidationCount);
    }

    public WindowSet Train { get; }

    public WindowSet Validation { get; }

    public WindowSet Test { get; }

    public static SyntheticSeries Generate(uint seed = 42)
    {
        float[] values = Values(Steps, seed);
        var windows = new float[Count * WindowLength];
        var targets = new float[Count];
        for (int series = 0; series < Count; series++)
        {
            values.AsSpan(series * Steps, WindowLength).CopyTo(windows.AsSpan(series * WindowLength));
            targets[series] = values[series * Steps + WindowLength];
        }

        return new SyntheticSeries(new WindowSet(windows, targets, WindowLength));
    }

    /// <summary>All 10,000 series, [series][step]; the first 7,000 are trained on, the next 2,000 validated with.</summary>
    /// <param name="steps">Steps of a series.</param>
    /// <param name="seed">NumPy's seed.</param>
    public static float[] Values(int steps, uint seed = 42)
    {
        var random = new MersenneTwister(seed);

        // The order of the draws is part of the data: rand(4, 10000, 1), then rand(10000, steps).
        double[] frequency1 = Draw(random, Count);
        double[] frequency2 = Draw(random, Count);
        double[] offset1 = Draw(random, Count);
        double[] offset2 = Draw(random, Count);
        double[] noise = Draw(random, Count * steps);

        var values = new float[Count * steps];
        for (int i = 0; i < values.Length; i++)
        {
            int series = i / steps;
            double time = i % steps / (double)(steps - 1);
            double value = 0.5 * Math.Sin((time - offset1[series]) * (frequency1[series] * 10 + 10));
            value += 0.2 * Math.Sin((time - offset2[series]) * (frequency2[series] * 20 + 20));
            value += 0.1 * (noise[i] - 0.5);
            values[i] = (float)value;
        }

        return values;
    }

    private static double[] Draw(MersenneTwister random, int count)
    {
        var values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = random.NextDouble();
        return values;
    }
}
