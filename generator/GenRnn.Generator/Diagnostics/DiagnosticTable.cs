using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using Microsoft.CodeAnalysis;

namespace GenRnn.Generator.Diagnostics;

/// <summary>What Roslyn is told of each of the <see cref="Rules"/>: one table for the generator and the analyzers.</summary>
public static class DiagnosticTable
{
    /// <summary>Key of <see cref="Diagnostic.Properties"/> under which a code fix finds what to write instead.</summary>
    public const string SuggestionProperty = "Suggestion";

    private static readonly Dictionary<Rule, DiagnosticDescriptor> s_descriptors = Rules.All.ToDictionary(r => r, Describe);

    /// <summary>All of them, in the order of their IDs.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = Rules.All.Select(Of).ToList();

    /// <summary>The descriptor of a rule.</summary>
    public static DiagnosticDescriptor Of(Rule rule) => s_descriptors[rule];

    private static DiagnosticDescriptor Describe(Rule rule) => new(
        rule.Id, rule.Title, rule.Message, rule.Category, SeverityOf(rule.Severity), rule.IsEnabled, helpLinkUri: rule.HelpPage,
        customTags: rule.IsConfigurable ? new string[0] : new[] { WellKnownDiagnosticTags.NotConfigurable });

    private static DiagnosticSeverity SeverityOf(Severity severity) => severity switch
    {
        Severity.Error => DiagnosticSeverity.Error,
        Severity.Warning => DiagnosticSeverity.Warning,
        _ => DiagnosticSeverity.Info,
    };
}
