using System;
using System.IO;

namespace GenRnn.Benchmarks.Contestants;

/// <summary>Where the peers' programs are, and where they may put what they build.</summary>
internal static class Folders
{
    /// <summary>A peer's program, which travels beside the executable.</summary>
    public static string Program(string file) => Path.Combine(AppContext.BaseDirectory, "peers", file);

    /// <summary>Built programs, models and packages stay here from run to run.</summary>
    public static string Cache { get; } = Directory.CreateDirectory(Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "gen-benchmarks")).FullName;

    /// <summary>Whether a built file is missing or older than its source.</summary>
    public static bool IsStale(string built, string source) =>
        !File.Exists(built) || File.GetLastWriteTimeUtc(built) < File.GetLastWriteTimeUtc(source);
}
