using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using GenRnn.Training.Tests.Checkpoints;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>Data that are read while a model trains: the same results as from memory, epochs as Keras counts them, errors where they belong.</summary>
public sealed class StreamTests
{
    private static readonly AffineShape Shape = new(Features: 3, Units: 2, Batch: 8, TimeSteps: 2);
    private static readonly Sample<double>[] Rows = [.. Enumerable.Range(0, 45).Select(i => new Sample<double>(Values(6, i), Values(4, 100 + i)) { Weight = i % 3 })];

    public static TheoryData<bool, int?, int> Runs { get; } = new() { { false, null, 4 }, { true, null, 4 }, { false, 3, 2 }, { false, 8, 2 }, { true, 5, 3 } };

    [Theory]
    [MemberData(nameof(Runs))]
    public void Is_training_from_memory(bool isWeighted, int? steps, int epochs)
    {
        // With steps an epoch goes on where the one before ended, and ends with the pass: batches of 45 rows are 8, 8, 8, 8, 8, 5.
        var model = new AffineModel<double>(Shape) { Records = true };
        FitOptions options = Options(epochs, steps, isWeighted);
        History history = model.Fit(StreamedDataSet.From(Enumerate(), isWeighted), options);
        var expected = new AffineModel<double>(Shape) { Records = true };
        if (steps is null)
        {
            History inMemory = expected.Fit(InMemory(isWeighted), Options(epochs, null, isWeighted));
            Assert.Equal(inMemory["loss"], history["loss"]);
            Assert.Equal(inMemory["val_loss"], history["val_loss"]);
            Assert.Equal(inMemory["mean_absolute_error"], history["mean_absolute_error"]);
        }
        else
        {
            using var trainer = new Trainer<double>(expected, options);
            int batch = 0;
            for (int epoch = 0; epoch < epochs; epoch++)
            {
                batch %= 6;
                for (int step = 0; step < steps && (step == 0 || batch < 6); step++, batch++)
                    trainer.TrainOnBatch(InMemory(isWeighted).Slice(batch * 8, Math.Min(8, 45 - batch * 8)));
            }
        }

        Assert.Equal(expected.SeenRows.Select(row => row[0]), model.SeenRows.Select(row => row[0]));
        Assert.Equal(expected.Parameters.ToArray(), model.Parameters.ToArray());
    }

    [Fact]
    public void Asynchronous_rows_and_sources_that_write_in_place_are_the_same()
    {
        double[] Trained(StreamedDataSet<double> data)
        {
            var model = new AffineModel<double>(Shape);
            model.Fit(data, Options(2, null, false));
            return model.Parameters.ToArray();
        }

        double[] expected = Trained(StreamedDataSet.From(Enumerate()));
        Assert.Equal(expected, Trained(StreamedDataSet.From(EnumerateSlowly())));
        var source = new Source();
        Assert.Equal(expected, Trained(new StreamedDataSet<double>(source)));
        Assert.Equal([0, 1], source.Passes);
        Assert.Equal(2, source.Closed);
    }

    [Fact]
    public void Evaluation_and_prediction_read_too()
    {
        var model = new AffineModel<double>(Shape);
        StreamedDataSet<double> stream = StreamedDataSet.From(Enumerate());
        Assert.Equal(model.Evaluate(InMemory(false), Loss.MeanSquaredError, Metric.R2Score), model.Evaluate(stream, Loss.MeanSquaredError, Metric.R2Score));
        Assert.Equal(model.Predict(InMemory(false)), model.Predict(stream));
        Assert.Equal(model.Predict(InMemory(false)), model.Predict(StreamedDataSet.From(Rows.Select(row => row with { Target = default }))));
        using var trainer = new Trainer<double>(model, Options(1, null, false));
        Assert.Equal(trainer.Evaluate(InMemory(false)), trainer.Evaluate(stream));
    }

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(7, 2, true)]
    [InlineData(3, 1, true)]
    public void Windows_of_a_stream_are_those_of_the_series(int stride, int rate, bool eachStep)
    {
        var options = new WindowOptions { SequenceLength = 2, SequenceStride = stride, SamplingRate = rate, StartIndex = 3, EndIndex = 90, TargetsAtEachStep = eachStep, TargetColumns = ["b", "c"], Horizon = eachStep ? 1 : 2 };
        double[][] rows = [.. Enumerable.Range(0, 100).Select(i => Values(3, i))];
        WindowDataSet<double> series = new TimeSeries<double>(rows.SelectMany(r => r).ToArray(), 3, ["a", "b", "c"]).Windows(options);
        double[] Trained(Action<AffineModel<double>> fit)
        {
            var model = new AffineModel<double>(Shape);
            fit(model);
            return model.Parameters.ToArray();
        }

        FitOptions fit = new() { Optimizer = new Adam(), Loss = Loss.MeanSquaredError, Epochs = 2, Shuffle = false, Verbose = Verbosity.Silent };
        Assert.Equal(Trained(model => model.Fit(series, fit)), Trained(model => model.Fit(StreamedDataSet.Windows(rows, ["a", "b", "c"], options), fit)));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(null, 2)]
    [InlineData(4, null)]
    [InlineData(4, 3)]
    public void A_training_that_was_interrupted_goes_on_where_the_stream_was(int? steps, int? saveFrequency)
    {
        double[] Trained(string folder, params Callback[] others)
        {
            var model = new AffineModel<double>(Shape);
            model.Fit(StreamedDataSet.From(Enumerate()), new FitOptions
            {
                Optimizer = new Adam(),
                Loss = Loss.MeanSquaredError,
                Epochs = 5,
                StepsPerEpoch = steps,
                Verbose = Verbosity.Silent,
                Callbacks = [new BackupAndRestore(Path.Combine(folder, "run.safetensors")) { SaveFrequency = saveFrequency }, .. others],
            });
            return model.Parameters.ToArray();
        }

        using var whole = new TemporaryFolder();
        double[] expected = Trained(whole.Path);
        foreach (int batches in (int[])[7, 9, 12])
        {
            using var cut = new TemporaryFolder();
            Assert.Throws<OperationCanceledException>(() => Trained(cut.Path, new Interruption(batches)));
            Assert.Equal(expected, Trained(cut.Path));
        }
    }

    [Fact]
    public void The_bar_counts_what_has_no_known_end()
    {
        var output = new StringWriter();
        new AffineModel<double>(Shape).Fit(StreamedDataSet.From(Enumerate()), new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Epochs = 2, Verbose = Verbosity.Progress, Output = output });
        string[] epochs = output.ToString().Split("Epoch 2/2");
        Assert.Contains("1/Unknown", epochs[0], StringComparison.Ordinal);
        Assert.Contains("6/6", epochs[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Unknown", epochs[1], StringComparison.Ordinal);
        output = new StringWriter();
        new AffineModel<double>(Shape).Fit(new StreamedDataSet<double>(new Source()), new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Verbose = Verbosity.EpochLines, Output = output });
        Assert.StartsWith("6/6 - 0s - ", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Class_weights_weigh_rows_that_are_read()
    {
        var shape = new AffineShape(Features: 3, Units: 3, Batch: 8);
        Sample<double>[] rows = [.. Enumerable.Range(0, 20).Select(i => new Sample<double>(Values(3, i), new double[] { i % 3 == 0 ? 1 : 0, i % 3 == 1 ? 1 : 0, i % 3 == 2 ? 1 : 0 }))];
        FitOptions options = new() { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, ClassWeights = new Dictionary<int, double> { [0] = 2, [2] = 0.5 }, Shuffle = false, Verbose = Verbosity.Silent };
        AffineModel<double> streamed = new(shape), inMemory = new(shape);
        streamed.Fit(StreamedDataSet.From(rows), options);
        inMemory.Fit(new DataSet<double>(rows.SelectMany(r => r.Input.ToArray()).ToArray(), rows.SelectMany(r => r.Target.ToArray()).ToArray()), options);
        Assert.Equal(inMemory.Parameters.ToArray(), streamed.Parameters.ToArray());
    }

    [Fact]
    public void What_a_source_throws_is_thrown_and_what_does_not_fit_is_named()
    {
        Failed<InvalidOperationException>("broken", Enumerate().Take(20).Concat(Breaking()));
        Failed<ArgumentException>("Row 9 of the source: the input has 5 values; expected 6.", Enumerate().Take(9).Append(Rows[0] with { Input = new double[5] }));
        Failed<ArgumentException>("Row 0 of the source: the target has 0 values; expected 4.", [Rows[0] with { Target = default }]);
        Failed<InvalidOperationException>("The data source gave no row in pass 1.", []);
        Failed<NonFiniteException>("Affine, epoch 1, batch 2, row 10: the loss is NaN.", Enumerate().Take(10).Append(Rows[0] with { Target = new[] { 0, 0, double.NaN, 0 } }));
        var once = new Queue<Sample<double>>(Rows);
        Failed<InvalidOperationException>("The data source gave no row in pass 2. A source is read once for each epoch: can it be read again?", Drain(once), epochs: 2);
        double[][] series = [[1, 2, 3], [4, 5, double.NaN], [7, 8, 9], [1, 2, 3]];
        var cut = new WindowOptions { SequenceLength = 2, TargetsAtEachStep = true, TargetColumns = ["a", "b"] };
        Failed<ArgumentException>("Row 1, column 'c': found NaN, expected a finite number.", StreamedDataSet.Windows(series, ["a", "b", "c"], cut));
        Failed<ArgumentException>("Row 1 has 2 values; expected 3: a, b, c.", StreamedDataSet.Windows([[1.0, 2, 3], [4, 5]], ["a", "b", "c"], cut));

        FitOptions options = Options(1, null, false);
        Refused("Shuffle is set; rows of a stream come in its own order: shuffle there.", new FitOptions { Optimizer = options.Optimizer, Loss = options.Loss, Shuffle = true });
        Refused("ValidationSplit is set; a stream has no last part that is known before.", new FitOptions { Optimizer = options.Optimizer, Loss = options.Loss, ValidationSplit = 0.5 });
    }

    private static IEnumerable<Sample<double>> Enumerate() => Rows.Select(row => row);

    private static IEnumerable<Sample<double>> Breaking()
    {
        yield return Rows[0];
        throw new InvalidOperationException("broken");
    }

    private static IEnumerable<Sample<double>> Drain(Queue<Sample<double>> rows)
    {
        while (rows.TryDequeue(out Sample<double> row))
            yield return row;
    }

    private static async IAsyncEnumerable<Sample<double>> EnumerateSlowly()
    {
        foreach (Sample<double> row in Rows)
        {
            await Task.Yield();
            yield return row;
        }
    }

    private static DataSet<double> InMemory(bool isWeighted) => new(
        Rows.SelectMany(row => row.Input.ToArray()).ToArray(), Rows.SelectMany(row => row.Target.ToArray()).ToArray(), isWeighted ? [.. Rows.Select(row => row.Weight!.Value)] : null);

    private static FitOptions Options(int epochs, int? steps, bool isWeighted) => new()
    {
        Optimizer = new Adam(),
        Loss = Loss.MeanSquaredError,
        Metrics = [Metric.MeanAbsoluteError],
        Epochs = epochs,
        StepsPerEpoch = steps,
        Shuffle = false,
        Validation = isWeighted ? StreamedDataSet.From(Enumerate(), hasSampleWeights: true) : StreamedDataSet.From(Enumerate()),
        Verbose = Verbosity.Silent,
    };

    private static double[] Values(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
    }

    private static void Failed<TError>(string message, IEnumerable<Sample<double>> rows, int epochs = 1)
        where TError : Exception => Failed<TError>(message, StreamedDataSet.From(rows), epochs);

    private static void Failed<TError>(string message, StreamedDataSet<double> data, int epochs = 1)
        where TError : Exception
    {
        var options = new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Epochs = epochs, Verbose = Verbosity.Silent };
        Assert.StartsWith(message, Assert.Throws<TError>(() => new AffineModel<double>(Shape).Fit(data, options)).Message, StringComparison.Ordinal);
    }

    private static void Refused(string message, FitOptions options) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => new AffineModel<double>(Shape).Fit(StreamedDataSet.From(Enumerate()), options)).Message, StringComparison.Ordinal);

    private sealed class Source : IRowSource<double>
    {
        public List<int> Passes { get; } = [];

        public int Closed { get; set; }

        int? IRowSource<double>.Rows => 45;

        public IRowReader<double> Open(int pass)
        {
            Passes.Add(pass);
            return new Reader(this);
        }

        private sealed class Reader(Source source) : IRowReader<double>
        {
            private int _row;

            public bool Read(DataRow<double> row)
            {
                if (_row == 45)
                    return false;
                Rows[_row].Input.Span.CopyTo(row.Input);
                if (!row.Target.IsEmpty)
                    Rows[_row].Target.Span.CopyTo(row.Target);
                _row++;
                return true;
            }

            public void Dispose() => source.Closed++;
        }
    }
}
