using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;

namespace GenRnn.EndToEnd.Tests.Compiling;

/// <summary>A model to compile: a class with its attributes, in a namespace of its own.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="ClassName">The class.</param>
/// <param name="Source">The class declaration.</param>
internal sealed record ModelSource(string Namespace, string ClassName, string Source)
{
    public string FullName => $"{Namespace}.{ClassName}";

    public string File => $"using GenRnn;\n\nnamespace {Namespace};\n\n{Source}";
}

/// <summary>
/// Many models in one compilation, with the generator run as the compiler runs it, loaded into this process. A model that
/// does not compile, or has a warning, is left out with its messages; the others go on without it.
/// </summary>
internal sealed class ModelCompilation
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    private readonly Assembly _assembly;

    private readonly byte[] _image;

    private readonly Dictionary<string, string> _errors;

    private ModelCompilation(string assemblyName, byte[] image, Dictionary<string, string> errors, long generatedCharacters)
    {
        _assembly = new AssemblyLoadContext(assemblyName).LoadFromStream(new MemoryStream(image));
        _image = image;
        _errors = errors;
        GeneratedCharacters = generatedCharacters;
    }

    /// <summary>Size of all generated files.</summary>
    public long GeneratedCharacters { get; }

    /// <summary>The type of a model; throws with the compiler's messages and the source around them if it did not compile.</summary>
    public Type Find(string fullName)
    {
        Type type = FindType(fullName);
        return type.IsAssignableTo(typeof(IModel<float>)) || type.IsAssignableTo(typeof(IModel<double>))
            ? type
            : throw new InvalidOperationException($"The generator emitted nothing for {fullName}.");
    }

    /// <summary>Any type of the sources; throws with the compiler's messages if its file did not compile.</summary>
    public Type FindType(string fullName) => _errors.TryGetValue(fullName, out string? error)
        ? throw new InvalidOperationException(error)
        : _assembly.GetType(fullName, throwOnError: true)!;

    /// <summary>Writes the assembly to a file, for another process.</summary>
    public void Write(string path) => File.WriteAllBytes(path, _image);

    public static ModelCompilation Compile(string assemblyName, IReadOnlyCollection<ModelSource> models)
    {
        var errors = new Dictionary<string, string>();
        List<ModelSource> remaining = models.ToList();
        while (true)
        {
            CSharpCompilation before = CSharpCompilation.Create(
                assemblyName,
                remaining.Select(m => CSharpSyntaxTree.ParseText(m.File, ParseOptions, m.FullName + ".cs", Encoding.UTF8)),
                References(),
                new CSharpCompilationOptions(
                    OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, warningLevel: 9999,
                    nullableContextOptions: NullableContextOptions.Enable, concurrentBuild: true));
            GeneratorDriver driver = CSharpGeneratorDriver.Create(Generators(), parseOptions: ParseOptions);
            driver.RunGeneratorsAndUpdateCompilation(before, out Compilation after, out ImmutableArray<Diagnostic> reported);

            using var image = new MemoryStream();
            EmitResult emitted = after.Emit(image);
            Dictionary<string, string> found = Errors(remaining, reported.Concat(emitted.Diagnostics));
            if (found.Count == 0)
            {
                return new ModelCompilation(assemblyName, image.ToArray(), errors, after.SyntaxTrees.Except(before.SyntaxTrees).Sum(t => (long)t.Length));
            }

            foreach ((string model, string message) in found)
                errors.Add(model, message);
            remaining.RemoveAll(m => found.ContainsKey(m.FullName));
        }
    }

    /// <summary>The generators of Gen's assembly, found as the compiler finds them: by their attribute.</summary>
    private static IEnumerable<ISourceGenerator> Generators() =>
        from type in Assembly.Load("GenRnn.Generator").GetTypes()
        where type.GetCustomAttribute<GeneratorAttribute>() is not null
        select ((IIncrementalGenerator)Activator.CreateInstance(type)!).AsSourceGenerator();

    /// <summary>The framework's assemblies and the runtime's.</summary>
    private static IEnumerable<MetadataReference> References()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == framework)
            .Append(typeof(IModel<>).Assembly.Location)
            .Append(typeof(ModelCompilation).Assembly.Location)
            .Append(typeof(GenRnn.Fingerprint.RandomValues).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path));
    }

    /// <summary>What the compiler and the generator say, by model; throws for a message that belongs to none.</summary>
    private static Dictionary<string, string> Errors(List<ModelSource> models, IEnumerable<Diagnostic> diagnostics)
    {
        var messages = new Dictionary<string, StringBuilder>();
        foreach (Diagnostic diagnostic in diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning && !d.IsSuppressed))
        {
            string text = diagnostic.ToString();
            if (diagnostic.Location.SourceTree is { } tree)
                text += "\n" + NumberedSource.Around(tree.ToString(), diagnostic.Location.GetLineSpan().StartLinePosition.Line);
            string model = Owner(models, diagnostic)
                ?? throw new InvalidOperationException($"A message that belongs to no model: {text}");
            if (!messages.TryGetValue(model, out StringBuilder? all))
                messages.Add(model, all = new StringBuilder($"{model} does not compile.\n{models.Single(m => m.FullName == model).Source}\n"));
            if (all.Length < 8000)
                all.Append(text).Append('\n');
        }

        return messages.ToDictionary(m => m.Key, m => m.Value.ToString());
    }

    /// <summary>The model in whose file, or generated file, a message stands: the first class in it with a model's name.</summary>
    private static string? Owner(List<ModelSource> models, Diagnostic diagnostic)
    {
        // What the generator reports knows the file by its name alone.
        if (diagnostic.Location.SourceTree is not { } tree)
            return models.FirstOrDefault(m => m.FullName + ".cs" == diagnostic.Location.GetLineSpan().Path)?.FullName;
        HashSet<string> names = models.Select(m => m.FullName).ToHashSet();
        return tree.GetRoot().DescendantNodes(n => n is not MemberDeclarationSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<TypeDeclarationSyntax>()
            .Select(type => $"{type.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name}.{type.Identifier.ValueText}")
            .FirstOrDefault(names.Contains);
    }
}
