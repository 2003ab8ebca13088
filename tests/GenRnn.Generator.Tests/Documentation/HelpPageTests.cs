using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GenRnn.Compiler;
using GenRnn.Generator.Diagnostics;
using GenRnn.Generator.Parsing;
using GenRnn.Generator.Pipeline;
using GenRnn.Generator.Tests.Hosting;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace GenRnn.Generator.Tests.Documentation;

/// <summary>The pages say what the rules do: each bad example has its mistake, each good one has none.</summary>
public sealed class HelpPageTests
{
    /// <summary>Rules that no example can show here: they report what another rule or Gen itself did.</summary>
    private static readonly string[] s_withoutExample = ["GEN0001", "GEN0002"];

    public static TheoryData<string> Rules() => new(DiagnosticTable.All.Select(d => d.Id).Except(s_withoutExample));

    [Fact]
    public void EveryRuleHasAPageAndEveryPageARule()
    {
        string[] rules = [.. DiagnosticTable.All.Select(d => d.Id).Append("GEN0901").Order()];
        Assert.Equal(rules, HelpPage.Ids());
    }

    [Fact]
    public void EveryPageIsTitledByItsRule()
    {
        foreach (string id in HelpPage.Ids())
            Assert.StartsWith("# " + id + ": ", HelpPage.Read(id).Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void TheBadExampleHasTheMistake(string id)
    {
        string bad = HelpPage.Read(id).Bad;
        Assert.NotEmpty(bad);
        Assert.Equal([id], Findings(bad).Distinct());
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void TheGoodExampleHasNone(string id)
    {
        string good = HelpPage.Read(id).Good;
        Assert.NotEmpty(good);
        Assert.Empty(Findings(good));
    }

    private static IReadOnlyList<string> Findings(string example)
    {
        CSharpCompilation compilation = GeneratorHost.Compile("using GenRnn;\n" + example);
        ParsedModel model = GeneratorHost.ParseModel(compilation, "Forecaster");
        CompiledModel compiled = CompilationCache.Shared.Compile(model.Spec, CancellationToken.None);
        return [.. ModelFindings.Merge(model.Findings, compiled.Findings, model.FirstHole).Select(f => f.Id)];
    }
}
