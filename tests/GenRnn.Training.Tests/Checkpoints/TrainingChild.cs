using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;

namespace GenRnn.Training.Tests.Checkpoints;

/// <summary>The same trainings in a process of their own, which can be killed.</summary>
internal static class TrainingChild
{
    /// <summary>What the child prints when it trains.</summary>
    public const string Began = "began";

    public static int Main(string[] arguments)
    {
        if (arguments is not [var name, var folder, var threads, var epochs])
            return 2;
        try
        {
            string bits = CheckpointRuns.Run(name, folder, int.Parse(threads, CultureInfo.InvariantCulture), 1, int.Parse(epochs, CultureInfo.InvariantCulture), new Announcement());
            File.WriteAllText(ResultPath(folder), bits);
            return 0;
        }
        catch (IOException exception)
        {
            Console.WriteLine(exception.Message);
            return 3;
        }
    }

    public static string ResultPath(string folder) => Path.Combine(folder, "bits.txt");

    /// <summary>Starts a child.</summary>
    /// <param name="shell">What the shell does first; empty for no shell.</param>
    /// <param name="arguments">Which training, its folder, threads and epochs.</param>
    public static Process Start(string shell, params string[] arguments)
    {
        string[] command = ["dotnet", typeof(TrainingChild).Assembly.Location, .. arguments];
        ProcessStartInfo start = shell.Length == 0
            ? new ProcessStartInfo(command[0], command[1..])
            : new ProcessStartInfo("sh", ["-c", shell + " exec \"$@\"", "sh", .. command]);
        start.RedirectStandardOutput = true;
        start.Environment["DOTNET_TieredPGO"] = "0";
        // The runtime's own code pages are a file in memory, which a limit of file sizes would forbid.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return Process.Start(start)!;
    }

    private sealed class Announcement : Callback
    {
        public override void OnTrainBegin(TrainingRun training)
        {
            Console.WriteLine(Began);
            Console.Out.Flush();
        }
    }
}
