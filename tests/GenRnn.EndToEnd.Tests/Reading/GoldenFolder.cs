using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace GenRnn.EndToEnd.Tests.Reading;

/// <summary>The folder of golden files: the project's own copy, or the one that the environment variable GEN_GOLDENS names.</summary>
internal static class GoldenFolder
{
    public const string Variable = "GEN_GOLDENS";

    private static readonly Lazy<IReadOnlyList<GoldenCase>> LazyCases = new(Read);

    /// <summary>Whether the vectors are other ones than the project's own.</summary>
    public static bool IsReplaced => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    public static string Path => IsReplaced
        ? Environment.GetEnvironmentVariable(Variable)!
        : System.IO.Path.Combine(AppContext.BaseDirectory, "Goldens");

    /// <summary>Every case, ordered by name. Names are unique.</summary>
    public static IReadOnlyList<GoldenCase> Cases => LazyCases.Value;

    private static GoldenCase[] Read()
    {
        if (!Directory.Exists(Path))
            throw new DirectoryNotFoundException($"The folder of golden files '{Path}' does not exist (environment variable {Variable}).");
        GoldenCase[] cases = Directory.EnumerateFiles(Path, "*.json", SearchOption.AllDirectories)
            .Select(GoldenReader.Read)
            .OrderBy(c => c.Name, StringComparer.Ordinal)
            .ToArray();
        if (cases.Length == 0)
            throw new InvalidDataException($"The folder '{Path}' holds no golden file.");
        if (cases.GroupBy(c => c.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new InvalidDataException($"The folder '{Path}' holds two cases named '{twice.Key}'.");
        return cases;
    }
}
