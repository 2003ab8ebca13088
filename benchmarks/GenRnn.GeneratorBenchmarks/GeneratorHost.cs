using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using GenRnn.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.GeneratorBenchmarks;

/// <summary>An editor's session: one project with one file, edited again and again, with the generator running after each edit.</summary>
internal sealed class GeneratorHost
{
    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.Latest);

    private GeneratorDriver _driver = CSharpGeneratorDriver.Create(
        [new GenRnnGenerator().AsSourceGenerator()],
        parseOptions: s_parse,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private CSharpCompilation _compilation = CSharpCompilation.Create(
        "Consumer", references: References(), options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    /// <summary>Puts the text into the file and runs the generator.</summary>
    /// <returns>Milliseconds of the generator's run alone: parsing the file is the compiler's work.</returns>
    public double Run(string source)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(SourceText.From(source, Encoding.UTF8), s_parse, "Model.cs");
        _compilation = _compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(tree);
        // The compiler has bound attributes before any generator runs in an editor; without this the first run pays for it.
        _ = _compilation.GetDiagnostics();

        long start = Stopwatch.GetTimestamp();
        _driver = _driver.RunGenerators(_compilation);
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;

        GeneratorRunResult result = _driver.GetRunResult().Results.Single();
        if (result.Exception is not null)
            throw new InvalidOperationException("The generator failed.", result.Exception);
        Characters = result.GeneratedSources.Sum(s => s.SourceText.Length);
        EmittedAnew = result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs)
            .Count(output => output.Reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
        return milliseconds;
    }

    /// <summary>The source that is generated for one model.</summary>
    public string Emit(string source)
    {
        Run(source);
        return _driver.GetRunResult().Results.Single().GeneratedSources.Single().SourceText.ToString();
    }

    /// <summary>Length of the generated source.</summary>
    public int Characters { get; private set; }

    /// <summary>How many outputs the last run wrote anew; 0 if everything was cached.</summary>
    public int EmittedAnew { get; private set; }

    /// <summary>What a project references that uses Gen.</summary>
    public static IEnumerable<MetadataReference> References()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == framework)
            .Append(typeof(InputAttribute).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path));
    }
}
