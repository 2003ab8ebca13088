using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace GenRnn.Compiler.Tests.Architectures;

/// <summary>
/// The folders of the compiler stand in one order, that of the way of a model (docs/architecture.md): a file uses its own folder and those in front of it. Found from the source:
/// what it imports, and what it names of namespaces around its own.
/// </summary>
public sealed class FolderOrderTests
{
    /// <summary>From the first to the last; folders of one line are one room, whose parts may use each other.</summary>
    private static readonly string[][] s_order =
    [
        ["Targets"],
        ["Language"],
        ["Findings"],
        ["Spec"],
        ["Graph"],
        ["Ir"],
        ["Layers", "Layers/Cells", "Layers/Merges"],
        ["Registry"],
        ["Shapes"],
        ["Lowering"],
        ["Identity"],
        ["Autodiff"],
        ["Passes"],
        ["Kernels"],
        ["Scheduling/Loops"],
        ["Scheduling/Placement"],
        ["Scheduling/Tiles"],
        ["Scheduling/Kernels"],
        ["Scheduling/Gradients"],
        ["Scheduling/Plans"],
        ["Scheduling/Drivers"],
        ["Scheduling"],
        ["CSharp", "CSharp/Members"],
        ["Interop"],
        ["."],
    ];

    [Fact]
    public void Every_folder_has_its_place() => Assert.Equal(Files().Select(f => f.Folder).Distinct().Order(StringComparer.Ordinal), s_order.SelectMany(o => o).Order(StringComparer.Ordinal));

    [Fact]
    public void Files_use_what_stands_in_front_of_them()
    {
        Dictionary<string, int> places = s_order.SelectMany((room, place) => room.Select(folder => (folder, place))).ToDictionary(f => f.folder, f => f.place);
        List<string> wrong = [];
        foreach ((string folder, string name, string code) in Files())
        {
            foreach (string used in Used(folder, code, places.Keys).Where(used => places[used] > places[folder]))
                wrong.Add($"{folder}/{name} uses {used}");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Files_are_in_the_namespace_of_their_folder() => Assert.Empty(Files()
        .Where(f => f.Name != "Polyfills.cs" && !Regex.IsMatch(f.Code, $@"^namespace GenRnn\.Compiler{(f.Folder == "." ? "" : Regex.Escape("." + f.Folder.Replace('/', '.')))};", RegexOptions.Multiline))
        .Select(f => $"{f.Folder}/{f.Name}"));

    private static IEnumerable<string> Used(string folder, string code, ICollection<string> folders)
    {
        foreach (string other in folders.Where(other => other is not "." && other != folder))
        {
            string space = Regex.Escape(other.Replace('/', '.'));
            // A namespace, or a type of it by another name.
            bool isImported = Regex.Matches(code, $@"using (?:\w+ = |static )?GenRnn\.Compiler\.{space}(?:\.(\w+))?;").Any(m => !m.Groups[1].Success || !folders.Contains($"{other}/{m.Groups[1].Value}"));
            bool isNamed = Types(other).Any(type => Regex.IsMatch(code, $@"(?<!\w)(?:{space}|{Regex.Escape(other.Split('/')[^1])})\.{type}\b"));
            // Types of a namespace around this one need no import.
            bool isAround = folder.StartsWith(other + "/", StringComparison.Ordinal) && Types(other).Any(type => Regex.IsMatch(code, $@"(?<![\w.]){type}\b"));
            if (isImported || isNamed || isAround)
                yield return other;
        }
    }

    private static readonly Dictionary<string, string[]> s_types = Files().GroupBy(f => f.Folder).ToDictionary(g => g.Key, g => g
        .SelectMany(f => Regex.Matches(f.Code, @"^(?:public|internal) (?:(?:static|sealed|abstract|readonly|partial) )*(?:class|enum|struct|record struct|record|interface) (\w+)", RegexOptions.Multiline))
        .Select(m => m.Groups[1].Value).Distinct().ToArray());

    private static string[] Types(string folder) => s_types[folder];

    /// <summary>All files with their folder and their code, without comments and the texts of literals.</summary>
    private static IEnumerable<(string Folder, string Name, string Code)> Files([CallerFilePath] string thisFile = "")
    {
        string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "generator", "GenRnn.Compiler"));
        foreach (string file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
        {
            string folder = Path.GetRelativePath(root, Path.GetDirectoryName(file)!).Replace('\\', '/');
            if (folder.Split('/')[0] is "obj" or "bin")
                continue;
            string code = Regex.Replace(File.ReadAllText(file).ReplaceLineEndings("\n"), @"^\s*//.*$", "", RegexOptions.Multiline);
            yield return (folder, Path.GetFileName(file), Regex.Replace(code, "\"(?:[^\"\\\\\n]|\\\\.)*\"", "\"\""));
        }
    }
}
