using System.Collections.Immutable;
using GenRnn.Compiler.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace GenRnn.CodeFixes;

/// <summary>Takes a property out of an initializer: a second way of clipping, and what Fit refuses for this model and does right without.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveOptionCodeFix))]
public sealed class RemoveOptionCodeFix : CallSiteCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Rules.SeveralClippings.Id, Rules.ShuffledState.Id, Rules.BatchSizeMismatch.Id);

    private protected override TextFix? FindFix(SyntaxNode node, Diagnostic diagnostic) =>
        node.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is { Parent: InitializerExpressionSyntax initializer } assignment
            ? new TextFix("Remove " + assignment.Left, ListEdits.Remove(initializer.Expressions, assignment))
            : null;
}
