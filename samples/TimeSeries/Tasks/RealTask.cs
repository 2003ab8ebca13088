using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using GenRnn;
using TimeSeries.Charts;
using TimeSeries.Data;
using TimeSeries.Models;
using TimeSeries.Reporting;

namespace TimeSeries.Tasks;

/// <summary>Real series, one and many steps ahead, against three baselines.</summary>
internal static class RealTask
{
    private static readonly RealSeries[] s_series =
    [
        new("Sunspot number, yearly", Measurements.Sunspots(), "years", Season: 11, Length: 20, Horizon: 10, seed => new CycleForecaster(seed), [Scaler.Standard()]),
        new("Carbon dioxide, weekly", Measurements.CarbonDioxide(), "weeks", Season: 52, Length: 52, Horizon: 26, seed => new CarbonForecaster(seed), [Scaler.SeasonalDifference(52), Scaler.Standard()]),
        new("El Niño, monthly", Measurements.ElNino(), "months", Season: 12, Length: 24, Horizon: 12, seed => new OceanForecaster(seed), [Scaler.Standard()], CalendarFeatures.MonthOfYear),
    ];

    /// <param name="epochs">Epochs at most: training ends where the validation part gets worse.</param>
    /// <param name="chart">Where the chart goes.</param>
    /// <param name="output">Where the tables go.</param>
    public static void Run(int epochs, string chart, TextWriter output)
    {
        var drawn = new List<RealForecast>();
        foreach (RealSeries real in s_series)
        {
            // The first 70% are trained on, the next 15% say when to stop, the last 15% are the test. Scalers know the first part alone.
            TimeSeries<float> series = real.Series;
            int validation = series.Length * 70 / 100, test = series.Length * 85 / 100;
            Scaling scaling = Scaling.Fit(series.Slice(0, validation), real.Scalers);
            TimeSeries<float> scaled = scaling.Transform(series);
            if (real.Calendar != CalendarFeatures.None)
                scaled = scaled.WithCalendar(real.Calendar);

            // A part's windows begin before it, so that their first target is its first row.
            var options = new WindowOptions { SequenceLength = real.Length, Horizon = real.Horizon, TargetColumns = [series.ColumnNames[0]] };
            int lag = scaling.Lag;
            WindowDataSet<float> testWindows = scaled.Windows(options with { StartIndex = test - lag - real.Length });
            IModel<float> model = real.Create(1);
            History history = model.Fit(scaled.Windows(options with { EndIndex = validation - lag }), new FitOptions
            {
                Optimizer = new Adam { LearningRate = 0.003 },
                Loss = Loss.MeanSquaredError,
                Epochs = epochs,
                Validation = scaled.Windows(options with { StartIndex = validation - lag - real.Length, EndIndex = test - lag }),
                Callbacks = [new EarlyStopping { Patience = 15, RestoreBestWeights = true }],
                Verbose = Verbosity.Silent,
                Seed = 1,
            });

            float[] forecasts = scaling.Undo(model.Predict(testWindows), testWindows, series);
            WindowDataSet<float> raw = series.Windows(options with { StartIndex = test - real.Length }), training = series.Windows(options with { EndIndex = validation });
            float[] naive = Baselines.Seasonal(raw, series, 1);
            (string Name, float[] Forecasts)[] all =
                [("naive: the last value", naive), ("seasonal naive", Baselines.Seasonal(raw, series, real.Season)), ("linear regression", Baselines.Linear(training, raw)), ($"GRU, {history.Epochs.Count} epochs", forecasts)];
            var table = new TextTable("", "RMSE 1 ahead", "skill", $"RMSE 1 to {real.Horizon} ahead", "skill ");
            foreach ((string name, float[] values) in all)
                table.Add(name, Text(values, 1), Skill(values, 1), Text(values, real.Horizon), Skill(values, real.Horizon));
            output.WriteLine($"{real.Name}: {series.Length} {real.Unit}, {real.Length} seen; tested from {series.Times[test]:yyyy-MM-dd} on. Skill: 1 - RMSE / RMSE of the naive forecast");
            output.WriteLine();
            table.Write(output);
            output.WriteLine();
            drawn.Add(new RealForecast(real, raw, forecasts));

            string Text(float[] values, int steps) => $"{Error(values, raw, steps):F3}";
            string Skill(float[] values, int steps) => $"{100 * (1 - Error(values, raw, steps) / Error(naive, raw, steps)):F0}%";
        }

        RealChart.Write(chart, drawn);
        output.WriteLine($"Chart: {chart}");
        output.WriteLine();
    }

    // Root mean squared error of the first steps of each forecast.
    private static double Error(float[] forecasts, WindowDataSet<float> windows, int steps)
    {
        int horizon = windows.Options.Horizon;
        var target = new float[horizon];
        double sum = 0;
        for (int i = 0; i < windows.Count; i++)
        {
            windows.CopyTarget(i, target);
            for (int h = 0; h < steps; h++)
                sum += Math.Pow(forecasts[i * horizon + h] - target[h], 2);
        }

        return Math.Sqrt(sum / (windows.Count * steps));
    }
}

/// <summary>A real series and how it is forecast.</summary>
internal sealed record RealSeries(
    string Name, TimeSeries<float> Series, string Unit, int Season, int Length, int Horizon, Func<int, IModel<float>> Create, Scaler[] Scalers, CalendarFeatures Calendar = CalendarFeatures.None);

/// <summary>Forecasts of the test part, in the series' own units.</summary>
internal sealed record RealForecast(RealSeries Real, WindowDataSet<float> Windows, float[] Forecasts);
