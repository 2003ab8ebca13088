using System.Collections.Immutable;
using GenRnn.Compiler.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.CodeFixes;

/// <summary>Writes the namespace in front of an attribute of Gen that another class hides.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(QualifyAttributeCodeFix))]
public sealed class QualifyAttributeCodeFix : DeclarationCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Rules.HiddenAttribute.Id);

    private protected override TextFix? FindFix(ModelAtCursor model, Diagnostic diagnostic) =>
        model.Root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>() is { Name: IdentifierNameSyntax name }
            ? new TextFix("Write GenRnn." + name.Identifier.ValueText, new TextChange(new TextSpan(name.SpanStart, 0), "GenRnn."))
            : null;
}
