using System;
using System.IO;
using TimeSeries.Data;
using TimeSeries.Models;
using TimeSeries.Reporting;

namespace TimeSeries.Tasks;

/// <summary>Trains one model on <see cref="Sunspots"/> up to 1959 and forecasts each year from 1960 to 2008 from the twenty before it.</summary>
internal static class SunspotTask
{
    /// <returns>The forecasts, as sunspot numbers.</returns>
    public static float[] Run(Sunspots sunspots, int epochs, TextWriter output)
    {
        output.WriteLine($"Sunspot numbers: {sunspots.Train.Rows} windows of {Sunspots.WindowLength} years to train, forecasts for 1960-2008, one year ahead");
        const string name = "SimpleRnn(10), Dense(1)";
        output.WriteLine($"training {name}");
        Trial trial = Trial.Run(name, new SunspotForecaster(seed: 42), sunspots.Train, validation: null, epochs, learningRate: 0.003);
        float[] forecasts = trial.Forecast(sunspots.Test);
        float[] naive = sunspots.Test.NaiveForecasts();

        var table = new TextTable("", "parameters", "root mean squared error, 1960-2008", "ms/epoch");
        table.Add("naive forecast", "0", $"{Error(naive):F1}", "");
        table.Add(name, $"{trial.Parameters}", $"{Error(forecasts):F1}", $"{trial.SecondsPerEpoch * 1000:F1}");
        output.WriteLine();
        table.Write(output);
        output.WriteLine();
        return sunspots.ToSunspotNumbers(forecasts);

        double Error(float[] standardised) => sunspots.Deviation * Math.Sqrt(sunspots.Test.MeanSquaredError(standardised));
    }
}
