using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GenRnn.Tool.Tests;

/// <summary>Source files that the tool wrote, compiled with the generator and loaded.</summary>
internal static class Declarations
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    /// <exception cref="InvalidOperationException">They do not compile, or not without a warning.</exception>
    public static Assembly Compile(IEnumerable<string> sources)
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        IEnumerable<MetadataReference> references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == framework)
            .Append(typeof(IModel<>).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path));
        CSharpCompilation before = CSharpCompilation.Create(
            "Imported",
            sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, ParseOptions, $"{i}.cs", Encoding.UTF8)),
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        IEnumerable<ISourceGenerator> generators = from type in Assembly.Load("GenRnn.Generator").GetTypes()
                                                   where type.GetCustomAttribute<GeneratorAttribute>() is not null
                                                   select ((IIncrementalGenerator)Activator.CreateInstance(type)!).AsSourceGenerator();
        CSharpGeneratorDriver.Create(generators, parseOptions: ParseOptions).RunGeneratorsAndUpdateCompilation(before, out Compilation after, out var reported);
        using var image = new MemoryStream();
        List<Diagnostic> messages = [.. reported.Concat(after.Emit(image).Diagnostics).Where(d => d.Severity >= DiagnosticSeverity.Warning)];
        if (messages.Count > 0)
            throw new InvalidOperationException(string.Join('\n', messages.Take(10)));
        image.Position = 0;
        return new AssemblyLoadContext("Imported").LoadFromStream(image);
    }

    /// <summary>A source file of a class with several outputs, with a method that returns the first.</summary>
    public static string WithFirstOutput(string source)
    {
        if (!source.Contains("ReturnState = true", StringComparison.Ordinal))
            return source;
        int states = (source.Contains("[Lstm(", StringComparison.Ordinal) ? 2 : 1) * (source.Contains("[Bidirectional", StringComparison.Ordinal) ? 2 : 1);
        string outputs = string.Concat(Enumerable.Range(0, states + 1).Select(i => $", y[{i}]"));
        return source[..^2] + $$"""

            {
                public float[] PredictFirst(float[] x)
                {
                    int rows = x.Length / Info.Inputs[0].Length;
                    var y = System.Linq.Enumerable.ToArray(System.Linq.Enumerable.Select(Info.Outputs, o => new float[rows * o.Length]));
                    Predict(x{{outputs}});
                    return y[0];
                }
            }
            """;
    }

    /// <summary>What a class computes with weights from a file, in float whatever it computes in.</summary>
    public static float[] Predict(Type type, string weights, float[] inputs)
    {
        object model = type.GetMethod("Load", [typeof(string)])!.Invoke(null, [weights])!;
        if (type.GetMethod("PredictFirst") is { } first)
            return (float[])first.Invoke(model, [inputs])!;
        return model is IModel<double> wide
            ? Array.ConvertAll(Predict(wide, Array.ConvertAll(inputs, value => (double)value)), value => (float)value)
            : Predict((IModel<float>)model, inputs);
    }

    private static T[] Predict<T>(IModel<T> model, T[] inputs)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        ModelInfo info = model.Info;
        var outputs = new T[inputs.Length / info.InputLength * info.OutputLength];
        model.Predict(inputs, outputs);
        return outputs;
    }
}
