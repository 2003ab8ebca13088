using System.Collections.Immutable;
using GenRnn.Compiler.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.CodeFixes;

/// <summary>Keeps a layer from seeing later steps: a convolution pads in front, a recurrent layer reads in one direction.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CausalCodeFix))]
public sealed class CausalCodeFix : DeclarationCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Rules.LookAhead.Id);

    private protected override TextFix? FindFix(ModelAtCursor model, Diagnostic diagnostic) =>
        model.Root.FindNode(diagnostic.Location.SourceSpan) switch
        {
            AttributeArgumentSyntax padding => new TextFix("Use Padding.Causal", new TextChange(padding.Expression.Span, model.NameAt(padding.Expression.SpanStart, "Padding.Causal"))),
            AttributeSyntax wrapper => new TextFix("Remove [" + wrapper.Name + "]", AttributeEdits.Remove(wrapper)),
            _ => null,
        };
}
