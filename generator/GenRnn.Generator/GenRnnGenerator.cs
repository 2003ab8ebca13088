using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using System.Threading;
using GenRnn.Compiler;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
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
    private const string CellAttribute = "GenRnn.CellAttribute";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ParsedRecord> parsed = Find(context, MarkerAttribute, ParseModel, TrackingNames.Parsed);
        IncrementalValuesProvider<ParsedRecord> parsedCells = Find(context, CellAttribute, ParseCell, TrackingNames.ParsedCells);
        IncrementalValueProvider<ImmutableArray<CellSpec>> cells = parsedCells
            .Select(Describe)
            .Where(static cell => cell is not null)
            .Select(static (cell, _) => cell!)
            .WithTrackingName(TrackingNames.Cells)
            .Collect();

        // Two branches: sources depend on specs alone, so they stay cached while an edit elsewhere in the file moves a model. A model is
        // joined with just the cells that it names, so an edit of another cell leaves it as it was.
        IncrementalValuesProvider<ModelTarget> models = parsed
            .Where(static record => record.Target is not null)
            .Select(static (record, _) => record.Target!)
            .Combine(cells)
            .Select(static (pair, _) => Join(pair.Left, pair.Right))
            .WithTrackingName(TrackingNames.Models);
        context.RegisterSourceOutput(models, Emit);

        IncrementalValueProvider<ProjectRecord> project = Stops(parsed)
            .Combine(Stops(parsedCells))
            .Select(static (pair, _) => new StopRecord(pair.Left.Stops || pair.Right.Stops))
            .Combine(cells)
            .Select(static (pair, _) => new ProjectRecord(pair.Right.ToEquatableArray(), pair.Left.Stops))
            .WithTrackingName(TrackingNames.Project);
        context.RegisterSourceOutput(project, Mark);
        IncrementalValuesProvider<DiagnosticReport> diagnostics = parsed
            .Combine(project)
            .Select(static (pair, cancellationToken) => Diagnose(pair.Left, pair.Right, cancellationToken))
            .WithTrackingName(TrackingNames.Diagnostics);
        IncrementalValueProvider<string> help = context.AnalyzerConfigOptionsProvider.Select(static (options, _) => HelpPages.AddressIn(options));
        context.RegisterSourceOutput(diagnostics.Combine(help), Report);

        // A cell that stands alone is emitted like a model; any other is what the models make of it.
        context.RegisterSourceOutput(
            parsedCells.Where(static record => record.Target is { CanExtend: true }).Select(static (record, _) => record.Target!).WithTrackingName(TrackingNames.SteppedCells), Emit);
        context.RegisterSourceOutput(
            parsedCells.Combine(project).Select(static (pair, cancellationToken) => Diagnose(pair.Left, pair.Right, cancellationToken)).Combine(help),
            Report);
    }

    /// <summary>Whether any of the declarations stops the compiler. It seldom changes, so what depends on it stays cached.</summary>
    private static IncrementalValueProvider<StopRecord> Stops(IncrementalValuesProvider<ParsedRecord> records) =>
        records.Collect().Select(static (all, _) => new StopRecord(all.Any(r => r.Positions.StopsCompiler)));

    private static void Mark(SourceProductionContext context, ProjectRecord project)
    {
        if (project.IsStopped)
            context.AddSource(StoppedBuild.HintName, SourceText.From(StoppedBuild.Source, Encoding.UTF8));
    }

    private static IncrementalValuesProvider<ParsedRecord> Find(
        IncrementalGeneratorInitializationContext context,
        string attribute,
        Func<GeneratorAttributeSyntaxContext, CancellationToken, ParsedRecord?> parse,
        string trackingName) => context.SyntaxProvider
            .ForAttributeWithMetadataName(attribute, static (node, _) => node is TypeDeclarationSyntax, parse)
            .WithTrackingName(trackingName)
            .Where(static record => record is not null)
            .Select(static (record, _) => record!);

    private static ParsedRecord? ParseModel(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) =>
        Parse(context, GenAttribute.IsMarker, cancellationToken);

    // A class with both attributes is a broken model, found by the other.
    private static ParsedRecord? ParseCell(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) =>
        context.TargetSymbol.GetAttributes().Any(a => a.AttributeClass is { } attributeClass && GenAttribute.IsMarker(attributeClass))
            ? null
            : Parse(context, GenAttribute.IsCellMarker, cancellationToken);

    private static CellSpec? Describe(ParsedRecord record, CancellationToken cancellationToken) => record.Target is { } target
        ? CellDeclarations.Describe(target.Spec, record.Positions.Findings, record.Positions.FirstHole, cancellationToken)
        : null;

    private static ModelTarget Join(ModelTarget target, IEnumerable<CellSpec> cells) =>
        target with { Spec = CellJoin.Join(target.Spec, name => cells.FirstOrDefault(c => c.MetadataName == name)) };

    private static ParsedRecord? Parse(GeneratorAttributeSyntaxContext context, Func<INamedTypeSymbol, bool> isMarker, CancellationToken cancellationToken)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        try
        {
            // A class whose attributes are spread is found once for each of its declarations.
            return IsFirstMarked(type, context.TargetNode, isMarker, cancellationToken)
                && ModelParser.Parse(type, context.SemanticModel.Compilation, cancellationToken) is { } model
                ? Record(model, context.SemanticModel.Compilation, cancellationToken)
                : null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            SourcePlace place = SourcePlace.Of(((TypeDeclarationSyntax)context.TargetNode).Identifier.GetLocation());
            Finding bug = InternalErrors.Describe(type.Name, exception);
            var reported = new EquatableArray<DiagnosticRecord>(new[] { new DiagnosticRecord(bug.Rule, bug.Arguments, "", place) });
            return new ParsedRecord(null, new ModelPositions(place, reported, EquatableArray<Finding>.Empty, FirstHole: 0));
        }
    }

    private static ParsedRecord Record(ParsedModel model, Compilation compilation, CancellationToken cancellationToken)
    {
        EquatableArray<DiagnosticRecord> reported = model.Findings
            .Where(f => f.Rule.Reporter == Reporter.Generator)
            .Select(f => new DiagnosticRecord(f.Rule, f.Arguments, f.Suggestion, SourcePlace.Of(model.Locate(f))))
            .ToEquatableArray();
        return new ParsedRecord(
            new ModelTarget(model.Spec, model.CanExtend),
            new ModelPositions(SourcePlace.Of(model.ClassLocation), reported, model.Findings, model.FirstHole)
            {
                FindingPlaces = model.Findings.Select(f => SourcePlace.Of(model.Locate(f))).ToEquatableArray(),
                Places = model.Places().Select(p => new ItemPlace(p.Item, p.Modifier, p.Flag, SourcePlace.Of(p.Location))).ToEquatableArray(),
                Silenced = SilencedRules.At(model.Declaration, compilation, cancellationToken),
                StopsCompiler = !model.IsHalfTyped && model.Findings.Any(f => f.Rule.StopsCompiler),
                IsHalfTyped = model.IsHalfTyped,
            });
    }

    private static bool IsFirstMarked(INamedTypeSymbol type, SyntaxNode declaration, Func<INamedTypeSymbol, bool> isMarker, CancellationToken cancellationToken)
    {
        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass is { } attributeClass && isMarker(attributeClass)
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

    private static DiagnosticReport Diagnose(ParsedRecord record, ProjectRecord project, CancellationToken cancellationToken)
    {
        // A cell that does not stand alone is compiled with the models that run it.
        bool isPart = record.Target is { Spec: { IsCell: true } cell } && !SteppedCell.StandsAlone(cell);
        if (record.Target is null || (isPart && !project.IsStopped))
            return new DiagnosticReport(record.Positions.Reported);

        ModelTarget target = Join(record.Target, project.Cells);
        try
        {
            return Diagnose(target, record.Positions, CompilationCache.Shared.Compile(target.Spec, cancellationToken), isPart, project.IsStopped);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A finding that the table of diagnostics does not know.
            DiagnosticRecord bug = OnClass(InternalErrors.Describe(target.Spec.Class.Name, exception), record.Positions);
            return new DiagnosticReport(new EquatableArray<DiagnosticRecord>(new[] { bug }));
        }
    }

    private static DiagnosticReport Diagnose(ModelTarget target, ModelPositions positions, CompiledModel compiled, bool isPart, bool isStopped)
    {
        List<DiagnosticRecord> diagnostics = positions.Reported.ToList();

        // A bug of the compiler is a bug, whatever else is wrong with the model.
        List<DiagnosticRecord> bugs = compiled.Findings.Where(f => f.Rule == Rules.InternalError).Select(f => OnClass(f, positions)).ToList();
        diagnostics.AddRange(bugs);
        IReadOnlyList<Finding> findings = ModelFindings.Merge(positions.Findings, compiled.Findings, positions.FirstHole);
        if (isStopped && !positions.IsHalfTyped && bugs.Count == 0)
        {
            diagnostics.AddRange(findings
                .Where(f => f.Rule.Reporter != Reporter.Generator && !positions.Silenced.Contains(f.Id))
                .Select(f => new DiagnosticRecord(f.Rule, f.Arguments, f.Suggestion, positions.Locate(f))));
        }

        if (isPart)
            return new DiagnosticReport(diagnostics.ToEquatableArray());

        // A cell's own mistake stands where the cell is declared, so nothing but this says it of the model.
        Finding? first = findings.FirstOrDefault(f => f.IsError);
        string problem = first is null ? CellJoin.Problem(target.Spec) : first.Message;
        if (problem.Length > 0 && first?.Rule != Rules.InternalError)
        {
            var arguments = new EquatableArray<string>(new[] { target.Spec.Class.Name, problem });
            diagnostics.Add(OnClass(new Finding(Rules.NotGenerated, Place.Class, arguments), positions));
        }

        return new DiagnosticReport(diagnostics.ToEquatableArray());
    }

    private static DiagnosticRecord OnClass(Finding finding, ModelPositions positions) =>
        new(finding.Rule, finding.Arguments, "", positions.Class);

    private static void Report(SourceProductionContext context, (DiagnosticReport Report, string Help) pair)
    {
        foreach (DiagnosticRecord record in pair.Report.Diagnostics)
        {
            ImmutableDictionary<string, string?> properties = record.Suggestion.Length == 0
                ? ImmutableDictionary<string, string?>.Empty
                : ImmutableDictionary<string, string?>.Empty.Add(DiagnosticTable.SuggestionProperty, record.Suggestion);
            DiagnosticDescriptor descriptor = DiagnosticTable.Of(record.Rule);
            context.ReportDiagnostic(HelpPages.Link(
                !record.Rule.IsConfigurable
                    ? Unconfigurable(descriptor, record.Rule.Format(record.Arguments), record.Place.ToLocation())
                    : Diagnostic.Create(descriptor, record.Place.ToLocation(), properties, record.Arguments.Cast<object>().ToArray()),
                pair.Help));
        }
    }

    /// <summary>
    /// An error that no configuration can silence. By default, it says, it is a warning: at an error by default that cannot be configured the
    /// compiler stops, before it shows what the analyzers have found and where.
    /// </summary>
    private static Diagnostic Unconfigurable(DiagnosticDescriptor descriptor, string message, Location location) => Diagnostic.Create(
        descriptor.Id, descriptor.Category, message,
        severity: DiagnosticSeverity.Error, defaultSeverity: DiagnosticSeverity.Warning, isEnabledByDefault: true, warningLevel: 0,
        title: descriptor.Title, helpLink: descriptor.HelpLinkUri, location: location, customTags: descriptor.CustomTags);
}
