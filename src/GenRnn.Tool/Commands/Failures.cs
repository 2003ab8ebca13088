using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using GenRnn.Compiler.Interop;

namespace GenRnn.Tool.Commands;

/// <summary>Makes one message of what goes wrong with a file.</summary>
internal static class Failures
{
    // A table of the layers of two models side by side.
    private const int LongestLine = 400;

    /// <summary>Runs a command on a file.</summary>
    /// <param name="parsed">Where to write.</param>
    /// <param name="file">The file that messages name.</param>
    /// <param name="refused">The exit code of a file that is refused.</param>
    /// <param name="run">The command.</param>
    public static int Catch(ParseResult parsed, string file, int refused, Func<int> run)
    {
        try
        {
            return run();
        }
        catch (ForeignModelException exception)
        {
            return Say(parsed, $"'{file}' is refused: {exception.Message}.", refused);
        }
        catch (InvalidDataException exception)
        {
            return Say(parsed, $"'{file}' is refused: {exception.Message}", refused);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Say(parsed, exception.Message, ExitCode.Usage);
        }
    }

    public static int Say(ParseResult parsed, string message, int code)
    {
        parsed.InvocationConfiguration.Error.WriteLine("gen: " + Visible(message));
        return code;
    }

    /// <summary>Text of a file as it may be shown: its lines stay, what moves a cursor does not.</summary>
    public static string Visible(string text) => string.Join('\n', text.Split('\n').Select(line => ForeignText.Quote(line.TrimEnd('\r'), LongestLine)));
}
