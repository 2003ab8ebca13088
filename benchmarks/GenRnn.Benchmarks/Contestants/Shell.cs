using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;

namespace GenRnn.Benchmarks.Contestants;

/// <summary>Runs a program and collects what it prints.</summary>
internal static class Shell
{
    /// <summary>How a program ended. A program that does not exist ends like a shell's: with 127.</summary>
    internal sealed record Result(int ExitCode, string Output, string Errors)
    {
        /// <summary>The last line that says something: of the errors or, if there are none, of the output.</summary>
        public string LastLine => new[] { Errors, Output }
            .SelectMany(text => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Reverse())
            .FirstOrDefault("exit code " + ExitCode);
    }

    /// <summary>Runs to the end. The calling thread's core is inherited.</summary>
    /// <exception cref="TimeoutException">It took too long and was stopped.</exception>
    public static Result Run(ProcessStartInfo start, TimeSpan timeLimit)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(timeLimit))
            {
                process.Kill(entireProcessTree: true);
                throw new TimeoutException($"{start.FileName} did not end within {timeLimit.TotalMinutes:0} minutes.");
            }

            return new Result(process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
        }
        catch (Win32Exception missing)
        {
            return new Result(127, "", missing.Message);
        }
    }

    /// <summary>The same with arguments and a minute's time.</summary>
    public static Result Run(string program, params string[] arguments) =>
        Run(new ProcessStartInfo(program, arguments), TimeSpan.FromMinutes(2));
}
