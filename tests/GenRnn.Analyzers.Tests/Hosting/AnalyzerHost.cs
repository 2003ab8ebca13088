using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GenRnn.Compiler.Findings;
using GenRnn.Generator.Diagnostics;
using GenRnn.Generator.Parsing;
using GenRnn.Generator.Tests.Hosting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace GenRnn.Analyzers.Tests.Hosting;

/// <summary>Runs generator and analyzers in memory, in the order of the compiler.</summary>
internal static class AnalyzerHost
{
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } = [new ModelAnalyzer(), new CallAnalyzer()];

    /// <summary>What the analyzers say, or the generator in their stead, in the order of the source. An analyzer that throws fails the test.</summary>
    public static Task<IReadOnlyList<Diagnostic>> RunAsync(string source, params string[] enabled) => RunAsync(GeneratorHost.Compile(source), enabled);

    /// <param name="compilation">As written, before generation.</param>
    /// <param name="enabled">Rules to switch on that are off by default.</param>
    public static async Task<IReadOnlyList<Diagnostic>> RunAsync(CSharpCompilation compilation, params string[] enabled) =>
        (await RunAllAsync(compilation, enabled)) is var (analyzers, generator, _)
            ? [.. analyzers.Concat(generator.Where(d => Rules.Find(d.Id).Reporter != Reporter.Generator)).OrderBy(d => d.Location.GetLineSpan().Path, StringComparer.Ordinal).ThenBy(d => d.Location.SourceSpan.Start)]
            : [];

    /// <summary>The same, with what the generator and the compiler say.</summary>
    public static async Task<(IReadOnlyList<Diagnostic> Analyzers, IReadOnlyList<Diagnostic> Generator, CSharpCompilation After)> RunAllAsync(
        CSharpCompilation compilation, params string[] enabled)
    {
        GeneratorResult generated = GeneratorHost.Run(compilation);
        Assert.Null(generated.Run.Exception);
        CSharpCompilation after = generated.After.WithOptions(generated.After.Options.WithSpecificDiagnosticOptions(
            enabled.ToDictionary(id => id, _ => ReportDiagnostic.Warn)));
        return (await AnalyzeAsync(after), generated.Diagnostics, after);
    }

    /// <summary>Analyzers alone, on a compilation that holds the generated parts already.</summary>
    /// <remarks>File by file, as an editor does it: the bodies of the generated code, which no rule looks at, are then never bound.</remarks>
    public static async Task<IReadOnlyList<Diagnostic>> AnalyzeAsync(CSharpCompilation after)
    {
        CompilationWithAnalyzers analysis = after.WithAnalyzers(Analyzers, new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false));
        var found = new List<Diagnostic>();
        foreach (SyntaxTree tree in after.SyntaxTrees.Where(t => !ClassDeclarations.IsGenerated(t)))
            found.AddRange((await analysis.GetAnalysisResultAsync(after.GetSemanticModel(tree), filterSpan: null, CancellationToken.None)).GetAllDiagnostics());

        string thrown = string.Concat(found.Where(d => d.Id == "AD0001").Select(d => d + "\n" + d.Descriptor.Description));
        Assert.True(thrown.Length == 0, thrown);
        return found.Distinct().Where(d => !d.IsSuppressed)
            .OrderBy(d => d.Location.SourceTree!.FilePath, StringComparer.Ordinal).ThenBy(d => d.Location.SourceSpan.Start).ThenBy(d => d.Id, StringComparer.Ordinal)
            .ToList();
    }

    /// <summary>What the compiler says of the files that somebody wrote. That what Gen wrote compiles is tested where it is run.</summary>
    public static IEnumerable<Diagnostic> CompilerDiagnostics(CSharpCompilation after) =>
        after.SyntaxTrees.Where(t => !ClassDeclarations.IsGenerated(t)).SelectMany(tree => after.GetSemanticModel(tree).GetDiagnostics());

    /// <summary>Everything that Gen says of the source, but for the repetition that the model was not generated.</summary>
    public static Task<IReadOnlyList<Diagnostic>> FindAllAsync(string source, params string[] enabled) => FindAllAsync(GeneratorHost.Compile(source), enabled);

    /// <inheritdoc cref="FindAllAsync(string, string[])"/>
    public static async Task<IReadOnlyList<Diagnostic>> FindAllAsync(CSharpCompilation compilation, params string[] enabled)
    {
        (IReadOnlyList<Diagnostic> analyzers, IReadOnlyList<Diagnostic> generator, _) = await RunAllAsync(compilation, enabled);
        return [.. generator.Where(d => d.Id != Rules.NotGenerated.Id), .. analyzers];
    }

    /// <summary>Fails unless the analyzers say exactly this of the marked places.</summary>
    public static async Task AssertFindsAsync(string marked, string id, string? message, params string[] enabled)
    {
        MarkedSource source = MarkedSource.Parse(marked);
        IReadOnlyList<Diagnostic> found = await RunAsync(source.Text, enabled);

        string seen = string.Join("\n", found) + "\n" + MarkedSource.Mark(source.Text, found.Select(d => d.Location.SourceSpan));
        Assert.True(found.Count == source.Spans.Count && found.All(d => d.Id == id), seen);
        Assert.True(found.Select(d => d.Location.SourceSpan).SequenceEqual(source.Spans), seen);
        if (message is not null)
            Assert.Equal(message, found[0].GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }
}
