using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GenRnn;

/// <summary>A script that trains on windows of a series.</summary>
public static class Training
{
    private const int Steps = Forecaster.TimeSteps;
    private const int Features = 3;

    public static void Run(string path)
    {
        float[][] lines = File.ReadAllLines(path).Select(l => l.Split(',').Select(float.Parse).ToArray()).ToArray();
        int rows = lines.Length - Steps - 2;
        var x = new float[rows * Steps * Features];
        var y = new float[rows * 2];
        for (int row = 0; row < rows; row++)
        {
            for (int step = 0; step < Steps; step++)
            {
                for (int f = 0; f < Features; f++)
                    x[(row * Steps + step) * Features + f] = lines[row + step][f];
            }

            for (int ahead = 0; ahead < 2; ahead++)
                y[row * 2 + ahead] = lines[row + Steps + ahead][0];
        }

        int train = rows * 4 / 5;
        var all = new DataSet<float>(x, y);
        var model = new Forecaster(seed: 3);
        History history = model.Fit(all.Slice(0, train), new FitOptions
        {
            Optimizer = new Adam { LearningRate = 1e-3, ClipNorm = 1 },
            Loss = new Huber { Delta = 0.5 },
            Epochs = 20,
            BatchSize = 16,
            Validation = all.Slice(train, rows - train),
        });
        Console.WriteLine(history["loss"].Last());

        // Batches by hand, the last one short.
        var predictions = new float[rows * Forecaster.OutputLength];
        for (int first = 0; first < rows; first += Forecaster.Batch)
        {
            int count = Math.Min(Forecaster.Batch, rows - first);
            model.Predict(
                x.AsSpan(first * Forecaster.InputLength, count * Forecaster.InputLength),
                predictions.AsSpan(first * Forecaster.OutputLength, count * Forecaster.OutputLength));
        }

        // A gradient by hand.
        Forecaster.Workspace workspace = model.CreateWorkspace();
        var output = new float[16 * 2];
        model.Forward(x.AsSpan(0, 16 * Forecaster.InputLength), output, workspace);
        var gradient = new float[output.Length];
        model.Backward(gradient, default, workspace);
    }

    public static void Workers(Forecaster model, float[][] parts)
    {
        var workspaces = Enumerable.Range(0, parts.Length).Select(_ => model.CreateWorkspace()).ToArray();
        Parallel.For(0, parts.Length, i => model.Predict(parts[i], new float[parts[i].Length / Forecaster.InputLength * 2], workspaces[i]));
        using var own = new ThreadLocal<Forecaster.Workspace>(() => model.CreateWorkspace());
        Parallel.ForEach(parts, part => model.Predict(part, new float[part.Length / Forecaster.InputLength * 2], own.Value!));
    }
}
