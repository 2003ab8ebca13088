using System;
using System.Numerics;
using System.Threading;

namespace GenRnn;

/// <summary>One training of a farm: workers that take one series after the other.</summary>
internal sealed class FarmRun<T>(FarmWorker<T>[] workers, BoundDataSet<T>[] data, Farm<T> farm, FitOptions options, IProgress<FarmProgress>? progress, CancellationToken cancellationToken)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Lock _gate = new();
    private int _next = -1;
    private int _done;
    private volatile bool _hasFailed;

    public void Run()
    {
        using var team = new WorkerTeam(workers.Length);
        team.Run(Work);
    }

    private void Work(int member)
    {
        try
        {
            for (int i = Interlocked.Increment(ref _next); i < data.Length && !_hasFailed; i = Interlocked.Increment(ref _next))
            {
                cancellationToken.ThrowIfCancellationRequested();
                long start = options.TimeProvider.GetTimestamp();
                (double loss, double validationLoss, bool isDiverged) = workers[member].Train(data[i], cancellationToken);
                farm.Set(i, workers[member].Parameters, new FarmSeries(farm.NameOf(i), i, data[i].Rows, loss, validationLoss, isDiverged, options.TimeProvider.GetElapsedTime(start)));
                Tell(i);
            }
        }
        catch
        {
            // The others end with the series that they are at; the team hands the exception on.
            _hasFailed = true;
            throw;
        }
    }

    private void Tell(int series)
    {
        lock (_gate)
        {
            _done++;
            progress?.Report(new FarmProgress(_done, data.Length, farm[series]));
        }
    }
}
