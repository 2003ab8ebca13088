using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using System.Threading;
using GenRnn.Compiler;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Diagnostics;
using GenRnn.Generator.Parsing;
using GenRnn.Generator.Pipeline;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.Generator;

/// <summary>Writes the second part of every class that carries <c>[Input]</c>: the network.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class GenRnnGenerator : IIncrementalGenerator
{
    private const string MarkerAttribute = "GenRnn.InputAttribute";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ParsedRecord> parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(MarkerAttribute, static (node, _) => node is TypeDeclarationSyntax, Parse)
            .WithTrackingName(TrackingNames.Parsed)
            .Where(static record => record is not null)
            .Select(static (record, _) => record!);

        // Two branches: sources depend on specs alone, so they stay cached while an edit elsewhere in the file moves a model.
        IncrementalValuesProvider<ModelTarget> models = parsed
            .Where(static record => record.Target is not null)
            .Select(static (record, _) => record.Target!)
            .WithTrackingName(TrackingNames.Models);
        context.RegisterSourceOutput(models, Emit);

        IncrementalValuesProvider<EquatableArray<DiagnosticRecord>> diagnostics = parsed
            .Select(Diagnose)
            .WithTrackingName(TrackingNames.Diagnostics);
        context.RegisterSourceOutput(diagnostics, Report);
    }

    private static ParsedRecord? Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        try
        {
            // A class whose attributes are spread is found once for each of its declarations.
            return IsFirstMarked(type, context.TargetNode, cancellationToken)
                && ModelParser.Parse(type, context.SemanticModel.Compilation, cancellationToken) is { } model
                ? Record(model)
                : null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            SourcePlace place = SourcePlace.Of(((TypeDeclarationSyntax)context.TargetNode).Identifier.GetLocation());
            Finding bug = InternalErrors.Describe(type.Name, exception);
            var reported = new EquatableArray<DiagnosticRecord>(new[] { new DiagnosticRecord(bug.Id, bug.Arguments, "", place) });
            return new ParsedRecord(null, new ModelPositions(place, reported, EquatableArray<Finding>.Empty, FirstHole: 0));
        }
    }

    private static ParsedRecord Record(ParsedModel model)
    {
        EquatableArray<DiagnosticRecord> reported = model.Findings
            .Where(f => DiagnosticTable.IsReportedByGenerator(f.Id))
            .Select(f => new DiagnosticRecord(f.Id, f.Arguments, DiagnosticTable.Suggestion(f), SourcePlace.Of(model.Locate(f))))
            .ToEquatableArray();
        return new ParsedRecord(
            new ModelTarget(model.Spec, model.CanExtend),
            new ModelPositions(SourcePlace.Of(model.ClassLocation), reported, model.Findings, model.FirstHole));
    }

    private static bool IsFirstMarked(INamedTypeSymbol type, SyntaxNode declaration, CancellationToken cancellationToken)
    {
        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass is { } attributeClass && GenAttribute.IsMarker(attributeClass)
                && attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is { } syntax)
            {
                return syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() == declaration;
            }
        }

        return false;
    }

    private static void Emit(SourceProductionContext context, ModelTarget target)
    {
        if (!target.CanExtend)
            return;

        CompiledModel compiled = CompilationCache.Shared.Compile(target.Spec, context.CancellationToken);
        if (compiled.Source.Length > 0)
            context.AddSource(HintName.Of(target.Spec.Class.MetadataName), SourceText.From(compiled.Source, Encoding.UTF8));
    }

    private static EquatableArray<DiagnosticRecord> Diagnose(ParsedRecord record, CancellationToken cancellationToken)
    {
        if (record.Target is not { } target)
            return record.Positions.Reported;

        try
        {
            return Diagnose(target, record.Positions, CompilationCache.Shared.Compile(target.Spec, cancellationToken));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A finding that the table of diagnostics does not know.
            return new EquatableArray<DiagnosticRecord>(new[] { OnClass(InternalErrors.Describe(target.Spec.Class.Name, exception), record.Positions) });
        }
    }

    private static EquatableArray<DiagnosticRecord> Diagnose(ModelTarget target, ModelPositions positions, CompiledModel compiled)
    {
        List<DiagnosticRecord> diagnostics = positions.Reported.ToList();

        // A bug of the compiler is a bug, whatever else is wrong with the model.
        diagnostics.AddRange(compiled.Findings.Where(f => f.Id == DiagnosticTable.InternalError.Id).Select(f => OnClass(f, positions)));

        Finding? first = ModelFindings.Merge(positions.Findings, compiled.Findings, positions.FirstHole).FirstOrDefault(f => f.IsError);
        if (first is not null && first.Id != DiagnosticTable.InternalError.Id)
        {
            var arguments = new EquatableArray<string>(new[] { target.Spec.Class.Name, DiagnosticTable.Message(first) });
            diagnostics.Add(OnClass(new Finding(DiagnosticTable.NotGenerated.Id, -1, -1, "", arguments), positions));
        }

        return diagnostics.ToEquatableArray();
    }

    private static DiagnosticRecord OnClass(Finding finding, ModelPositions positions) =>
        new(finding.Id, finding.Arguments, "", positions.Class);

    private static void Report(SourceProductionContext context, EquatableArray<DiagnosticRecord> diagnostics)
    {
        foreach (DiagnosticRecord record in diagnostics)
        {
            ImmutableDictionary<string, string?> properties = record.Suggestion.Length == 0
                ? ImmutableDictionary<string, string?>.Empty
                : ImmutableDictionary<string, string?>.Empty.Add(DiagnosticTable.SuggestionProperty, record.Suggestion);
            context.ReportDiagnostic(Diagnostic.Create(
                DiagnosticTable.Find(record.Id), record.Place.ToLocation(), properties, record.Arguments.Cast<object>().ToArray()));
        }
    }
}
