using System.Collections.Immutable;
using GenRnn.Compiler.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.CodeFixes;

/// <summary>Writes the model's own constant for the length of an array that is made in the call.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SetLengthCodeFix))]
public sealed class SetLengthCodeFix : CallSiteCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Rules.WrongLength.Id, Rules.DoubtfulLength.Id);

    private protected override TextFix? FindFix(SyntaxNode node, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.TryGetValue(Generator.Diagnostics.DiagnosticTable.SuggestionProperty, out string? length) || length is null)
            return null;

        ArrayTypeSyntax? type = (node is ArgumentSyntax argument ? argument.Expression : node) switch
        {
            ArrayCreationExpressionSyntax { Initializer: null } array => array.Type,
            StackAllocArrayCreationExpressionSyntax { Initializer: null, Type: ArrayTypeSyntax array } => array,
            _ => null,
        };
        return type is { RankSpecifiers: { Count: 1 } ranks } && ranks[0].Sizes.Count == 1
            ? new TextFix("Change the length to " + length, new TextChange(ranks[0].Sizes[0].Span, length))
            : null;
    }
}
