using System.IO;

namespace GenRnn.Tool.Tests;

/// <summary>One run of the tool, in this process.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Error">What it printed as an error.</param>
internal sealed record ToolRun(int Code, string Output, string Error)
{
    public static ToolRun Of(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = EntryPoint.Run(arguments, output, error);
        return new ToolRun(code, output.ToString(), error.ToString());
    }
}
