using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Xunit;

namespace GenRnn.Generator.Tests.Hosting;

/// <summary>What one run of the generator left behind.</summary>
/// <param name="Before">The compilation that it saw.</param>
/// <param name="After">The same with its output.</param>
/// <param name="Run">Files and exception, if any.</param>
/// <param name="Diagnostics">What the generator reported.</param>
internal sealed record GeneratorResult(
    CSharpCompilation Before, CSharpCompilation After, GeneratorRunResult Run, ImmutableArray<Diagnostic> Diagnostics)
{
    // Said of every part of a class whose name its author wrote in lower case.
    private const string LowerCaseTypeName = "CS8981";

    private const int MaximumReported = 5;

    private const int LinesAround = 3;

    // One pass of the compiler over all bodies: they are most of the work of these tests.
    private readonly Lazy<(byte[] Image, ImmutableArray<Diagnostic> Diagnostics)> _emitted = new(() =>
    {
        using var image = new MemoryStream();
        EmitResult result = After.Emit(image);
        return (image.ToArray(), result.Diagnostics);
    });

    /// <summary>The assembly of <see cref="After"/>; empty if it has errors.</summary>
    public byte[] Image => _emitted.Value.Image;

    /// <summary>What the compiler says about <see cref="After"/>.</summary>
    public ImmutableArray<Diagnostic> CompilerDiagnostics => _emitted.Value.Diagnostics;

    public ImmutableArray<GeneratedSourceResult> Sources => Run.Exception is null ? Run.GeneratedSources : [];

    /// <summary>Generator diagnostics with this ID.</summary>
    public IReadOnlyList<Diagnostic> With(string id) => Diagnostics.Where(d => d.Id == id).ToList();

    /// <summary>Fails, with the numbered source, if the generator threw, or if an emitted file does not compile without a warning.</summary>
    public void AssertEmittedCodeCompiles()
    {
        Assert.True(Run.Exception is null, "The generator threw: " + Run.Exception);
        List<Diagnostic> problems = CompilerDiagnostics
            .Where(d => d.Severity >= DiagnosticSeverity.Warning && IsEmitted(d.Location.SourceTree) && d.Id != LowerCaseTypeName)
            .ToList();
        if (problems.Count == 0)
            return;

        var report = new StringBuilder();
        foreach (Diagnostic problem in problems.Take(MaximumReported))
        {
            report.AppendLine(problem.ToString());
            AppendAround(report, problem.Location);
        }

        Assert.Fail(report.Append(problems.Count).Append(" problems").ToString());
    }

    /// <summary>For files that are broken themselves: fails if the generator threw, or if what it emitted has errors of its own.
    /// Errors that the file had before are nobody's fault, even where they show again in the emitted part.</summary>
    public void AssertEmittedCodeCompilesWithoutThrowing()
    {
        Assert.True(Run.Exception is null, "The generator threw: " + Run.Exception);
        Assert.DoesNotContain(Diagnostics, d => d.Id is "CS8785" or "GEN0002");
        if (Before.GetDiagnostics().All(d => d.Severity != DiagnosticSeverity.Error))
            AssertEmittedCodeCompiles();
        else
            Assert.All(Sources, s => Assert.DoesNotContain(s.SyntaxTree.GetDiagnostics(), d => d.Severity == DiagnosticSeverity.Error));
    }

    /// <summary>Fails if anything is wrong with what was written or emitted; the missing documentation of test sources aside.</summary>
    public void AssertCompiles()
    {
        Assert.Empty(Diagnostics);
        AssertEmittedCodeCompiles();
        Assert.Empty(CompilerDiagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning && d.Id != "CS1591"));
    }

    private bool IsEmitted(SyntaxTree? tree) => tree is not null && !Before.ContainsSyntaxTree(tree);

    /// <summary>The numbered lines around a place.</summary>
    private static void AppendAround(StringBuilder report, Location location)
    {
        string[] lines = location.SourceTree!.ToString().Split('\n');
        int line = location.GetLineSpan().StartLinePosition.Line;
        for (int i = Math.Max(0, line - LinesAround); i <= Math.Min(lines.Length - 1, line + LinesAround); i++)
            report.Append((i + 1).ToString(CultureInfo.InvariantCulture).PadLeft(6)).Append(i == line ? "> " : "  ").AppendLine(lines[i]);
    }
}
