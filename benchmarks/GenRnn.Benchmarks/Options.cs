using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Benchmarks.Measuring;

namespace GenRnn.Benchmarks;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    public const string Usage = """
        dotnet run -c Release --project benchmarks/GenRnn.Benchmarks -- [options]

          --quick            2 short rounds instead of 5: a look, not a result
          --only W3,W4       these workloads (W4 means W4b32 and W4b1)
          --cells            cells in C# beside the built-in ones of the same equations, and nothing else
          --rounds N         processes of each contestant
          --seconds S        time of one measurement within a process
          --core N           the core to pin to; the last one that the program may run on unless said
          --install-peers    prints the commands that install the peers; runs them where it can (root, apt-get)
        """;

    private int? _rounds;
    private double? _seconds;

    public bool Quick { get; private set; }

    public bool InstallPeers { get; private set; }

    public bool Help { get; private set; }

    public bool Cells { get; private set; }

    /// <summary>Set in the child process of our own contestant: the workload to measure.</summary>
    public string? Measure { get; private set; }

    public int? Core { get; private set; }

    public IReadOnlyList<Workload> Workloads { get; private set; } = Workload.All;

    public int Rounds => _rounds ?? (Quick ? 2 : 5);

    public double Seconds => _seconds ?? (Quick ? 0.15 : 0.5);

    /// <exception cref="FormatException">The command line says something else.</exception>
    public static Options Parse(IEnumerable<string> arguments)
    {
        var options = new Options();
        using IEnumerator<string> rest = arguments.GetEnumerator();
        while (rest.MoveNext())
        {
            switch (rest.Current)
            {
                case "--quick": options.Quick = true; break;
                case "--install-peers": options.InstallPeers = true; break;
                case "--cells": options.Cells = true; break;
                case "--help": options.Help = true; break;
                case "--measure": options.Measure = Value(rest); break;
                case "--only": options.Workloads = Choose(Value(rest)); break;
                case "--rounds": options._rounds = Count(rest, least: 1); break;
                case "--core": options.Core = ProcessorPinning.Check(Count(rest, least: 0)); break;
                case "--seconds": options._seconds = double.Parse(Value(rest), CultureInfo.InvariantCulture); break;
                default: throw new FormatException($"There is no option {rest.Current}.");
            }
        }

        return options;
    }

    private static int Count(IEnumerator<string> rest, int least)
    {
        int count = int.Parse(Value(rest), CultureInfo.InvariantCulture);
        return count >= least ? count : throw new FormatException($"{count} is less than {least}.");
    }

    private static string Value(IEnumerator<string> rest)
    {
        string option = rest.Current;
        return rest.MoveNext() ? rest.Current : throw new FormatException($"{option} needs a value.");
    }

    private static IReadOnlyList<Workload> Choose(string names)
    {
        string[] chosen = names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (string name in chosen)
        {
            if (!Workload.All.Any(w => w.IsChosenBy(name)))
                throw new FormatException($"There is no workload {name}; there are {string.Join(", ", Workload.All.Select(w => w.Id))}.");
        }

        return [.. Workload.All.Where(w => chosen.Any(w.IsChosenBy))];
    }
}
