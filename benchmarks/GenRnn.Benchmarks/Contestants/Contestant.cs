using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using GenRnn.Benchmarks.Measuring;

namespace GenRnn.Benchmarks.Contestants;

/// <summary>Someone who can be timed: a program that prints one JSON line per measurement and runs on one thread.</summary>
internal abstract class Contestant
{
    private static readonly TimeSpan s_timeLimit = TimeSpan.FromMinutes(5);

    /// <summary>The name in the tables.</summary>
    public abstract string Name { get; }

    /// <summary>The name of the known figures that a measurement makes superfluous; null if it stands for none of them.</summary>
    public virtual string? Replaces => null;

    /// <summary>Whether its program carries states from step to step; what is known of the others' steps stands among the known figures.</summary>
    public virtual bool Streams => false;

    /// <summary>Its version, once it is prepared.</summary>
    public string Version { get; protected set; } = "";

    /// <summary>Finds or builds the program. Returns why it is absent; null if it can run.</summary>
    public abstract string? Prepare();

    /// <summary>Runs one process on one workload and returns what it measured.</summary>
    /// <exception cref="InvalidOperationException">The process failed.</exception>
    public IReadOnlyList<Measurement> Run(Workload workload, double seconds)
    {
        Shell.Result result = Shell.Run(Command(workload, seconds), s_timeLimit);
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"{Name} failed on {workload.Id}: {result.LastLine}");
        return [.. result.Output.Split('\n').Select(Measurement.Parse).OfType<Measurement>().Where(m => m.Workload == workload.Id)];
    }

    /// <summary>The command line of one process.</summary>
    protected abstract ProcessStartInfo Command(Workload workload, double seconds);

    /// <summary>A command whose libraries are told to use one thread.</summary>
    protected static ProcessStartInfo OneThread(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments);
        foreach (string variable in new[] { "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS" })
            start.Environment[variable] = "1";
        return start;
    }
}
