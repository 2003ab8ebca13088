using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using GenRnn.Analyzers.Tests.Hosting;
using GenRnn.Generator.Tests.Hosting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace GenRnn.Analyzers.Tests;

/// <summary>Programs as people write them, in Programs/: a server, a script that trains, streams, texts. Nothing is wrong with them, and nothing is said.</summary>
public class ProgramTests
{
    [Fact]
    public async Task Nothing_is_said_of_programs_that_are_right()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Programs");
        CSharpCompilation compilation = GeneratorHost.Compile().AddSyntaxTrees(
            Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(file => GeneratorHost.Parse(File.ReadAllText(file), Path.GetFileName(file))));

        (IReadOnlyList<Diagnostic> analyzers, IReadOnlyList<Diagnostic> generator, CSharpCompilation after) = await AnalyzerHost.RunAllAsync(compilation);

        Assert.Empty(analyzers.Concat(generator).Concat(AnalyzerHost.CompilerDiagnostics(after).Where(d => d.Severity == DiagnosticSeverity.Error)).Select(d => d.ToString()));
    }
}
