using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace GenRnn.Analyzers.Models;

/// <summary>One mistake in a declaration.</summary>
internal interface IModelRule
{
    /// <summary>What the rule may report.</summary>
    IEnumerable<DiagnosticDescriptor> Descriptors { get; }

    /// <summary>Looks for the mistake. Called concurrently, so a rule has no state.</summary>
    IEnumerable<Diagnostic> Check(AnalyzedModel model);
}
