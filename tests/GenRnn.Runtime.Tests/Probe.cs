using System;
using System.Collections.Generic;
using System.Linq;
using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using GenRnn.CompilerServices;

namespace GenRnn.Runtime.Tests;

/// <summary>
/// Digests of the bits that the numeric functions give on fixed inputs: printed by a child process under other vector
/// widths, and compared with this one's.
/// </summary>
internal static class Probe
{
    public static int Main()
    {
        Console.WriteLine(FormattableString.Invariant($"lanes {Vector<float>.Count}"));
        foreach ((string name, ulong digest) in Digests())
            Console.WriteLine(FormattableString.Invariant($"{name} {digest:x16}"));
        return 0;
    }

    /// <summary>Runs <see cref="Main"/> in a process with the given environment variables; its lines as name and value.</summary>
    public static Dictionary<string, string> Run(params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Probe).Assembly.Location]) { RedirectStandardOutput = true };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The probe ended with {process.ExitCode}:\n{output}");

        var lines = new Dictionary<string, string>();
        foreach (string line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] parts = line.Split(' ');
            lines.Add(parts[0], parts[1]);
        }

        return lines;
    }

    public static IEnumerable<(string Name, ulong Digest)> Digests()
    {
        float[] singles = Inputs.Singles(perExponent: 24);
        foreach (SingleFunction function in Functions.Single)
            yield return (function.Name + ".single", Digest(Functions.Map(function.Apply, singles)));
        double[] doubles = Inputs.Doubles(perExponent: 4);
        foreach (DoubleFunction function in Functions.Double)
            yield return (function.Name + ".double", Digest(Functions.Map(function.Apply, doubles)));

        yield return ("reduction.single", Digest(SingleReductions()));
        yield return ("reduction.double", Digest(DoubleReductions()));
        yield return ("weights", Digest(Weights()));
        yield return ("masks", Digest(Masks()));
        yield return ("losses", Digest(Losses()));
        yield return ("optimizers", Digest(Optimizers()));
        yield return ("schedules", Digest(Schedules()));
        yield return ("penalties", Digest(Penalties()));
        yield return ("constraints", Digest(Constraints()));
    }

    /// <summary>Penalties with their gradients, on matrices whose sides are no multiple of any vector's lanes.</summary>
    private static double[] Penalties()
    {
        RegularizerInfo[] all = [new() { L1 = 0.3 }, new() { L2 = 0.7 }, new() { L1 = 0.2, L2 = 0.4 }, new() { Orthogonal = 0.5 }, new() { L1 = 0.1, L2 = 0.1, Orthogonal = 0.9, Mode = OrthogonalMode.Columns }];
        ModelInfo info = Modified(all.Length, (variable, i) => variable with { Regularizer = all[i] });
        var penalties = new WeightPenalties<float>(info);
        var random = new Random(5);
        float[] parameters = [.. Enumerable.Range(0, info.ParameterCount).Select(_ => random.NextSingle() - 0.5f)], gradients = [.. parameters];
        return [penalties.Differentiate(parameters, gradients), penalties.Evaluate(parameters), .. Array.ConvertAll(gradients, g => (double)g)];
    }

    private static double[] Constraints()
    {
        ConstraintInfo[] all =
        [
            new() { Kind = ConstraintKind.MaxNorm, Max = 0.8 }, new() { Kind = ConstraintKind.UnitNorm, Axes = [1] }, new() { Kind = ConstraintKind.NonNegative },
            new() { Kind = ConstraintKind.MinMaxNorm, Min = 0.5, Max = 1.1, Rate = 0.7 }, new() { Kind = ConstraintKind.UnitNorm, Axes = [0, 1] },
        ];
        ModelInfo info = Modified(all.Length, (variable, i) => variable with { Constraint = all[i] });
        var random = new Random(6);
        float[] parameters = [.. Enumerable.Range(0, info.ParameterCount).Select(_ => random.NextSingle() - 0.5f)];
        OptimizerState<float> state = new Sgd { UseEma = true }.CreateState<float>(info);
        for (int step = 0; step < 3; step++)
            state.Apply([.. Enumerable.Range(0, info.ParameterCount).Select(_ => random.NextSingle() - 0.5f)], parameters);
        return Array.ConvertAll(parameters, w => (double)w);
    }

    private static ModelInfo Modified(int variables, Func<VariableInfo, int, VariableInfo> modify) => Models.Small() with
    {
        Variables = [.. Enumerable.Range(0, variables).Select(i => modify(new VariableInfo { Path = $"v{i}", Shape = [7, 21], Offset = i * 147 }, i))],
        ParameterCount = variables * 147,
    };

    /// <summary>Values and gradients, with more classes than lanes, and not a multiple of them.</summary>
    private static double[] Losses()
    {
        const int positions = 3;
        const int classes = 21;
        var random = new Random(3);
        float[] shares = [.. Enumerable.Range(0, positions * classes).Select(_ => random.NextSingle())];
        float[] targets = [.. Enumerable.Range(0, positions * classes).Select(_ => random.NextSingle())];
        Loss[] all =
        [
            Loss.MeanSquaredError, Loss.MeanAbsoluteError, Loss.MeanAbsolutePercentageError, Loss.MeanSquaredLogarithmicError, Loss.Huber, Loss.LogCosh,
            Loss.BinaryCrossentropy, new BinaryCrossentropy { FromLogits = true }, Loss.CategoricalCrossentropy, new CategoricalCrossentropy { FromLogits = true },
            Loss.SparseCategoricalCrossentropy, new SparseCategoricalCrossentropy { FromLogits = true }, Loss.KLDivergence, Loss.Poisson, Loss.Hinge,
            Loss.SquaredHinge, Loss.CosineSimilarity,
        ];
        var values = new List<double>();
        foreach (Loss loss in all)
        {
            var gradients = new float[positions * classes];
            float[] own = loss is SparseCategoricalCrossentropy ? [0, 20, 7] : targets;
            values.Add(loss.Evaluate(new PredictionBatch<float>(own, shares, positions, default, new float[positions * classes + PredictionBatch<float>.ScratchPadding]), gradients));
            values.AddRange(Array.ConvertAll(gradients, g => (double)g));
        }

        return [.. values];
    }

    /// <summary>Weights after some steps, of a number that is no multiple of any vector's lanes.</summary>
    private static double[] Optimizers()
    {
        Optimizer[] all =
        [
            new Sgd { Momentum = 0.9, Nesterov = true, WeightDecay = 0.1 }, new RmsProp { Centered = true, Momentum = 0.5 }, new Adam { GlobalClipNorm = 1 }, new AdamW(),
            new Nadam { UseEma = true, EmaOverwriteFrequency = 3 }, new Adagrad { GradientAccumulationSteps = 3 }, new Adadelta(), new Adamax(), new Lion(), new Ftrl { LearningRatePower = -0.7 },
        ];
        ModelInfo info = Models.Small();
        var values = new List<double>();
        foreach (Optimizer optimizer in all)
        {
            var random = new Random(4);
            float[] parameters = [.. Enumerable.Range(0, info.ParameterCount).Select(_ => random.NextSingle() - 0.5f)];
            OptimizerState<float> state = optimizer.CreateState<float>(info);
            for (int step = 0; step < 10; step++)
                state.Apply([.. Enumerable.Range(0, info.ParameterCount).Select(_ => random.NextSingle() - 0.5f)], parameters);
            values.AddRange(Array.ConvertAll(parameters, w => (double)w));
        }

        return [.. values];
    }

    private static double[] Schedules()
    {
        LearningRate[] all =
        [
            new ExponentialDecay(0.1, 7, 0.3), new InverseTimeDecay(0.1, 7, 0.3), new PolynomialDecay(0.1, 50) { Exponent = 1.5, Cycle = true },
            new CosineDecay(0.1, 50), new CosineDecayRestarts(0.1, 10) { RateFactor = 0.9 }, new OneCycle(0.1, 50),
        ];
        return [.. all.SelectMany(schedule => Enumerable.Range(0, 120).Select(s => schedule.At(s)))];
    }

    private static double[] Masks()
    {
        var workspace = new Workspace(Models.Small()) { Seed = 42, TrainingCalls = 7 };
        float[] values = [.. RandomLanes.Keep(workspace, 0.3, rows: 5, positions: 37), .. RandomLanes.Normal(workspace, rows: 5, positions: 37)];
        return Array.ConvertAll(values, v => (double)v);
    }

    private static double[] SingleReductions()
    {
        var results = new List<double>();
        var random = new Random(1);
        var a = new AlignedBuffer<float>(200);
        var b = new AlignedBuffer<float>(200);
        for (int n = 0; n <= 150; n++)
        {
            for (int i = 0; i < 200; i++)
            {
                a.Span[i] = i < n ? (float)(random.NextDouble() - 0.4) : float.NaN;
                b.Span[i] = i < n ? (float)(random.NextDouble() * 100 - 50) : float.PositiveInfinity;
            }

            results.Add(LaneReduction.Dot(ref a.Origin, ref b.Origin, n));
            results.Add(LaneReduction.Sum(ref a.Origin, n));
            results.Add(LaneReduction.Max(ref a.Origin, n));
        }

        return results.ToArray();
    }

    private static double[] DoubleReductions()
    {
        var results = new List<double>();
        var random = new Random(2);
        var a = new AlignedBuffer<double>(200);
        var b = new AlignedBuffer<double>(200);
        for (int n = 0; n <= 150; n++)
        {
            for (int i = 0; i < 200; i++)
            {
                a.Span[i] = i < n ? random.NextDouble() - 0.4 : double.NaN;
                b.Span[i] = i < n ? random.NextDouble() * 100 - 50 : double.PositiveInfinity;
            }

            results.Add(LaneReduction.Dot(ref a.Origin, ref b.Origin, n));
            results.Add(LaneReduction.Sum(ref a.Origin, n));
            results.Add(LaneReduction.Max(ref a.Origin, n));
        }

        return results.ToArray();
    }

    private static double[] Weights()
    {
        var values = new List<double>();
        int stream = 0;
        foreach (Initializer kind in Enum.GetValues<Initializer>())
        {
            var weights = new double[12 * 20];
            WeightInitializer.Fill(new InitializerInfo { Kind = kind }, [12, 20], new RandomStream(42, stream++), weights.AsSpan());
            values.AddRange(weights);
        }

        // Of several blocks, once through and twice.
        foreach ((int rows, int columns) in new[] { (80, 300), (75, 79) })
        {
            var weights = new double[rows * columns];
            WeightInitializer.Fill(new InitializerInfo { Kind = Initializer.Orthogonal }, [rows, columns], new RandomStream(42, stream++), weights.AsSpan());
            values.AddRange(weights);
        }

        return values.ToArray();
    }

    /// <summary>FNV-1a over the bits; every NaN counts as the same one.</summary>
    private static ulong Digest(double[] values)
    {
        ulong digest = 14695981039346656037;
        foreach (double value in values)
        {
            ulong bits = double.IsNaN(value) ? 1 : BitConverter.DoubleToUInt64Bits(value);
            for (int i = 0; i < 64; i += 8)
                digest = (digest ^ (byte)(bits >> i)) * 1099511628211;
        }

        return digest;
    }

    private static ulong Digest(float[] values) => Digest(Array.ConvertAll(values, value => (double)value));
}
