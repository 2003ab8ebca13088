using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace GenRnn.GeneratorBenchmarks;

/// <summary>The declarations that are timed: source files of the samples and benchmarks, embedded.</summary>
internal static class Declarations
{
    /// <summary>Names of the models, which are those of their files.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. typeof(Declarations).Assembly.GetManifestResourceNames().Order(StringComparer.Ordinal)];

    /// <summary>The source of one model.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static string Read(string name)
    {
        using Stream stream = typeof(Declarations).Assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"There is no model {name}; there are {string.Join(", ", Names)}.", nameof(name));
        return new StreamReader(stream).ReadToEnd();
    }

    /// <summary>An edit that touches no model: a comment in front of it, so that the model moves.</summary>
    public static string WithComment(string source, int edit) => FormattableString.Invariant($"// edit {edit}\n{source}");

    /// <summary>The same model under another name: results are cached by declaration, process-wide, and this one has none yet.</summary>
    public static string Renamed(string source, string name, int copy) =>
        source.Replace("class " + name, FormattableString.Invariant($"class {name}{copy}"), StringComparison.Ordinal);

    /// <summary>An edit of a flag: the batch grows by one, and wants a new network.</summary>
    public static string WithFlag(string source, int edit)
    {
        const string flag = "Batch = ";
        int start = source.IndexOf(flag, StringComparison.Ordinal) + flag.Length;
        if (start < flag.Length)
            throw new InvalidOperationException("The edit changes the batch, and this model states none.");
        int end = start;
        while (char.IsAsciiDigit(source[end]))
            end++;
        int batch = int.Parse(source[start..end], System.Globalization.CultureInfo.InvariantCulture);
        return FormattableString.Invariant($"{source[..start]}{batch + 1 + edit}{source[end..]}");
    }
}
