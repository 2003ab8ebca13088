using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using GenRnn.Compiler.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.CodeFixes;

/// <summary>
/// A rate of dropout that was meant: a percentage as a share, none for a negative one, else no dropout. Not Keras' silent 1 for what lies above it: that drops everything,
/// and is the next warning.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MendRateCodeFix))]
public sealed class MendRateCodeFix : DeclarationCodeFix
{
    private const double LeastPercentage = 2;

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Rules.DropoutOutOfRange.Id);

    private protected override IEnumerable<TextFix> FindFixes(ModelAtCursor model, Diagnostic diagnostic)
    {
        if (model.Root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeArgumentSyntax>() is not { } argument)
            yield break;
        if (argument.Expression is PrefixUnaryExpressionSyntax { OperatorToken.ValueText: "-" })
        {
            // One answer: without the flag the rate is 0 as well, and dotnet format takes any of several.
            yield return new TextFix("Change to 0", new TextChange(argument.Expression.Span, "0")) { Choice = "0" };
            yield break;
        }

        if (argument.Expression is LiteralExpressionSyntax { Token.Value: int or double } literal
            && System.Convert.ToDouble(literal.Token.Value, CultureInfo.InvariantCulture) is >= LeastPercentage and < 100 and var percentage)
        {
            string share = (percentage / 100).ToString("0.####", CultureInfo.InvariantCulture);
            yield return new TextFix("Change to " + share, new TextChange(argument.Expression.Span, share)) { Choice = "share" };
        }

        if (argument is { NameEquals: { } name, Parent: AttributeArgumentListSyntax list })
            yield return new TextFix("Remove " + name.Name, ListEdits.Remove(list.Arguments, argument)) { Choice = "Remove" };
    }
}
