using System;
using System.IO;
using System.Linq;
using GenRnn;
using TimeSeries.Data;
using TimeSeries.Models;
using TimeSeries.Reporting;

namespace TimeSeries.Tasks;

/// <summary>Ten steps ahead, the second half of the book's chapter: eight networks beside what Keras makes of them.</summary>
internal static class TenStepTask
{
    private const int Length = 50;
    private const int Horizon = 10;
    private const int Steps = Length + Horizon;
    private const int ValidationStart = 7_000;

    /// <param name="trainCount">Series to train on.</param>
    /// <param name="validationCount">Series to validate with.</param>
    /// <param name="epochs">Epochs.</param>
    /// <param name="seeds">Seeds of weights; the table has medians.</param>
    /// <param name="file">Where each figure is kept as soon as it is known.</param>
    /// <param name="output">Where the table goes.</param>
    public static void Run(int trainCount, int validationCount, int epochs, int[] seeds, string file, TextWriter output)
    {
        output.WriteLine($"Ten steps ahead: {trainCount} series, {epochs} epochs; mean squared error of the ten forecasts at the last step, median of {seeds.Length} seeds");
        float[] values = SyntheticSeries.Values(Steps);
        TimeSeries<float>[] all = [.. Enumerable.Range(0, ValidationStart + validationCount).Select(i => new TimeSeries<float>(values.AsMemory(i * Steps, Steps)))];
        TimeSeries<float>[] train = all[..trainCount], validation = all[ValidationStart..];
        var atTheEnd = new WindowOptions { SequenceLength = Length, Horizon = Horizon };
        WindowOptions atEachStep = atTheEnd with { TargetsAtEachStep = true };

        var table = new TextTable("", "parameters", "MSE", "Keras", "ratio", "s/epoch");
        table.Add("naive forecast", "0", $"{NaiveError(validation):F4}", "0.2570", "", "");
        (string Name, Func<int, IModel<float>> Create, DataSet<float> Data, double Rate, double Keras)[] trials =
        [
            ("linear model", seed => new LinearTenSteps(seed), WindowDataSet.Of(train, atTheEnd), 0.001, 0.0191),
            ("RNN 20-20, Dense(10) at the end", seed => new RnnAtTheEnd(seed), WindowDataSet.Of(train, atTheEnd), 0.001, 0.0102),
            ("RNN 20-20", seed => new RnnAtEachStep(seed), WindowDataSet.Of(train, atEachStep), 0.01, 0.0065),
            ("layer-normalised RNN 20-20", seed => new NormalizedRnn(seed), WindowDataSet.Of(train, atEachStep), 0.001, 0.0145),
            ("LSTM 20-20", seed => new DeepLstm(seed), WindowDataSet.Of(train, atEachStep), 0.001, 0.0095),
            ("GRU 20-20", seed => new DeepGru(seed), WindowDataSet.Of(train, atEachStep), 0.001, 0.0092),
            ("Conv1D and GRU 20-20", seed => new ConvolutionAndGru(seed), AfterConvolution(train), 0.001, 0.0064),
            ("WaveNet", seed => new WaveNet(seed), WindowDataSet.Of(train, atEachStep), 0.001, 0.0078),
        ];
        WindowDataSet<float> test = WindowDataSet.Of(validation, atTheEnd);
        var figures = new FigureFile(file, $"{trainCount} series;{validationCount} to validate;{epochs} epochs");
        foreach ((string name, Func<int, IModel<float>> create, DataSet<float> data, double rate, double keras) in trials)
        {
            double[][] trained = [.. seeds.Select(seed => figures.Get(name, seed, output, () => Train(create(seed), data, rate, epochs, seed, model => LastStepError(model.Predict(test), validation))))];
            double error = trained.Select(figure => figure[0]).Order().ElementAt(seeds.Length / 2);
            table.Add(name, $"{create(0).Parameters.Length}", $"{error:F4}", $"{keras:F4}", $"{error / keras:F2}", $"{trained[0][1]:F2}");
        }

        output.WriteLine();
        table.Write(output);
        output.WriteLine();
    }

    /// <returns>The error, and the seconds of the last epoch.</returns>
    private static double[] Train(IModel<float> model, DataSet<float> data, double rate, int epochs, int seed, Func<IModel<float>, double> evaluate)
    {
        History history = model.Fit(data, new FitOptions
        {
            Optimizer = new Adam { LearningRate = rate }, Loss = Loss.MeanSquaredError, Epochs = epochs, Seed = seed, Verbose = Verbosity.Silent, Threads = Environment.ProcessorCount,
        });
        return [evaluate(model), history.Epochs[^1].Duration.TotalSeconds];
    }

    private static double NaiveError(TimeSeries<float>[] series)
    {
        var forecasts = new float[series.Length * Horizon];
        for (int i = 0; i < forecasts.Length; i++)
            forecasts[i] = series[i / Horizon][Length - 1];
        return LastStepError(forecasts, series);
    }

    // The last ten numbers of a prediction are the forecasts after the last step.
    private static double LastStepError(float[] predictions, TimeSeries<float>[] series)
    {
        int perRow = predictions.Length / series.Length;
        double sum = 0;
        for (int i = 0; i < series.Length; i++)
        {
            for (int h = 0; h < Horizon; h++)
            {
                double error = predictions[(i + 1) * perRow - Horizon + h] - series[i][Length + h];
                sum += error * error;
            }
        }

        return sum / (series.Length * Horizon);
    }

    // The convolution's step i has seen the values up to 2 i + 3: its targets are the ten after that.
    private static DataSet<float> AfterConvolution(TimeSeries<float>[] series)
    {
        const int OutputSteps = 24;
        var inputs = new float[series.Length * Length];
        var targets = new float[series.Length * OutputSteps * Horizon];
        for (int i = 0; i < series.Length; i++)
        {
            ReadOnlySpan<float> values = series[i].Values.Span;
            values[..Length].CopyTo(inputs.AsSpan(i * Length));
            for (int step = 0; step < OutputSteps; step++)
                values.Slice(2 * step + 4, Horizon).CopyTo(targets.AsSpan((i * OutputSteps + step) * Horizon));
        }

        return new DataSet<float>(inputs, targets);
    }
}
