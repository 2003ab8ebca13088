using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>A model for each of many series: each is what Fit makes of it alone, on any number of threads.</summary>
public sealed class FarmTests
{
    private static readonly AffineShape Shape = new(Features: 3, Units: 1, Batch: 16);
    private static readonly WindowOptions Cut = new() { SequenceLength = 3 };

    public static TheoryData<Optimizer> Optimizers { get; } =
        [new Sgd { Momentum = 0.9 }, new Adam { UseEma = true }, new Nadam(), new Adamax(), new Adagrad(), new Ftrl(), new RmsProp { Centered = true }, new Adam { AmsGrad = true, GradientAccumulationSteps = 3 }];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Each_series_has_the_bits_of_a_fit_alone(Optimizer optimizer)
    {
        TimeSeries<double>[] series = Series(12, seed: 11);
        WindowDataSet<double> windows = WindowDataSet.Of(series, Cut);
        FitOptions options = Options(optimizer);
        Farm<double> farm = ModelFarm.Fit(() => new AffineModel<double>(Shape), windows, options, threads: 1);
        int first = 0;
        for (int i = 0; i < series.Length; i++)
        {
            var alone = new AffineModel<double>(Shape);
            int rows = series[i].Length - 3;
            History history = alone.Fit(windows.Slice(first, rows), options);
            first += rows;
            Assert.Equal(alone.Parameters.ToArray(), farm.ParametersOf(i).ToArray());
            // The last validation of Fit runs before its average becomes the weights.
            Assert.Equal(history["loss"][^1], farm[i].Loss);
            if (!optimizer.UseEma)
                Assert.Equal(history["val_loss"][^1], farm[i].ValidationLoss);
            Assert.Equal((rows, i, i.ToString(System.Globalization.CultureInfo.InvariantCulture)), (farm[i].Rows, farm[i].Index, farm[i].Name));
            farm.LoadInto(alone = new AffineModel<double>(Shape), i);
            Assert.Equal(farm.ParametersOf(i).ToArray(), alone.Parameters.ToArray());
        }
    }

    [Fact]
    public void Results_do_not_depend_on_the_number_of_threads()
    {
        WindowDataSet<double> windows = WindowDataSet.Of(Series(40, seed: 12), Cut);
        Farm<double>[] farms = [.. new int?[] { 1, 3, 8, null }.Select(threads => ModelFarm.Fit(() => new AffineModel<double>(Shape), windows, Options(new Adam()), threads: threads))];
        foreach (Farm<double> farm in farms)
        {
            for (int i = 0; i < 40; i++)
            {
                Assert.Equal(farms[0].ParametersOf(i).ToArray(), farm.ParametersOf(i).ToArray());
                Assert.Equal(farms[0][i] with { Duration = default }, farm[i] with { Duration = default });
            }
        }
    }

    [Fact]
    public void Nothing_is_allocated_for_a_model_once_the_first_is_trained()
    {
        WindowDataSet<double> windows = WindowDataSet.Of(Series(300, seed: 13), Cut);
        var progress = new Allocations();
        ModelFarm.Fit(() => new AffineModel<double>(Shape), windows, Options(new Adam()), threads: 1, progress: progress);
        Assert.Equal(300, progress.Done);
        Assert.Equal(0, progress.Last - progress.AfterFifth);
    }

    [Fact]
    public void The_worst_come_first_and_what_diverged_keeps_its_start()
    {
        TimeSeries<double>[] series = Series(4, seed: 14);
        series[2] = new TimeSeries<double>(Enumerable.Range(0, 30).Select(i => 1e200 * (i % 3)).ToArray());
        var seen = new List<FarmProgress>();
        Farm<double> farm = ModelFarm.Fit(
            () => new AffineModel<double>(Shape), WindowDataSet.Of(series, Cut), Options(new Sgd()), names: ["north", "east", "south", "west"], threads: 1, progress: new Collecting(seen.Add));
        Assert.Equal([1, 2, 3, 4], seen.Select(p => p.Done));
        Assert.Equal("south", farm.Worst()[0].Name);
        Assert.True(farm.Worst()[0].IsDiverged);
        Assert.Equal(new AffineModel<double>(Shape).Parameters.ToArray(), farm.ParametersOf(2).ToArray());
        double[] results = [.. farm.Worst().Skip(1).Select(s => s.Result)];
        Assert.Equal(results.OrderDescending(), results);
        string[] report = farm.Report(2).Split('\n');
        Assert.StartsWith("4 series of Affine, 1 diverged; loss: median 0.", report[0], StringComparison.Ordinal);
        Assert.Equal("  south: diverged (27 rows)", report[1]);
        Assert.StartsWith("  " + farm.Worst()[1].Name + ": loss 0.", report[2], StringComparison.Ordinal);
        Assert.Equal(4, report.Length);
    }

    [Fact]
    public void What_does_not_fit_is_said_before_anything_is_trained()
    {
        TimeSeries<double>[] series = Series(3, seed: 15);
        WindowDataSet<double> windows = WindowDataSet.Of(series, Cut);
        FitOptions options = Options(new Sgd());
        int made = 0;
        AffineModel<double> Create()
        {
            var model = new AffineModel<double>(Shape);
            model.UpdateParameters(made++, static (parameters, i) => parameters[0] += i);
            return model;
        }

        Refused("Two models that it made differ: then a series' result would depend on its thread.", () => ModelFarm.Fit(Create, windows, options, threads: 2));
        var one = new AffineModel<double>(Shape);
        Refused("It gave one model twice; each thread needs its own.", () => ModelFarm.Fit(() => one, windows, options, threads: 2));
        Refused("Found 2 names for 3 series.", () => ModelFarm.Fit(() => one, windows, options, names: ["a", "b"]));
        Refused("Found no series; expected at least one.", () => ModelFarm.Fit(() => one, new List<DataSet<double>>(), options));
        Refused("The windows of a series do not stand side by side", () => ModelFarm.Fit(() => one, WindowDataSet.Of(series, Cut with { Shuffle = true }), options));
        Refused("Series 1 has no window.", () => ModelFarm.Fit(() => one, WindowDataSet.Of([series[0], series[1].Slice(0, 3), series[2]], Cut), options));
        Refused("Series 0 has no window.", () => ModelFarm.Fit(() => one, WindowDataSet.Of([series[1].Slice(0, 3), series[2]], Cut), options));
        Refused("Series 1: ValidationSplit = 0.25 of 1 rows leaves 0 to train on", () => ModelFarm.Fit(() => one, WindowDataSet.Of([series[0], series[1].Slice(0, 4)], Cut), options));
        Refused("Series 0: Affine: input 'x' takes 1 time step of 3; the windows hold 2 time steps of 1.", () => ModelFarm.Fit(() => one, WindowDataSet.Of(series, Cut with { SequenceLength = 2 }), options));
        Refused("Metrics is set; a farm does without.", () => ModelFarm.Fit(
            () => one, windows, new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Metrics = [Metric.MeanAbsoluteError] }));
        Refused("threads ('0') must be greater than or equal to '1'.", () => ModelFarm.Fit(() => one, windows, options, threads: 0));
    }

    private static FitOptions Options(Optimizer optimizer) => new()
    {
        Optimizer = optimizer, Loss = Loss.MeanSquaredError, Epochs = 3, ValidationSplit = 0.25, Seed = 4, Verbose = Verbosity.Silent, BatchSize = 8,
    };

    private static TimeSeries<double>[] Series(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => new TimeSeries<double>(Enumerable.Range(0, 30 + i % 7).Select(_ => random.NextDouble()).ToArray()))];
    }

    private static void Refused(string message, Func<object> call) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(call).Message, StringComparison.Ordinal);

    private sealed class Collecting(Action<FarmProgress> report) : IProgress<FarmProgress>
    {
        public void Report(FarmProgress value) => report(value);
    }

    private sealed class Allocations : IProgress<FarmProgress>
    {
        public int Done { get; private set; }

        public long AfterFifth { get; private set; }

        public long Last { get; private set; }

        public void Report(FarmProgress value)
        {
            Done = value.Done;
            Last = GC.GetAllocatedBytesForCurrentThread();
            if (Done == 5)
                AfterFifth = Last;
        }
    }
}
