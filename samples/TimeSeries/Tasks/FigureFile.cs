using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace TimeSeries.Tasks;

/// <summary>Figures of long runs, a line each as soon as it is known: a run that was ended and is started again computes only what is missing.</summary>
/// <param name="path">Where they are kept.</param>
/// <param name="conditions">What they depend on besides name and seed; those of other conditions are left alone.</param>
internal sealed class FigureFile(string path, string conditions)
{
    /// <summary>The numbers of a name and seed: from the file, or else computed, printed and kept.</summary>
    public double[] Get(string name, int seed, TextWriter output, Func<double[]> compute)
    {
        string key = string.Create(CultureInfo.InvariantCulture, $"{conditions};{name};{seed};");
        if (Lines().LastOrDefault(line => line.StartsWith(key, StringComparison.Ordinal)) is { } known)
            return [.. known[key.Length..].Split(';').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        double[] numbers = compute();
        File.AppendAllText(path, key + string.Join(';', numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture))) + "\n");
        output.WriteLine($"  {name}, seed {seed}: {string.Join(", ", numbers.Select(number => number.ToString("G4", CultureInfo.InvariantCulture)))}");
        return numbers;
    }

    private IEnumerable<string> Lines() => File.Exists(path) ? File.ReadAllLines(path) : [];
}
