using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using GenRnn.Benchmarks.Contestants;
using GenRnn.Benchmarks.Measuring;

namespace GenRnn.Benchmarks;

/// <summary>All contestants on all chosen workloads, taking turns, so that a slow spell of the machine hits everyone.</summary>
internal sealed class Contest(Options options, IReadOnlyList<Contestant> present, TextWriter progress)
{
    private readonly Dictionary<(string Peer, string Workload, string Mode), List<Measurement>> _measurements = [];

    /// <summary>Everyone who was measured, our own code first.</summary>
    public IReadOnlyList<Contestant> Present => present;

    public void Run()
    {
        foreach (Workload workload in options.Workloads)
        {
            for (int round = 1; round <= options.Rounds; round++)
            {
                progress.WriteLine($"{workload.Id}, round {round} of {options.Rounds}");
                foreach (Contestant contestant in present.Where(c => workload.Stream is null || c.Streams))
                    Record(contestant, workload);
            }
        }
    }

    /// <summary>The process medians of one contestant, ascending; empty if it does not do this.</summary>
    public IReadOnlyList<double> Microseconds(string peer, Workload workload, string mode) =>
        [.. Find(peer, workload, mode).Select(m => m.Microseconds).Order()];

    /// <summary>Managed bytes of one call, the most that any process saw; null for peers.</summary>
    public double? Bytes(string peer, Workload workload, string mode) => Find(peer, workload, mode).Max(m => m.Bytes);

    /// <summary>Everything to compare with: the peers' medians in this run, and the known figures of those that are absent.</summary>
    public IEnumerable<Rival> Rivals(Workload workload, string mode)
    {
        if (workload.Twin is not null && Microseconds(GeneratedCode.Peer, Workload.Find(workload.Twin), mode) is { Count: > 0 } twin)
            yield return new Rival($"{GeneratedCode.Peer} {workload.Twin}", Statistics.Median(twin), IsScaled: false);
        var superfluous = new HashSet<string>();
        double scale = 1;
        IReadOnlyList<(string Peer, double Microseconds)> known = KnownFigures.Of(workload.Id, mode);
        foreach (Contestant contestant in present.Where(c => c.Name != GeneratedCode.Peer))
        {
            IReadOnlyList<double> times = Microseconds(contestant.Name, workload, mode);
            if (times.Count == 0)
                continue;

            double median = Statistics.Median(times);
            yield return new Rival(contestant.Name, median, IsScaled: false);
            if (contestant.Replaces is not null)
                superfluous.Add(contestant.Replaces);
            if (contestant.Replaces == KnownFigures.Reference)
                scale = median / known.First(f => f.Peer == KnownFigures.Reference).Microseconds;
        }

        foreach ((string peer, double microseconds) in known.Where(f => !superfluous.Contains(f.Peer)))
            yield return new Rival(peer, microseconds * scale, IsScaled: true);
    }

    private List<Measurement> Find(string peer, Workload workload, string mode) =>
        _measurements.GetValueOrDefault((peer, workload.Id, mode)) ?? [];

    private void Record(Contestant contestant, Workload workload)
    {
        foreach (Measurement measurement in contestant.Run(workload, options.Seconds))
        {
            (string, string, string) key = (contestant.Name, workload.Id, measurement.Mode);
            if (!_measurements.TryGetValue(key, out List<Measurement>? list))
                _measurements.Add(key, list = []);
            list.Add(measurement);
        }
    }
}

/// <summary>One time to compare with.</summary>
/// <param name="Peer">Whose.</param>
/// <param name="Microseconds">The time.</param>
/// <param name="IsScaled">Whether it is a known figure, scaled to this machine, and not a measurement.</param>
internal sealed record Rival(string Peer, double Microseconds, bool IsScaled);
