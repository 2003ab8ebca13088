using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>Several threads: the same bits, every member at work, no failure lost, nothing left hanging.</summary>
public sealed class ThreadTests
{
    private static readonly AffineShape Shape = new(Features: 5, Units: 3, TimeSteps: 2, Batch: 72);

    [Fact]
    public async Task Any_number_of_threads_gives_the_same_bits()
    {
        (float[] parameters, double[] logs) one = Train(1);
        foreach (int threads in (int[])[2, 3, 4, 7, 16])
        {
            (float[] parameters, double[] logs) many = await Task.Run(() => Train(threads)).WaitAsync(TimeSpan.FromMinutes(1));
            Assert.Equal(one.parameters, many.parameters);
            Assert.Equal(one.logs, many.logs);
        }
    }

    [Fact]
    public void Every_member_works()
    {
        var model = new AffineModel<float>(Shape);
        model.Fit(Models.Data<float>(Shape, 144), new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Threads = 4 });
        Assert.Equal(4, model.Threads.Count);
    }

    [Fact]
    public void Ranges_cover_the_rows_of_a_batch_in_blocks_of_16()
    {
        var firsts = new System.Collections.Concurrent.ConcurrentBag<int>();
        var model = new AffineModel<float>(Shape) { OnForwardRows = firsts.Add };
        model.Fit(Models.Data<float>(Shape, 72 + 17), new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Threads = 8 });
        Assert.Equal([0, 0, 16, 16, 32, 48, 64], firsts.Order());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    public async Task A_failure_on_any_member_reaches_the_caller(int failingRange)
    {
        var model = new AffineModel<float>(Shape);
        int calls = 0;
        model.OnForwardRows = first =>
        {
            if (first == failingRange && Interlocked.Increment(ref calls) == 3)
                throw new TimeoutException("range " + first);
        };
        DataSet<float> data = Models.Data<float>(Shape, 400);
        using var trainer = new Trainer<float>(model, new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Threads = 5 });
        TimeoutException error = await Assert.ThrowsAsync<TimeoutException>(() => Task.Run(() => trainer.Fit(data)).WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Equal("range " + failingRange, error.Message);

        // The team is whole after a failure.
        Assert.Single((await Task.Run(() => trainer.Fit(data)).WaitAsync(TimeSpan.FromMinutes(1))).Epochs);
    }

    [Fact]
    public void Threads_end_with_the_trainer()
    {
        var model = new AffineModel<float>(Shape);
        Thread? worker = null;
        int caller = Environment.CurrentManagedThreadId;
        model.OnForwardRows = _ =>
        {
            if (Environment.CurrentManagedThreadId != caller)
                worker = Thread.CurrentThread;
        };
        model.Fit(Models.Data<float>(Shape, 72), new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Threads = 2 });
        Assert.NotNull(worker);
        Assert.False(worker.IsAlive);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_trainer_that_was_disposed_says_so(int threads)
    {
        DataSet<float> data = Models.Data<float>(Shape, 72);
        var trainer = new Trainer<float>(new AffineModel<float>(Shape), new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Threads = threads });
        trainer.Dispose();
        trainer.Dispose();
        foreach (Action call in new Action[] { () => trainer.Fit(data), () => trainer.TrainOnBatch(data), () => trainer.Evaluate(data) })
            await Assert.ThrowsAsync<ObjectDisposedException>(() => Task.Run(call).WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void WebAssembly_refuses_threads_as_an_option()
    {
        ModelInfo info = new AffineModel<float>(Shape).Info;
        FitOptions options = new() { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Threads = 2 };
        Assert.Contains("Threads is 1 on WebAssembly", Assert.Throws<ArgumentOutOfRangeException>(() => TrainingChecks.Options(info, options, hasThreads: false)).Message);
        Assert.Equal(72, TrainingChecks.Options(info, options, hasThreads: true));
        Assert.Equal(72, TrainingChecks.Options(info, new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError }, hasThreads: false));
    }

    /// <summary>From multiply-adds of a row, rows and what a thread has to have to do.</summary>
    [Theory]
    [InlineData(61_000, 32, 1)] // [50, 1] SimpleRnn 20-20: two threads took twice as long.
    [InlineData(244_000, 32, 1)] // [50, 1] Lstm 20-20, the same.
    [InlineData(8_200_000, 64, 4)] // [100, 32] Lstm 128.
    [InlineData(600_000, 32, 2)]
    [InlineData(600_000, 16, 1)] // One range of rows: only the parameter gradients are split.
    [InlineData(4_000_000, 16, 2)]
    [InlineData(0, 64, 1)]
    [InlineData(long.MaxValue, int.MaxValue, 4)]
    public void Threads_follow_the_work(long multiplyAddsPerRow, int batch, int threads)
    {
        ModelInfo info = new AffineModel<float>(Shape).Info with { MultiplyAddsPerRow = multiplyAddsPerRow, Batch = batch };
        Assert.Equal(threads, ThreadChoice.For(info, 4, ThreadChoice.MultiplyAddsPerThread));
        Assert.Equal(1, ThreadChoice.For(info, 1, ThreadChoice.MultiplyAddsPerThread));
    }

    [Fact]
    public void Little_work_is_done_by_the_caller_alone()
    {
        var model = new AffineModel<float>(Shape);
        model.Fit(Models.Data<float>(Shape, 72), new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Threads = 4, MultiplyAddsPerThread = long.MaxValue });
        Assert.Equal([Environment.CurrentManagedThreadId], model.Threads.Keys);
    }

    private static (float[], double[]) Train(int threads)
    {
        var model = new AffineModel<float>(Shape);
        DataSet<float> data = Models.Data<float>(Shape, 200, weighted: true);
        History history = model.Fit(data, new FitOptions
        {
            Optimizer = new Adam { GlobalClipNorm = 0.1 },
            Loss = Loss.MeanSquaredError,
            Metrics = [Metric.MeanAbsoluteError],
            Validation = Models.Data<float>(Shape, 80, seed: 9),
            Epochs = 5,
            Threads = threads,
        });
        return (model.Parameters.ToArray(), [.. history.Epochs.SelectMany(epoch => epoch.Logs).Select(entry => entry.Value)]);
    }
}
