using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace GenRnn.Analyzers.Models;

/// <summary>
/// The mistakes that the parser and the compiler find themselves, because no code could be written for the model: rules of classes,
/// of flags, of shapes, of budgets. Those that the generator reports are left to it.
/// </summary>
internal sealed class CompilerFindings : IModelRule
{
    public IEnumerable<DiagnosticDescriptor> Descriptors { get; } = Rules.All.Where(r => r.Reporter == Reporter.Compiler).Select(DiagnosticTable.Of).ToList();

    public IEnumerable<Diagnostic> Check(AnalyzedModel model) => (model.IsReportedByGenerator ? Enumerable.Empty<Finding>() : model.Findings)
        .Where(f => f.Rule.Reporter != Reporter.Generator)
        .Select(f => Diagnostic.Create(DiagnosticTable.Of(f.Rule), model.Parsed.Locate(f), Properties(f), f.Arguments.Cast<object>().ToArray()));

    private static ImmutableDictionary<string, string?>? Properties(Finding finding) =>
        finding.Suggestion is { Length: > 0 } suggestion ? ImmutableDictionary<string, string?>.Empty.Add(DiagnosticTable.SuggestionProperty, suggestion) : null;
}
