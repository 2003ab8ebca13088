using System;
using System.CommandLine;
using System.IO;
using GenRnn.Tool.Commands;

namespace GenRnn.Tool;

/// <summary><c>dotnet gen</c>.</summary>
internal static class EntryPoint
{
    public static int Main(string[] arguments) => Run(arguments, Console.Out, Console.Error);

    /// <summary>Runs a command line.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Networks of other tools for Gen: imports Keras models as a declaration and a file of weights.")
        {
            ImportCommand.Create(),
            SummaryCommand.Create(),
            DiffCommand.Create(),
        };
        ParseResult parsed = root.Parse(arguments);
        int code = parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        return parsed.Errors.Count > 0 ? ExitCode.Usage : code;
    }
}
