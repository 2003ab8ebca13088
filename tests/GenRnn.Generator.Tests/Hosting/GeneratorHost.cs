using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.Generator.Tests.Hosting;

/// <summary>Runs the generator in memory, on source text, as the compiler of a consumer without unsafe code would.</summary>
internal static class GeneratorHost
{
    public static CSharpParseOptions ParseOptions { get; } =
        new(LanguageVersion.Latest, DocumentationMode.Diagnose, SourceCodeKind.Regular);

    private static readonly ImmutableArray<MetadataReference> s_references = FindReferences();

    private static readonly CSharpCompilationOptions s_options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        .WithOptimizationLevel(OptimizationLevel.Release)
        .WithNullableContextOptions(NullableContextOptions.Enable)
        .WithWarningLevel(9999)
        .WithAllowUnsafe(false);

    /// <summary>A compilation of the sources, in files called Source0.cs, Source1.cs and so on.</summary>
    public static CSharpCompilation Compile(params string[] sources) => CSharpCompilation.Create(
        "Consumer",
        sources.Select((source, index) => Parse(source, "Source" + index + ".cs")),
        s_references,
        s_options);

    public static SyntaxTree Parse(string source, string path) =>
        CSharpSyntaxTree.ParseText(SourceText.From(source, System.Text.Encoding.UTF8), ParseOptions, path);

    public static GeneratorResult Run(params string[] sources) => Run(Compile(sources));

    public static GeneratorResult Run(CSharpCompilation compilation)
    {
        GeneratorDriver driver = CreateDriver(trackSteps: false)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation after, out ImmutableArray<Diagnostic> diagnostics);
        return new GeneratorResult(compilation, (CSharpCompilation)after, driver.GetRunResult().Results.Single(), diagnostics);
    }

    public static GeneratorDriver CreateDriver(bool trackSteps) => CSharpGeneratorDriver.Create(
        new[] { new GenRnnGenerator().AsSourceGenerator() },
        parseOptions: ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: trackSteps));

    /// <summary>The parser's view of a class.</summary>
    public static ParsedModel ParseModel(Compilation compilation, string metadataName)
    {
        INamedTypeSymbol type = compilation.GetTypeByMetadataName(metadataName)
            ?? throw new ArgumentException("There is no class " + metadataName + ".", nameof(metadataName));
        return ModelParser.Parse(type, compilation, CancellationToken.None)
            ?? throw new ArgumentException(metadataName + " declares no model.", nameof(metadataName));
    }

    /// <summary>The one model that a namespace declares, with its cells.</summary>
    public static ModelSpec ModelIn(Compilation compilation, string @namespace) => ModelsIn(compilation, @namespace).Single(m => !m.IsCell);

    /// <summary>The models that a namespace declares, with their cells, and the cells that it declares.</summary>
    public static IEnumerable<ModelSpec> ModelsIn(Compilation compilation, string @namespace) =>
        TypesIn(compilation.Assembly.GlobalNamespace.GetNamespaceMembers().Single(n => n.Name == @namespace))
            .Select(type => ModelParser.Parse(type, compilation, CancellationToken.None))
            .OfType<ParsedModel>()
            .Select(model => CellDeclarations.Join(model.Spec, compilation, CancellationToken.None));

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol symbol) => symbol.GetMembers().OfType<INamespaceOrTypeSymbol>()
        .SelectMany(member => TypesIn(member).Concat(member is INamedTypeSymbol type ? [type] : []));

    private static ImmutableArray<MetadataReference> FindReferences()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        IEnumerable<string> platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == framework);
        return platform.Append(typeof(InputAttribute).Assembly.Location)
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
            .ToImmutableArray();
    }
}
