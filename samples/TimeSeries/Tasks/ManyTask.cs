using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using GenRnn;
using TimeSeries.Models;

namespace TimeSeries.Tasks;

/// <summary>A model for each of a thousand stores, on all cores. The stores are drawn: a level, a trend, a week and noise of its own each.</summary>
internal static class ManyTask
{
    private const int Days = 400;
    private const int TestDays = 60;
    private const int Length = 14;

    /// <param name="stores">Number of stores.</param>
    /// <param name="epochs">Epochs.</param>
    /// <param name="output">Where the report goes.</param>
    public static void Run(int stores, int epochs, TextWriter output)
    {
        TimeSeries<float>[] sales = [.. Enumerable.Range(0, stores).Select(store => Sales(new Random(store)))];
        Scaling[] scalings = [.. sales.Select(series => Scaling.Fit(series.Slice(0, Days - TestDays), Scaler.Standard()))];
        TimeSeries<float>[] scaled = [.. sales.Select((series, i) => scalings[i].Transform(series).WithCalendar(CalendarFeatures.DayOfWeek))];
        var options = new WindowOptions { SequenceLength = Length, TargetColumns = ["sales"] };
        DataSet<float>[] training = [.. scaled.Select(series => series.Windows(options with { EndIndex = Days - TestDays }))];

        var clock = Stopwatch.StartNew();
        Farm<float> farm = ModelFarm.Fit(
            () => new StoreForecaster(seed: 1),
            training,
            new FitOptions { Optimizer = new Adam { LearningRate = 0.01 }, Loss = Loss.MeanSquaredError, Epochs = epochs, ValidationSplit = 0.1, Seed = 1 },
            names: [.. Enumerable.Range(1, stores).Select(store => $"store {store}")]);
        clock.Stop();

        var model = new StoreForecaster();
        int better = 0;
        double ours = 0, seasonal = 0;
        for (int i = 0; i < stores; i++)
        {
            farm.LoadInto(model, i);
            WindowDataSet<float> test = scaled[i].Windows(options with { StartIndex = Days - TestDays - Length });
            double error = Error(scalings[i].Undo(model.Predict(test), test, sales[i]), test, sales[i]);
            double naive = Error(Baselines.Seasonal(test, sales[i], 7), test, sales[i]);
            better += error < naive ? 1 : 0;
            ours += error;
            seasonal += naive;
        }

        output.WriteLine($"{stores} stores, a model each: {farm.Model.ParameterCount} parameters, {epochs} epochs, {clock.Elapsed.TotalSeconds:F1} s on {Environment.ProcessorCount} cores");
        output.WriteLine($"  better than the same day a week ago in {100.0 * better / stores:F0}% of the stores; mean absolute error {ours / stores:F2} against {seasonal / stores:F2}");
        output.WriteLine(farm.Report(worst: 3));
    }

    private static double Error(float[] forecasts, WindowDataSet<float> windows, TimeSeries<float> series) =>
        Enumerable.Range(0, windows.Count).Average(i => Math.Abs((double)forecasts[i] - series[windows.ForecastRow(i)]));

    private static TimeSeries<float> Sales(Random random)
    {
        double level = 20 + 80 * random.NextDouble(), trend = 0.1 * (random.NextDouble() - 0.5), noise = 0.05 + 0.1 * random.NextDouble();
        double[] week = [.. Enumerable.Range(0, 7).Select(_ => 0.6 + 0.8 * random.NextDouble())];
        float[] values = [.. Enumerable.Range(0, Days).Select(day => (float)((level + trend * day) * week[day % 7] * (1 + noise * (random.NextDouble() + random.NextDouble() - 1))))];
        DateTime[] times = [.. Enumerable.Range(0, Days).Select(day => new DateTime(2024, 1, 1).AddDays(day))];
        return new TimeSeries<float>(values, 1, ["sales"], times);
    }
}
