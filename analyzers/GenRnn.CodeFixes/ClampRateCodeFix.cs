using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.CodeFixes;

/// <summary>Writes the rate that Keras would have used in silence: 0 for one below it, 1 for one above.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ClampRateCodeFix))]
public sealed class ClampRateCodeFix : DeclarationCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("GEN0213");

    private protected override TextFix? FindFix(ModelAtCursor model, Diagnostic diagnostic)
    {
        AttributeArgumentSyntax? argument = model.Root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeArgumentSyntax>();
        if (argument is null)
            return null;
        // The sign stands in front; whatever else is out of range is above it.
        string rate = argument.Expression is PrefixUnaryExpressionSyntax { OperatorToken.ValueText: "-" } ? "0" : "1";
        return new TextFix("Clamp to " + rate, new TextChange(argument.Expression.Span, rate));
    }
}
