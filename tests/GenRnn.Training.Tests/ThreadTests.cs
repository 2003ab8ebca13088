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
    public void Ranges_cover_the_compiled_rows_in_blocks_of_16()
    {
        var firsts = new System.Collections.Concurrent.ConcurrentBag<int>();
        var model = new AffineModel<float>(Shape) { OnForwardRows = firsts.Add };
        model.Fit(Models.Data<float>(Shape, 10), new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Threads = 8 });
        Assert.Equal([0, 16, 32, 48, 64], firsts.Order());
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
