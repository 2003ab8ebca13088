using System.Collections.Immutable;
using System.Threading;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace GenRnn.Analyzers.CallFacts;

/// <summary>What a rule may ask beside the operation.</summary>
internal sealed class CallContext
{
    private readonly OperationAnalysisContext _context;
    private readonly string _help;

    public CallContext(OperationAnalysisContext context, RuntimeTypes types, ModelTypes models, string help)
    {
        _context = context;
        _help = help;
        Types = types;
        Models = models;
    }

    public RuntimeTypes Types { get; }

    public ModelTypes Models { get; }

    public CancellationToken CancellationToken => _context.CancellationToken;

    /// <summary>The model that an expression is, whatever interface it was converted to; null if it is none, or a broken one.</summary>
    public ModelType? ModelOf(IOperation? expression) =>
        expression is null ? null : Models.Find(Operations.Unwrap(expression).Type, CancellationToken);

    public void Report(DiagnosticDescriptor descriptor, SyntaxNode where, params object[] arguments) =>
        Report(Diagnostic.Create(descriptor, where.GetLocation(), arguments));

    /// <summary>The same, with the statement in front of which something is missing.</summary>
    public void ReportAt(DiagnosticDescriptor descriptor, SyntaxNode where, SyntaxNode statement, params object[] arguments) =>
        Report(Diagnostic.Create(descriptor, where.GetLocation(), new[] { statement.GetLocation() }, arguments));

    /// <summary>The same, with what is to be changed elsewhere, in the model's declaration.</summary>
    public void ReportAt(DiagnosticDescriptor descriptor, SyntaxNode where, Location? declaration, params object[] arguments) =>
        Report(Diagnostic.Create(descriptor, where.GetLocation(), declaration is null ? null : new[] { declaration }, arguments));

    /// <summary>The same, with what to write instead, if that is known.</summary>
    public void ReportWithSuggestion(DiagnosticDescriptor descriptor, SyntaxNode where, string? suggestion, params object[] arguments) =>
        Report(Diagnostic.Create(
            descriptor,
            where.GetLocation(),
            suggestion is null ? null : ImmutableDictionary<string, string?>.Empty.Add(DiagnosticTable.SuggestionProperty, suggestion),
            arguments));

    /// <summary>Two places at once, which a fix exchanges: both are underlined where they stand side by side, else the first.</summary>
    public void ReportPair(DiagnosticDescriptor descriptor, SyntaxNode first, SyntaxNode second, params object[] arguments) =>
        Report(Diagnostic.Create(descriptor, Pairs.Locate(first, second), Pairs.Locations(first, second), arguments));

    /// <summary>The same, with something else underlined.</summary>
    public void ReportPair(DiagnosticDescriptor descriptor, SyntaxNode where, SyntaxNode first, SyntaxNode second, string message) =>
        Report(Diagnostic.Create(descriptor, where.GetLocation(), Pairs.Locations(first, second), message));

    private void Report(Diagnostic diagnostic) => _context.ReportDiagnostic(HelpPages.Link(diagnostic, _help));
}
