using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Diagnostics;
using GenRnn.Generator.Parsing;
using GenRnn.Generator.Pipeline;
using GenRnn.Generator.Tests.Hosting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace GenRnn.Generator.Tests.Diagnostics;

/// <summary>Every rule of the table has a help page, and the examples on it are true.</summary>
public class HelpPageTests
{
    public static TheoryData<string> Ids => new(DiagnosticTable.All.Select(d => d.Id));

    public static TheoryData<string> IdsWithExamples =>
        new(DiagnosticTable.All.Select(d => d.Id).Where(id => id is not "GEN0001" and not "GEN0002"));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Says_what_the_table_says(string id)
    {
        DiagnosticDescriptor descriptor = DiagnosticTable.Find(id);
        string page = Read(id);
        string title = descriptor.Title.ToString(System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal("# " + id + ": " + title, page.Split('\n')[0], ignoreCase: true);
        Assert.Contains("| Reported by | the " + (DiagnosticTable.IsReportedByGenerator(id) ? "generator" : "analyzers") + " |", page, StringComparison.Ordinal);
        Assert.Contains("| Severity | " + descriptor.DefaultSeverity.ToString().ToLowerInvariant(), page, StringComparison.Ordinal);
        Assert.Equal("docs/diagnostics/" + id + ".md", descriptor.HelpLinkUri);
    }

    [Theory]
    [MemberData(nameof(IdsWithExamples))]
    public void The_bad_example_is_bad_and_the_good_one_is_good(string id)
    {
        // The size of a model is known after scheduling, not from its shapes.
        if (id != "GEN0502")
            Assert.Contains(FindingsOf(Example(id, "Bad")), f => f.Id == id);
        Assert.Empty(FindingsOf(Example(id, "Good")).Select(f => f.Id + ": " + DiagnosticTable.Message(f)));
    }

    [Fact]
    public void The_table_is_sorted_and_says_things_once()
    {
        IEnumerable<string> ids = DiagnosticTable.All.Select(d => d.Id).ToList();

        Assert.Equal(ids.Order(StringComparer.Ordinal).Distinct(), ids);
        Assert.Equal(ids.Count(), DiagnosticTable.All.Select(d => d.Title.ToString(System.Globalization.CultureInfo.InvariantCulture)).Distinct().Count());
        Assert.Throws<ArgumentException>(() => DiagnosticTable.Find("GEN9999"));
    }

    private static List<Finding> FindingsOf(string source)
    {
        CSharpCompilation compilation = GeneratorHost.Compile("using GenRnn;\n" + source);
        List<ParsedModel> models = compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type).OfType<INamedTypeSymbol>()
            .Select(type => ModelParser.Parse(type, compilation, default)).OfType<ParsedModel>().ToList();
        Assert.NotEmpty(models);
        return models
            .SelectMany(m => ModelFindings.Merge(m.Findings, ShapeInference.Infer(m.Spec).Findings.ToEquatableArray(), m.FirstHole))
            .ToList();
    }

    private static string Example(string id, string heading)
    {
        Match match = Regex.Match(Read(id), "## " + heading + "\n.*?```csharp\n(.*?)```", RegexOptions.Singleline);
        Assert.True(match.Success, "The page has no example under '" + heading + "'.");
        return match.Groups[1].Value;
    }

    private static string Read(string id) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "diagnostics", id + ".md")).ReplaceLineEndings("\n");
}
