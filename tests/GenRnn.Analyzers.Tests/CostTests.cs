using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GenRnn.Analyzers.Tests.Hosting;
using GenRnn.Generator.Tests.Hosting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;
using Xunit.Abstractions;

namespace GenRnn.Analyzers.Tests;

/// <summary>What the analyzers cost a project that has no models, though it references Gen. The time is printed, not asserted: it is the machine's.</summary>
public class CostTests(ITestOutputHelper output)
{
    private const int Files = 1000;

    [Fact]
    public async Task A_thousand_files_without_models()
    {
        CSharpCompilation compilation = GeneratorHost.Compile(Enumerable.Range(0, Files).Select(File).ToArray());
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));

        foreach (string round in new[] { "first run", "second run" })
        {
            CompilationWithAnalyzers analysis = compilation.Clone().WithAnalyzers(
                AnalyzerHost.Analyzers,
                new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, concurrentAnalysis: false, logAnalyzerExecutionTime: true));
            var watch = Stopwatch.StartNew();
            AnalysisResult result = await analysis.GetAnalysisResultAsync(CancellationToken.None);
            watch.Stop();

            Assert.Empty(result.GetAllDiagnostics());
            foreach (KeyValuePair<DiagnosticAnalyzer, Microsoft.CodeAnalysis.Diagnostics.Telemetry.AnalyzerTelemetryInfo> analyzer in result.AnalyzerTelemetryInfo)
                output.WriteLine(FormattableString.Invariant($"{round}: {analyzer.Key.GetType().Name} {analyzer.Value.ExecutionTime.TotalMilliseconds:F1} ms of {watch.ElapsedMilliseconds} ms for {Files} files"));
        }
    }

    private static string File(int number) => FormattableString.Invariant($$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        namespace N{{number}};
        [Serializable]
        public class Service
        {
            private readonly List<string> _names = new();
            public int Count => _names.Count;
            public void Add(string name) { if (string.IsNullOrEmpty(name)) throw new ArgumentException(nameof(name)); _names.Add(name.Trim()); }
            public string Predict(string start, int length) => _names.Where(n => n.StartsWith(start)).Select(n => n.Substring(0, Math.Min(n.Length, length))).FirstOrDefault() ?? Predict(start, length - 1);
            public IEnumerable<int> Step(int n) { for (int i = 0; i < n; i++) yield return Math.Max(i, Count); }
        }
        public record Item(int Id, string Name) { public override string ToString() => string.Concat(Id.ToString(), Name.ToUpperInvariant()); }
        """);
}
