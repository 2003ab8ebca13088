using System;
using System.IO;

namespace TimeSeries;

/// <summary>The command line.</summary>
/// <param name="Task">The task to run; null for all.</param>
/// <param name="IsQuick">A few epochs of a few rows only, to see that everything runs.</param>
/// <param name="OutputFolder">Where charts go.</param>
internal sealed record Options(string? Task, bool IsQuick, string OutputFolder)
{
    public const string Usage = "usage: TimeSeries [one-step | ten-steps | real | anomalies | many | adding] [--quick] [--output FOLDER]";

    /// <summary>Whether a task is asked for.</summary>
    public bool Runs(string task) => Task is null || Task == task;

    /// <exception cref="ArgumentException">An argument is not known, or its value is missing.</exception>
    public static Options Parse(ReadOnlySpan<string> arguments)
    {
        var options = new Options(Task: null, IsQuick: false, OutputFolder: Directory.GetCurrentDirectory());
        for (int i = 0; i < arguments.Length; i++)
        {
            options = arguments[i] switch
            {
                "one-step" or "ten-steps" or "real" or "anomalies" or "many" or "adding" => options with { Task = arguments[i] },
                "--quick" => options with { IsQuick = true },
                "--output" when i + 1 < arguments.Length => options with { OutputFolder = arguments[++i] },
                "--output" => throw new ArgumentException("--output needs a folder."),
                string unknown => throw new ArgumentException($"Unknown argument '{unknown}'."),
            };
        }

        return options;
    }
}
