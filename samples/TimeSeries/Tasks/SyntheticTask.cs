using System;
using System.IO;
using GenRnn;
using TimeSeries.Data;
using TimeSeries.Models;
using TimeSeries.Reporting;

namespace TimeSeries.Tasks;

/// <summary>Trains four models on <see cref="SyntheticSeries"/> and sets their errors beside the book's.</summary>
internal static class SyntheticTask
{
    /// <returns>The forecasts of the last model for the test rows.</returns>
    public static float[] Run(SyntheticSeries series, int epochs, TextWriter output)
    {
        output.WriteLine($"Synthetic series: {series.Train.Rows} to train, {series.Validation.Rows} to validate, {series.Test.Rows} to test");
        double naive = series.Validation.MeanSquaredError(series.Validation.NaiveForecasts());
        if (Math.Abs(naive - SyntheticSeries.NaiveValidationError) >= 5e-7)
            throw new InvalidDataException($"The naive forecast's error is {naive:F6} and not {SyntheticSeries.NaiveValidationError:F6}: these are not the book's series.");

        var table = new TextTable("", "parameters", "validation MSE", "the book's", "test MSE", "ms/epoch");
        table.Add("naive forecast", "0", $"{naive:F6}", $"{SyntheticSeries.NaiveValidationError:F6}",
            $"{series.Test.MeanSquaredError(series.Test.NaiveForecasts()):F6}", "");

        float[] forecasts = [];
        foreach ((string name, IModel<float> model, double book) in new (string, IModel<float>, double)[]
        {
            ("linear model", new LinearModel(seed: 42), 0.0042),
            ("SimpleRnn(1)", new SingleNeuron(seed: 42), 0.0109),
            ("SimpleRnn 20-20-1", new DeepRnn(seed: 42), 0.0029),
            ("SimpleRnn 20-20, Dense(1)", new DeepRnnWithDense(seed: 42), 0.0026),
        })
        {
            output.WriteLine($"training {name}");
            Trial trial = Trial.Run(name, model, series.Train, series.Validation, epochs);
            forecasts = trial.Forecast(series.Test);
            table.Add(name, $"{trial.Parameters}", $"{series.Validation.MeanSquaredError(trial.Forecast(series.Validation)):F4}", $"{book:F4}",
                $"{series.Test.MeanSquaredError(forecasts):F4}", $"{trial.SecondsPerEpoch * 1000:F0}");
        }

        output.WriteLine();
        table.Write(output);
        output.WriteLine();
        return forecasts;
    }
}
