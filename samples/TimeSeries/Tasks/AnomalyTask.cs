using System;
using System.IO;
using System.Linq;
using GenRnn;
using TimeSeries.Models;

namespace TimeSeries.Tasks;

/// <summary>An autoencoder learns the days of a sensor; days that it can't give back are anomalies. The stream is drawn, so that what is wrong with it is known.</summary>
internal static class AnomalyTask
{
    private const int Day = 24;
    private const int TrainingDays = 300;
    private const int TestDays = 200;

    /// <param name="epochs">Epochs.</param>
    /// <param name="output">Where the findings go.</param>
    public static void Run(int epochs, TextWriter output)
    {
        (float[] values, bool[] isFaulty) = Stream(new Random(3));
        var stream = new TimeSeries<float>(values);
        Scaling scaling = Scaling.Fit(stream.Slice(0, TrainingDays * Day), Scaler.Standard());
        TimeSeries<float> scaled = scaling.Transform(stream);
        var days = new WindowOptions { SequenceLength = Day, SequenceStride = Day, TargetsAreInputs = true };
        WindowDataSet<float> training = scaled.Windows(days with { EndIndex = TrainingDays * Day }), test = scaled.Windows(days with { StartIndex = TrainingDays * Day });

        var model = new DayAutoencoder(seed: 1);
        model.Fit(training, new FitOptions { Optimizer = new Adam { LearningRate = 0.005 }, Loss = Loss.MeanSquaredError, Epochs = epochs, Seed = 1, Verbose = Verbosity.Silent });

        // Three times what is usual, by the training days alone.
        double limit = 3 * Errors(model, training).Order().ElementAt(TrainingDays / 2);
        double[] errors = Errors(model, test);
        int found = 0, missed = 0, falseAlarms = 0;
        for (int day = 0; day < TestDays; day++)
        {
            bool isAlarm = errors[day] > limit;
            found += isAlarm && isFaulty[day] ? 1 : 0;
            missed += !isAlarm && isFaulty[day] ? 1 : 0;
            falseAlarms += isAlarm && !isFaulty[day] ? 1 : 0;
        }

        output.WriteLine($"Anomalies: a sensor's {TestDays} days, {isFaulty.Count(f => f)} of them faulty, through an autoencoder that saw {TrainingDays} good ones");
        output.WriteLine($"  limit of the reconstruction error {limit:F4}: found {found}, missed {missed}, false alarms {falseAlarms}");
        output.WriteLine();
    }

    // Mean squared error of each day.
    private static double[] Errors(DayAutoencoder model, WindowDataSet<float> windows)
    {
        float[] outputs = model.Predict(windows);
        var day = new float[Day];
        var errors = new double[windows.Count];
        for (int i = 0; i < errors.Length; i++)
        {
            windows.CopyInput(i, day);
            for (int t = 0; t < Day; t++)
                errors[i] += Math.Pow(outputs[i * Day + t] - day[t], 2) / Day;
        }

        return errors;
    }

    // A daily curve with a morning and an evening peak. Faults: stuck at a value, a spike, a shifted day.
    private static (float[] Values, bool[] IsFaulty) Stream(Random random)
    {
        var values = new float[(TrainingDays + TestDays) * Day];
        var isFaulty = new bool[TestDays];
        for (int day = 0; day < TrainingDays + TestDays; day++)
        {
            double size = 1 + 0.2 * (random.NextDouble() - 0.5);
            int fault = day < TrainingDays || random.NextDouble() > 0.1 ? 0 : random.Next(1, 4);
            if (fault > 0)
                isFaulty[day - TrainingDays] = true;
            int at = random.Next(4, Day - 6);
            for (int hour = 0; hour < Day; hour++)
            {
                double shape = Peak(fault == 3 ? hour - 5 : hour, 8) + 1.3 * Peak(fault == 3 ? hour - 5 : hour, 18);
                double value = size * shape + 0.05 * (random.NextDouble() - 0.5);
                if (fault == 1 && hour > at)
                    value = values[day * Day + at];
                if (fault == 2 && hour >= at && hour < at + 2)
                    value += 1.2;
                values[day * Day + hour] = (float)value;
            }
        }

        return (values, isFaulty);

        static double Peak(double hour, double centre) => Math.Exp(-(hour - centre) * (hour - centre) / 8);
    }
}
