using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using GenRnn.Analyzers.Tests.Hosting;
using GenRnn.Compiler.Findings;
using GenRnn.Generator.Diagnostics;
using GenRnn.Generator.Tests.Hosting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace GenRnn.Analyzers.Tests;

/// <summary>Every diagnostic has a help page whose examples are true, a row in the release files, and one that reports it.</summary>
public class PageTests
{
    private static readonly string s_pages = Path.Combine(AppContext.BaseDirectory, "diagnostics");

    public static TheoryData<string> Ids { get; } = new(DiagnosticTable.All.Select(d => d.Id).Where(id => id != Rules.InternalError.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_bad_example_gives_exactly_its_diagnostic_and_the_good_one_none(string id)
    {
        string page = await File.ReadAllTextAsync(Path.Combine(s_pages, id + ".md"));
        DiagnosticDescriptor descriptor = DiagnosticTable.Of(Rules.Find(id));
        Assert.StartsWith($"# {id}: {char.ToLowerInvariant(descriptor.Title.ToString()[0])}{descriptor.Title.ToString()[1..]}\n", page, StringComparison.OrdinalIgnoreCase);

        string[] halves = page.Split("\n## Good\n");
        string bad = Assert.Single(Examples(halves[0]));
        IReadOnlyList<Diagnostic> found = await AnalyzerHost.FindAllAsync(bad, id);
        if (id == Rules.NotGenerated.Id)
        {
            (_, IReadOnlyList<Diagnostic> generator, _) = await AnalyzerHost.RunAllAsync(GeneratorHost.Compile(bad));
            Assert.Equal(id, Assert.Single(generator).Id);
        }
        else
        {
            Assert.True(found.Count == 1 && found[0].Id == id, string.Join("\n", found));
        }

        // Shape and size are said of every layer as soon as somebody asks.
        string[] enabled = id == Rules.LayerShape.Id ? [] : [id];
        Assert.NotEmpty(Examples(halves[1]));
        foreach (string good in Examples(halves[1]))
        {
            (IReadOnlyList<Diagnostic> analyzers, IReadOnlyList<Diagnostic> generator, CSharpCompilation after) =
                await AnalyzerHost.RunAllAsync(GeneratorHost.Compile(good), enabled);
            Assert.Empty(analyzers.Concat(generator).Concat(AnalyzerHost.CompilerDiagnostics(after).Where(d => d.Severity == DiagnosticSeverity.Error)).Select(d => d.ToString()));
        }
    }

    [Fact]
    public void Every_diagnostic_has_a_page_that_its_help_link_names_and_every_page_a_place_in_the_index()
    {
        Assert.All(DiagnosticTable.All, d => Assert.Equal("docs/diagnostics/" + d.Id + ".md", d.HelpLinkUri));
        Assert.All(DiagnosticTable.All, d => Assert.True(File.Exists(Path.Combine(s_pages, d.Id + ".md")), d.Id + " has no page."));

        string index = File.ReadAllText(Path.Combine(s_pages, "README.md"));
        foreach (string page in Directory.GetFiles(s_pages, "GEN*.md"))
        {
            string id = Path.GetFileNameWithoutExtension(page);
            string title = File.ReadLines(page).First()["# GEN0000: ".Length..];
            Assert.Contains($"| [{id}]({id}.md) | {title} |", index, StringComparison.Ordinal);
        }
    }

    // Those that do not apply say so; none is forgotten.
    [Fact]
    public void The_index_says_what_became_of_each_of_the_forty_two_mistakes()
    {
        string[] rows = File.ReadLines(Path.Combine(s_pages, "README.md")).Where(line => Regex.IsMatch(line, @"^\| \d+ \|")).ToArray();

        Assert.Equal(Enumerable.Range(1, 42), rows.Select(r => int.Parse(r.Split('|')[1], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All(rows, row => Assert.Matches(@"\[GEN\d{4}\]|does not apply|cannot|refused|with the feature", row.Split('|')[3]));
        foreach (Match link in rows.SelectMany(r => Regex.Matches(r, @"\[(GEN\d{4})\]\((\S+?)\)")))
            Assert.Equal(Rules.Find(link.Groups[1].Value).Id + ".md", link.Groups[2].Value);
    }

    [Fact]
    public void Each_diagnostic_is_reported_by_the_generator_or_by_one_analyzer()
    {
        List<string> analyzers = AnalyzerHost.Analyzers.SelectMany(a => a.SupportedDiagnostics).Select(d => d.Id).ToList();
        Assert.Equal(
            DiagnosticTable.All.Select(d => d.Id).Where(id => Rules.Find(id).Reporter != Reporter.Generator),
            analyzers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_release_files_list_every_diagnostic_as_it_is()
    {
        IEnumerable<string> rows = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "releases"))
            .SelectMany(File.ReadLines)
            .Where(line => line.StartsWith("GEN", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        Assert.Equal(
            DiagnosticTable.All.Select(d => $"{d.Id} | {d.Category} | {(d.IsEnabledByDefault ? d.DefaultSeverity.ToString() : "Disabled")} | {d.Title}"),
            rows);
    }

    // A page shows what matters; the usings go without saying, and statements stand where they do: after a class declaration.
    private static IEnumerable<string> Examples(string markdown) => Regex.Matches(markdown, "```csharp\n(.*?)```", RegexOptions.Singleline)
        .Select(m => "using System;\nusing System.Threading.Tasks;\nusing GenRnn;\n\n" + m.Groups[1].Value);
}
