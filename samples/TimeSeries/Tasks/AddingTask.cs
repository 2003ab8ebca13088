using System;
using System.Collections.Generic;
using System.IO;
using GenRnn;
using TimeSeries.Models;
using TimeSeries.Reporting;

namespace TimeSeries.Tasks;

/// <summary>
/// The adding problem (Hochreiter and Schmidhuber, 1997): a hundred random numbers from 0 to 1, two of them marked, one in each half; what is their sum? Whoever always says 1 has an error of 1/6. The first marked
/// number must be kept over up to a hundred steps, which a network without gates does not learn.
/// </summary>
internal static class AddingTask
{
    private const int Length = 100;
    private const int UpdatesPerEpoch = 250;
    private const double Solved = 0.01;

    /// <param name="epochs">Epochs of 250 updates on rows that are drawn as they are needed; training ends earlier where the problem is solved.</param>
    /// <param name="output">Where the table goes.</param>
    public static void Run(int epochs, TextWriter output)
    {
        output.WriteLine($"The adding problem over {Length} steps: error on 1,000 rows, at most {epochs} epochs of {UpdatesPerEpoch} updates; solved below {Solved}");
        DataSet<float> test = TestRows(1_000);
        var table = new TextTable("", "parameters", "epochs", "MSE", "solved", "s");
        foreach ((string name, IModel<float> model) in new (string, IModel<float>)[]
        {
            ("SimpleRnn(32)", new AddingSimpleRnn(seed: 1)), ("Lstm(32)", new AddingLstm(seed: 1)), ("Gru(32)", new AddingGru(seed: 1)),
        })
        {
            History history = model.Fit(StreamedDataSet.From(Rows(new Random(1))), new FitOptions
            {
                Optimizer = new Adam { LearningRate = 0.003, GlobalClipNorm = 1 },
                Loss = Loss.MeanSquaredError,
                Validation = test,
                Epochs = epochs,
                StepsPerEpoch = UpdatesPerEpoch,
                OnEpochEnd = epoch => epoch.StopTraining = epoch.ValidationLoss < Solved,
                Verbose = Verbosity.Silent,
            });
            double error = history["val_loss"][^1];
            table.Add(name, $"{model.Parameters.Length}", $"{history.Epochs.Count}", $"{error:F4}", error < Solved ? "yes" : "no", $"{history.Duration.TotalSeconds:F0}");
        }

        output.WriteLine();
        table.Write(output);
        output.WriteLine();
    }

    private static IEnumerable<Sample<float>> Rows(Random random)
    {
        while (true)
        {
            var inputs = new float[Length * 2];
            float sum = Draw(random, inputs);
            yield return new Sample<float>(inputs, new[] { sum });
        }
    }

    private static DataSet<float> TestRows(int rows)
    {
        var random = new Random(2);
        float[] inputs = new float[rows * Length * 2], targets = new float[rows];
        for (int row = 0; row < rows; row++)
            targets[row] = Draw(random, inputs.AsSpan(row * Length * 2, Length * 2));
        return new DataSet<float>(inputs, targets);
    }

    // [step][number, mark]; the sum of the two that are marked.
    private static float Draw(Random random, Span<float> row)
    {
        for (int step = 0; step < Length; step++)
            row[step * 2] = random.NextSingle();
        int first = random.Next(Length / 2), second = random.Next(Length / 2, Length);
        row[first * 2 + 1] = row[second * 2 + 1] = 1;
        return row[first * 2] + row[second * 2];
    }
}
