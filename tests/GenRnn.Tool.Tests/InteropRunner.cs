using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;

namespace GenRnn.Tool.Tests;

/// <summary>What became of one form of a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Form">The file, or configuration and weights.</param>
/// <param name="Refusal">Why it was refused; empty if it was imported.</param>
/// <param name="Error">The largest difference of an output, as a part of the largest output.</param>
internal sealed record InteropOutcome(InteropCase Case, string Form, string Refusal, double Error)
{
    public bool IsRefused => Refusal.Length > 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Case.Name,-40} {Form,-70} {(IsRefused ? Refusal : $"equal within {Error:G2}")}");
}

/// <summary>Imports every form of every case with the tool, compiles what it wrote, and runs it.</summary>
internal static class InteropRunner
{
    public static IReadOnlyList<InteropOutcome> Run(IReadOnlyList<InteropCase> cases)
    {
        using var folder = new TemporaryFolder();
        var imports = new List<(InteropCase Case, string Form, string Folder, ToolRun Run)>();
        foreach ((InteropCase @case, string[] form) in cases.SelectMany(c => c.Forms.Select(f => (c, f))))
        {
            string target = folder.File("I" + imports.Count.ToString(CultureInfo.InvariantCulture));
            string[] arguments = ["import", .. form, "-o", target, "--name", "Network", "--namespace", Path.GetFileName(target)];
            ToolRun run = ToolRun.Of(arguments);
            // What is not in the file is said by an option, and only then: it must not be needed where it is.
            if (run.Error.Contains("--time-steps", StringComparison.Ordinal))
                run = ToolRun.Of([.. arguments, "--time-steps", @case.TimeSteps.ToString(CultureInfo.InvariantCulture)]);
            imports.Add((@case, string.Join(' ', form.Select(Path.GetFileName)), target, run));
        }

        string[] sources = [.. imports.Where(i => i.Run.Code == 0).Select(i => File.ReadAllText(Path.Combine(i.Folder, "Network.cs")))];
        // Forms of one network become the same declaration, but for comments and namespace; one of them is compiled.
        var types = sources.GroupBy(Declared).ToDictionary(g => g.Key, g => g.First());
        Assembly assembly = Declarations.Compile(types.Values.Select(Declarations.WithFirstOutput));
        return [.. imports.Select(i => new InteropOutcome(i.Case, i.Form, i.Run.Code == 0 ? "" : Reason(i), i.Run.Code == 0 ? ErrorOf(i.Case, i.Folder) : 0))];

        double ErrorOf(InteropCase @case, string target)
        {
            string imported = File.ReadAllText(Path.Combine(target, "Network.cs")), source = types[Declared(imported)];
            string space = source.Split('\n').Single(line => line.StartsWith("namespace ", StringComparison.Ordinal))["namespace ".Length..].TrimEnd(';');
            string weights = Directory.EnumerateFiles(target, "*.safetensors").Single();
            float[] outputs = Declarations.Predict(assembly.GetType(space + ".Network", throwOnError: true)!, weights, @case.Input.RowsFirst(imported, "the input"));
            float[] expected = @case.Output.RowsFirst(imported, "the output");
            if (outputs.Length != expected.Length)
                return double.PositiveInfinity;
            return outputs.Zip(expected, (a, b) => (double)Math.Abs(a - b)).Max() / expected.Max(Math.Abs);
        }
    }

    private static string Declared(string source) => string.Join('\n', source.Split('\n').SkipWhile(line => !line.StartsWith('[')));

    /// <summary>A refusal says one thing and leaves nothing.</summary>
    private static string Reason((InteropCase Case, string Form, string Folder, ToolRun Run) import)
    {
        if (Directory.Exists(import.Folder) || import.Run.Code != 1 || !import.Run.Error.StartsWith("gen: ", StringComparison.Ordinal))
            throw new InvalidOperationException($"{import.Case.Name} ({import.Form}) was refused with exit code {import.Run.Code}, '{import.Run.Error}'{(Directory.Exists(import.Folder) ? ", and left a folder" : "")}.");
        string message = import.Run.Error.Trim();
        return message[(message.IndexOf("is refused: ", StringComparison.Ordinal) + "is refused: ".Length)..].Replace('\n', ' ');
    }
}
