using System.Globalization;
using GenForecaster;
using GenRnn;

// Trains on a series (a file with a number on each line, or an example) and forecasts what comes next.
//   dotnet run -c Release [FILE]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
float[] values = args.Length > 0 ? [.. File.ReadLines(args[0]).Select(float.Parse)] : Example();
var series = new TimeSeries<float>(values);

// The last fifth says when to stop. Scalers learn from what is trained on alone; the weight file remembers them.
TimeSplit<float> parts = series.Split(training: 0.8, validation: 0.2);
Scaling scaling = Scaling.Fit(parts.Training, Scaler.Standard());
TimeSeries<float> scaled = scaling.Transform(series);
var windows = new WindowOptions { SequenceLength = Forecaster.TimeSteps, Horizon = Forecaster.OutputLength };

var model = new Forecaster(seed: 1);
model.Fit(scaled.Windows(windows with { EndIndex = parts.Training.Length }), new FitOptions
{
    Optimizer = new Adam { LearningRate = 0.003 },
    Loss = Loss.MeanSquaredError,
    Epochs = 50,
    Validation = scaled.Windows(windows with { StartIndex = parts.Training.Length - Forecaster.TimeSteps }),
    Callbacks = [new EarlyStopping { Patience = 5, RestoreBestWeights = true }],
});
model.Save("forecaster.safetensors");

// From the last values of all.
WindowDataSet<float> last = scaled.Windows(windows with { StartIndex = series.Length - Forecaster.TimeSteps, Horizon = 0 });
float[] forecast = scaling.Undo<float>(model.Predict(last), series);
Console.WriteLine($"The next {forecast.Length}: {string.Join("  ", forecast.Select(value => value.ToString("F2")))}");

static float[] Example()
{
    var random = new Random(1);
    return [.. Enumerable.Range(0, 1_000).Select(i => 20 + 5 * MathF.Sin(i * 0.26f) + 2 * MathF.Sin(i * 0.07f) + random.NextSingle())];
}
