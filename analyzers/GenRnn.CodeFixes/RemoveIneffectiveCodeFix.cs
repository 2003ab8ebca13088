using System.Collections.Immutable;
using GenRnn.Compiler.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace GenRnn.CodeFixes;

/// <summary>Takes away an option, or a modifier, that changes nothing.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveIneffectiveCodeFix))]
public sealed class RemoveIneffectiveCodeFix : DeclarationCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Rules.ChangesNothing.Id);

    private protected override TextFix? FindFix(ModelAtCursor model, Diagnostic diagnostic)
    {
        SyntaxNode node = model.Root.FindNode(diagnostic.Location.SourceSpan);
        if (node.FirstAncestorOrSelf<AttributeArgumentSyntax>() is { NameEquals: { } name, Parent: AttributeArgumentListSyntax list } argument)
            return new TextFix("Remove " + name.Name.Identifier.ValueText, ListEdits.Remove(list.Arguments, argument));
        return node.FirstAncestorOrSelf<AttributeSyntax>() is { } attribute && attribute.Span == diagnostic.Location.SourceSpan
            ? new TextFix("Remove [" + attribute + "]", AttributeEdits.Remove(attribute))
            : null;
    }
}
