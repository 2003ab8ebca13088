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

Directory.CreateDirectory(options.OutputFolder);
if (options.Runs("one-step"))
{
    SyntheticSeries series = SyntheticSeries.Generate();
    float[] seriesForecasts = SyntheticTask.Run(series, epochs: options.IsQuick ? 1 : 20, Console.Out);
    Sunspots sunspots = Sunspots.Load();
    float[] sunspotForecasts = SunspotTask.Run(sunspots, epochs: options.IsQuick ? 5 : 100, Console.Out);
    string chart = Path.GetFullPath(Path.Combine(options.OutputFolder, "forecasts.svg"));
    ForecastChart.Write(chart, series.Test, seriesForecasts, sunspots, sunspotForecasts);
    Console.WriteLine($"Chart: {chart}");
    Console.WriteLine();
}

if (options.Runs("ten-steps"))
    TenStepTask.Run(options.IsQuick ? 320 : 7_000, options.IsQuick ? 200 : 2_000, options.IsQuick ? 1 : 20, options.IsQuick ? [1] : [1, 2, 3], Path.Combine(options.OutputFolder, "ten-steps.txt"), Console.Out);
if (options.Runs("real"))
    RealTask.Run(options.IsQuick ? 2 : 300, Path.GetFullPath(Path.Combine(options.OutputFolder, "real-series.svg")), Console.Out);
if (options.Runs("anomalies"))
    AnomalyTask.Run(options.IsQuick ? 3 : 60, Console.Out);
if (options.Runs("many"))
    ManyTask.Run(options.IsQuick ? 50 : 1_000, options.IsQuick ? 2 : 20, Console.Out);
if (options.Runs("adding"))
    AddingTask.Run(options.IsQuick ? 1 : 60, Console.Out);
return 0;
