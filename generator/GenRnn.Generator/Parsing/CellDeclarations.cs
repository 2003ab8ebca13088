using System.Linq;
using System.Threading;
using GenRnn.Compiler;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Diagnostics;
using GenRnn.Generator.Pipeline;
using Microsoft.CodeAnalysis;

namespace GenRnn.Generator.Parsing;

/// <summary>Classes with <c>[Cell]</c>, as the models see them that run them.</summary>
public static class CellDeclarations
{
    /// <summary>Whether the class carries <c>[Cell]</c>.</summary>
    public static bool IsCell(INamedTypeSymbol type) =>
        type.GetAttributes().Any(a => a.AttributeClass is { } attributeClass && GenAttribute.IsCellMarker(attributeClass));

    /// <summary>The model with the cells that it names, found in the compilation: what the generator's pipeline joins from its own branches.</summary>
    public static ModelSpec Join(ModelSpec spec, Compilation compilation, CancellationToken cancellationToken) => CellJoin.Join(
        spec,
        name => compilation.Assembly.GetTypeByMetadataName(name) is { } type && ModelParser.Parse(type, compilation, cancellationToken) is { } parsed
            ? Describe(parsed.Spec, parsed.Findings, parsed.FirstHole, cancellationToken)
            : null);

    /// <summary>A cell with the first mistake of its declaration.</summary>
    internal static CellSpec? Describe(ModelSpec spec, EquatableArray<Finding> findings, int firstHole, CancellationToken cancellationToken)
    {
        if (!spec.IsCell)
            return null;
        CompiledModel compiled = CompilationCache.Shared.Compile(spec, cancellationToken);
        Finding? first = ModelFindings.Merge(findings, compiled.Findings, firstHole).FirstOrDefault(f => f.IsError);
        return new CellSpec(
            spec.Class.Name, spec.Class.MetadataName, spec.Items.Skip(1).ToEquatableArray(), first is not null ? first.Message : Unread(spec))
        {
            Body = spec.Body,
            Modifiers = spec.Items[0].Modifiers,
        };
    }

    // What does not compile, C# says.
    private static string Unread(ModelSpec spec) => spec.Body is null && spec.Items.Count == 1 ? "its method Step does not compile" : "";
}
