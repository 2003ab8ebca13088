using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Diagnostics;
using GenRnn.Generator.Parsing;
using GenRnn.Generator.Pipeline;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenRnn.Analyzers.Models;

/// <summary>A declaration with everything that parser and compiler know of it.</summary>
internal sealed class AnalyzedModel
{
    private AnalyzedModel(ParsedModel parsed, ModelSpec spec, IReadOnlyList<Finding> findings)
    {
        Parsed = parsed;
        Spec = spec;
        Findings = findings;
        Shapes = ShapeInference.Infer(spec);
    }

    public ParsedModel Parsed { get; }

    /// <summary>The model with the cells that it names.</summary>
    public ModelSpec Spec { get; }

    /// <summary>What parser and compiler have to say, each cause once.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    public ModelShapes Shapes { get; }

    /// <summary>Whether nothing can be emitted. An error of a cell that the model runs is said at the cell.</summary>
    public bool HasErrors => Findings.Any(f => f.IsError) || CellJoin.Problem(Spec).Length > 0;

    /// <summary>Whether the generator reports what parser and compiler have found, because the build stops before analyzers (<see cref="StoppedBuild"/>).</summary>
    public bool IsReportedByGenerator { get; private init; }

    /// <summary>Null for a class without attributes of Gen, and for one that is being typed.</summary>
    public static AnalyzedModel? Create(INamedTypeSymbol type, Compilation compilation, bool isStopped, CancellationToken cancellationToken)
    {
        ParsedModel? parsed = ModelParser.Parse(type, compilation, cancellationToken);
        if (parsed is null || parsed.IsHalfTyped)
            return null;

        // Without [Input] there is nothing to compile, and the parser has said so.
        ModelSpec spec = CellDeclarations.Join(parsed.Spec, compilation, cancellationToken);
        EquatableArray<Finding> compiled = spec.Items.Count == 0
            ? EquatableArray<Finding>.Empty
            : CompilationCache.Shared.Compile(spec, cancellationToken).Findings;

        // The generator reports a bug of the compiler; nothing else that the compiler says of this model can be trusted.
        if (compiled.Any(f => f.Id == Rules.InternalError.Id))
            return null;
        return new AnalyzedModel(parsed, spec, ModelFindings.Merge(parsed.Findings, compiled, parsed.FirstHole)) { IsReportedByGenerator = isStopped };
    }

    /// <summary>The items of which everything was understood, with their places.</summary>
    public IEnumerable<(ItemSpec Item, int Index)> UnderstoodItems => Spec.Items
        .Select((item, index) => (item, index))
        .Where(pair => pair.index < Parsed.FirstHole);

    /// <summary>The layers of an item with the modifier that holds each: the item itself (-1), and the one that runs backwards in it.</summary>
    public static IEnumerable<(ItemSpec Layer, int Modifier)> LayersOf(ItemSpec item)
    {
        yield return (item, -1);
        if (BackwardHalf.Of(item) is { } half)
            yield return (half, BackwardHalf.IndexOf(item));
    }

    /// <summary>The argument that sets a flag of an item, or of one of its modifiers, else the attribute.</summary>
    public Location Locate(int item, int modifier, string flag) =>
        Parsed.FindArgument(item, modifier, flag)?.GetLocation() ?? Parsed.FindAttribute(item, modifier)?.GetLocation() ?? Parsed.ClassLocation;

    /// <summary>The argument that sets a flag of an item, else the item's attribute.</summary>
    public Location Locate(int item, string flag) => Locate(item, -1, flag);
}
