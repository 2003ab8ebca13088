using System;
using System.Globalization;
using System.IO;
using TimeSeries;
using TimeSeries.Charts;
using TimeSeries.Data;
using TimeSeries.Tasks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

Options options;
try
{
    options = Options.Parse(args);
}
catch (ArgumentException error)
{
    Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

SyntheticSeries series = SyntheticSeries.Generate();
float[] seriesForecasts = SyntheticTask.Run(series, epochs: options.IsQuick ? 1 : 20, Console.Out);

Sunspots sunspots = Sunspots.Load();
float[] sunspotForecasts = SunspotTask.Run(sunspots, epochs: options.IsQuick ? 5 : 100, Console.Out);

Directory.CreateDirectory(options.OutputFolder);
string chart = Path.GetFullPath(Path.Combine(options.OutputFolder, "forecasts.svg"));
ForecastChart.Write(chart, series.Test, seriesForecasts, sunspots, sunspotForecasts);
Console.WriteLine($"Chart: {chart}");
return 0;
