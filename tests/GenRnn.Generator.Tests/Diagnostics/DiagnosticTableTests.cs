using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using GenRnn.Compiler;
using GenRnn.Compiler.Findings;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Xunit;

namespace GenRnn.Generator.Tests.Diagnostics;

/// <summary>One table for generator, compiler, analyzers and help pages.</summary>
public class DiagnosticTableTests
{
    public static TheoryData<string> Ids => new(DiagnosticTable.All.Select(d => d.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_help_page_says_what_the_table_says(string id)
    {
        DiagnosticDescriptor descriptor = DiagnosticTable.Of(Rules.Find(id));
        string page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "diagnostics", id + ".md"));

        Assert.Equal("# " + id + ": " + descriptor.Title.ToString(CultureInfo.InvariantCulture), page.ReplaceLineEndings("\n").Split('\n')[0], ignoreCase: true);
        Assert.Contains("| Reported by | the " + (Rules.Find(id).Reporter == Reporter.Generator ? "generator" : "analyzers") + " |", page, StringComparison.Ordinal);
        Assert.Contains("| Severity | " + descriptor.DefaultSeverity.ToString().ToLowerInvariant(), page, StringComparison.Ordinal);
        Assert.Equal("docs/diagnostics/" + id + ".md", descriptor.HelpLinkUri);
    }

    [Fact]
    public void Is_sorted_and_says_things_once()
    {
        IEnumerable<string> ids = DiagnosticTable.All.Select(d => d.Id).ToList();

        Assert.Equal(ids.Order(StringComparer.Ordinal).Distinct(), ids);
        Assert.Equal(ids.Count(), DiagnosticTable.All.Select(d => d.Title.ToString(CultureInfo.InvariantCulture)).Distinct().Count());
        Assert.Throws<ArgumentException>(() => Rules.Find("GEN9999"));
    }

    // The compiler has no reference to the table, only the IDs in its text.
    [Fact]
    public void Knows_every_rule_of_the_compiler()
    {
        string[] used = IdsIn(typeof(ModelCompiler).Assembly.Location);

        Assert.Contains("GEN0301", used);
        Assert.Empty(used.Except(DiagnosticTable.All.Select(d => d.Id)));
    }

    private static string[] IdsIn(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        MetadataReader reader = file.GetMetadataReader();
        var ids = new SortedSet<string>(StringComparer.Ordinal);
        UserStringHandle handle = MetadataTokens.UserStringHandle(1);
        while (!handle.IsNil)
        {
            string text = reader.GetUserString(handle);
            if (Regex.IsMatch(text, @"\AGEN\d{4}\z"))
                ids.Add(text);
            handle = reader.GetNextHandle(handle);
        }

        return [.. ids];
    }
}
