using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using GenRnn.Analyzers;
using GenRnn.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace GenRnn.GeneratorBenchmarks;

/// <summary>What the analyzers add to the build of a thousand files in which there is no model.</summary>
internal static class AnalyzerCost
{
    /// <summary>Asks for the first build of a process: the analyzers are compiled just in time while it runs.</summary>
    public const string FreshProcess = "fresh";

    private const int Files = 1000;
    private const int Rounds = 5;

    private static readonly DiagnosticAnalyzer[] s_analyzers = [new ModelAnalyzer(), new CallAnalyzer()];

    /// <summary>A table of milliseconds, or, in the fresh process, a line for each of its rows.</summary>
    public static string Measure(bool isFresh)
    {
        var table = new StringBuilder();
        if (!isFresh)
        {
            table.AppendLine("Milliseconds that Roslyn counts for an analyzer, one thread. Fresh process: median of 3, least-most; warm: median of 5.");
            table.AppendLine();
            table.AppendLine("| project of 1,000 files | analyzer | fresh process | warm |");
            table.AppendLine("| --- | --- | --- | --- |");
        }

        foreach ((string name, IEnumerable<MetadataReference> references) in Projects())
        {
            CSharpCompilation project = Create(name, references, [.. Enumerable.Range(0, Files).Select(File)]);
            if (project.GetDiagnostics().FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error) is { } error)
                throw new InvalidOperationException(error.ToString());
            double[][] rounds = [.. Enumerable.Range(0, isFresh ? 1 : Rounds).Select(_ => Run(project))];
            for (int a = 0; a < s_analyzers.Length; a++)
            {
                double warm = rounds.Select(r => r[a]).Order().ElementAt(rounds.Length / 2);
                string row = name + "/" + s_analyzers[a].GetType().Name;
                if (isFresh)
                {
                    table.AppendLine(string.Create(CultureInfo.InvariantCulture, $"{row}={warm}"));
                    continue;
                }

                double[] fresh = [.. FreshRuns.Value.Select(run => run[row]).Order()];
                table.AppendLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {name} | {s_analyzers[a].GetType().Name} | {fresh[1]:0.0} [{fresh[0]:0.0}-{fresh[2]:0.0}] | {warm:0.00} |"));
            }
        }

        return table.ToString();
    }

    private static Lazy<Dictionary<string, double>[]> FreshRuns { get; } = new(() =>
    [
        .. Enumerable.Range(0, 3).Select(_ => ChildProcess.Run("--analyzers", FreshProcess).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('='))
            .ToDictionary(parts => parts[0], parts => double.Parse(parts[1], CultureInfo.InvariantCulture))),
    ]);

    private static IEnumerable<(string Name, IEnumerable<MetadataReference> References)> Projects()
    {
        yield return ("that references Gen", GeneratorHost.References());
        yield return ("that references a project with a model", GeneratorHost.References().Append(ModelAssembly()));
    }

    private static double[] Run(CSharpCompilation project)
    {
        // The declarations are bound, as the compiler does it for itself: what the analyzers ask of them is not theirs to pay.
        CSharpCompilation fresh = project.Clone();
        _ = fresh.GetDeclarationDiagnostics();
        CompilationWithAnalyzers analysis = fresh.WithAnalyzers([.. s_analyzers], new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: true));
        AnalysisResult result = analysis.GetAnalysisResultAsync(CancellationToken.None).GetAwaiter().GetResult();
        if (result.GetAllDiagnostics() is [{ } found, ..])
            throw new InvalidOperationException("There is nothing to find, but: " + found);
        return [.. s_analyzers.Select(a => result.AnalyzerTelemetryInfo[a].ExecutionTime.TotalMilliseconds)];
    }

    private static CSharpCompilation Create(string name, IEnumerable<MetadataReference> references, params string[] sources) => CSharpCompilation.Create(
        name.Replace(' ', '_'),
        sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Latest), FormattableString.Invariant($"File{i}.cs"), Encoding.UTF8)),
        references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    private static PortableExecutableReference ModelAssembly()
    {
        CSharpCompilation models = Create(
            "Models", GeneratorHost.References(), "using GenRnn; [Input(TimeSteps = 5, Features = 2)] [Lstm(4)] [Dense(1)] public partial class Forecaster;");
        CSharpGeneratorDriver.Create([new GenRnnGenerator().AsSourceGenerator()], parseOptions: new CSharpParseOptions(LanguageVersion.Latest))
            .RunGeneratorsAndUpdateCompilation(models, out Compilation generated, out ImmutableArray<Diagnostic> _);
        using var assembly = new MemoryStream();
        if (!generated.Emit(assembly).Success)
            throw new InvalidOperationException("The model does not compile.");
        return MetadataReference.CreateFromImage(assembly.ToArray());
    }

    /// <summary>Attributes that are none of Gen's, and methods that are called like those of a model.</summary>
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
