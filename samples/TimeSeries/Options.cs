using System;
using System.IO;

namespace TimeSeries;

/// <summary>The command line.</summary>
/// <param name="IsQuick">A few epochs only, to see that everything runs.</param>
/// <param name="OutputFolder">Where the chart goes.</param>
internal sealed record Options(bool IsQuick, string OutputFolder)
{
    public const string Usage = "usage: TimeSeries [--quick] [--output FOLDER]";

    /// <exception cref="ArgumentException">An argument is not known, or its value is missing.</exception>
    public static Options Parse(ReadOnlySpan<string> arguments)
    {
        var options = new Options(IsQuick: false, OutputFolder: Directory.GetCurrentDirectory());
        for (int i = 0; i < arguments.Length; i++)
        {
            options = arguments[i] switch
            {
                "--quick" => options with { IsQuick = true },
                "--output" when i + 1 < arguments.Length => options with { OutputFolder = arguments[++i] },
                "--output" => throw new ArgumentException("--output needs a folder."),
                string unknown => throw new ArgumentException($"Unknown argument '{unknown}'."),
            };
        }

        return options;
    }
}
