using System.Globalization;
using System.Linq;
using GenRnn.Generator.Tests.Hosting;
using Microsoft.CodeAnalysis;
using Xunit;

namespace GenRnn.Generator.Tests.Pipeline;

/// <summary>Random declarations, the same ones in every run.</summary>
public class FuzzTests
{
    private const int PerSeed = 20;

    public static TheoryData<int> Seeds => new(Enumerable.Range(0, 8));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Valid_declarations_compile(int seed)
    {
        GeneratorResult result = GeneratorHost.Run(Source(seed, isValid: true));

        Assert.Empty(result.Diagnostics);
        result.AssertEmittedCodeCompiles();
        Assert.Empty(result.CompilerDiagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
        // They also compute what the interpreter computes, gradients and time steps included, bit for bit.
        FuzzReport report = FuzzOracle.Check(result, "seed " + seed);
        Assert.Equal(PerSeed, report.Models);
        Assert.True(report.Streaming > 2, $"Only {report.Streaming} models stream.");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Broken_declarations_are_reported(int seed)
    {
        GeneratorResult result = GeneratorHost.Run(Source(1000 + seed, isValid: false));

        Assert.Null(result.Run.Exception);
        Assert.Empty(result.With("GEN0002"));
        Assert.Empty(result.Sources.SelectMany(s => s.SyntaxTree.GetDiagnostics()));
        Assert.All(result.Diagnostics, d => Assert.StartsWith("GEN", d.Id, System.StringComparison.Ordinal));
        Assert.True(result.With("GEN0001").Count > PerSeed / 3, "Only " + result.With("GEN0001").Count + " were found broken.");

        // Whatever is wrong with a declaration, the part that Gen adds brings no errors of its own.
        Assert.Empty(result.CompilerDiagnostics.Where(d =>
            d.Severity == DiagnosticSeverity.Error && d.Location.SourceTree is { } tree && !result.Before.ContainsSyntaxTree(tree)));
    }

    private static string Source(int seed, bool isValid)
    {
        var declarations = new RandomDeclarations(seed);
        return "using GenRnn;\n" + string.Concat(Enumerable.Range(0, PerSeed)
            .Select(i => declarations.Next("N" + i.ToString(CultureInfo.InvariantCulture), isValid)));
    }
}
