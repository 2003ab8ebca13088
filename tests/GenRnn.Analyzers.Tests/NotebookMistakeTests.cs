using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using GenRnn.Generator.Tests.Building;
using Xunit;

namespace GenRnn.Analyzers.Tests;

/// <summary>The four mistakes of the README: its programs are built by <c>dotnet build</c>, and what it shows is what that prints.</summary>
public sealed class NotebookMistakeTests : IDisposable
{
    private readonly ConsumerProject _project = new("GenRnn.Generator.dll", "GenRnn.Compiler.dll", "GenRnn.Analyzers.dll", "GenRnn.CodeFixes.dll");

    public void Dispose() => _project.Dispose();

    // The first one is an error of C# as well, at which the compiler stops before it would come to the others.
    [Theory]
    [InlineData("Misspelt.cs")]
    [InlineData("Stacked.cs", "TimeFirst.cs", "Swapped.cs")]
    public async Task The_readme_shows_what_the_build_prints(params string[] files)
    {
        Dictionary<string, (string Program, string Output)> examples = Examples();
        Assert.Equal(["Misspelt.cs", "Stacked.cs", "Swapped.cs", "TimeFirst.cs"], examples.Keys.Order(StringComparer.Ordinal));
        foreach (string file in files)
            await File.WriteAllTextAsync(Path.Combine(_project.Folder, file), examples[file].Program);

        string printed = await _project.BuildAsync("");

        foreach (string file in files)
            Assert.Equal(examples[file].Output.TrimEnd('\n').Split('\n').Order(StringComparer.Ordinal), LinesOf(file, printed).Order(StringComparer.Ordinal));
    }

    /// <summary>A block of C# that begins with its file's name, and the block behind it.</summary>
    private static Dictionary<string, (string Program, string Output)> Examples()
    {
        string readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md")).ReplaceLineEndings("\n");
        return Regex.Matches(readme, @"```csharp\n(// (\w+\.cs)\n.*?)```\n\n```\n(.*?)```", RegexOptions.Singleline)
            .ToDictionary(m => m.Groups[2].Value, m => (m.Groups[1].Value, m.Groups[3].Value));
    }

    /// <summary>What is printed of a file, once, without the folder in front and the project behind.</summary>
    private static IEnumerable<string> LinesOf(string file, string printed) => printed.ReplaceLineEndings("\n").Split('\n')
        .Select(line => Regex.Match(line, @"(?:^|[\\/])(" + Regex.Escape(file) + @"\(.*?)(?: \[[^\[]*\.csproj\])?$").Groups[1].Value)
        .Where(line => line.Length > 0)
        .Distinct();
}
