using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using GenRnn.Benchmarks.Measuring;

namespace GenRnn.Benchmarks.Cells;

/// <summary>
/// Cells in C# beside the built-in ones of the same equations: the same weights, call by call in turns, so that what the machine does
/// otherwise hits both alike.
/// </summary>
internal static class CellContest
{
    private const double SampleSeconds = 1e-3;

    private static readonly (string Cell, Func<IModel<float>> BuiltIn, Func<IModel<float>> Written, Func<IModel<float>> GateByGate)[] s_rows =
    [
        ("Gru 16", () => new BuiltInGruModel16(), () => new WrittenGruModel16(), () => new GateByGateGruModel16()),
        ("Gru 64", () => new BuiltInGruModel64(), () => new WrittenGruModel64(), () => new GateByGateGruModel64()),
        ("Gru 100", () => new BuiltInGruModel100(), () => new WrittenGruModel100(), () => new GateByGateGruModel100()),
        ("Lstm 16", () => new BuiltInLstmModel16(), () => new WrittenLstmModel16(), () => new GateByGateLstmModel16()),
        ("Lstm 64", () => new BuiltInLstmModel64(), () => new WrittenLstmModel64(), () => new GateByGateLstmModel64()),
        ("Lstm 100", () => new BuiltInLstmModel100(), () => new WrittenLstmModel100(), () => new GateByGateLstmModel100()),
    ];

    private static readonly (string Name, Func<IModel<float>, Action> Start)[] s_modes =
    [
        ("inference, one row", model => Inference(model, 1)),
        ("inference, 8 rows", model => Inference(model, 8)),
        ("forward and backward, 8 rows", Training),
    ];

    /// <summary>Writes the table.</summary>
    /// <param name="rounds">Samples of at least a millisecond that each contestant gives.</param>
    /// <param name="output">Where to.</param>
    public static void Run(int rounds, TextWriter output)
    {
        output.WriteLine("| cell | | built in, us | in C#, us | ratio | gate by gate, us | ratio |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach ((string cell, Func<IModel<float>> builtIn, Func<IModel<float>> written, Func<IModel<float>> gateByGate) in s_rows)
        {
            foreach ((string mode, Func<IModel<float>, Action> start) in s_modes)
            {
                double[] times = Measure([start(builtIn()), start(written()), start(gateByGate())], rounds);
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {cell} | {mode} | {times[0]:0.00} | {times[1]:0.00} | **{times[1] / times[0]:0.00}** | {times[2]:0.00} | **{times[2] / times[0]:0.00}** |"));
            }
        }
    }

    /// <summary>Median microseconds of each action, in turns.</summary>
    private static double[] Measure(Action[] actions, int rounds)
    {
        int[] calls = actions.Select(action => Math.Max(1, (int)(SampleSeconds / Sampler.WarmUp(action)))).ToArray();
        List<double>[] samples = actions.Select(_ => new List<double>(rounds)).ToArray();
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < actions.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                for (int call = 0; call < calls[i]; call++)
                    actions[i]();
                samples[i].Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls[i]);
            }
        }

        return samples.Select(Statistics.Median).ToArray();
    }

    private static Action Inference(IModel<float> model, int rows)
    {
        ModelInfo info = model.Info;
        float[] x = Values(rows * info.InputLength), y = new float[rows * info.OutputLength];
        return () => model.Predict(x, y);
    }

    private static Action Training(IModel<float> model)
    {
        ModelInfo info = model.Info;
        float[] x = Values(info.Batch * info.InputLength), y = new float[info.Batch * info.OutputLength], gradients = Values(y.Length);
        ModelWorkspace<float> workspace = model.CreateWorkspace();
        return () =>
        {
            model.Forward(x, y, null, workspace, training: true);
            model.Backward(gradients, default, workspace);
        };
    }

    private static float[] Values(int count)
    {
        var random = new Random(1);
        return Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f).ToArray();
    }
}
