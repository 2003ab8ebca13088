using System.Collections.Immutable;
using GenRnn.Compiler.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.CodeFixes;

/// <summary>Exchanges two things that stand in each other's place.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SwapCodeFix))]
public sealed class SwapCodeFix : CallSiteCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Rules.SwappedInitialStates.Id, Rules.WrongLength.Id, Rules.SwappedArguments.Id);

    private protected override TextFix? FindFix(SyntaxNode node, Diagnostic diagnostic)
    {
        if (diagnostic.AdditionalLocations.Count != 2)
            return null;

        SourceText text = node.SyntaxTree.GetText();
        TextSpan first = diagnostic.AdditionalLocations[0].SourceSpan;
        TextSpan second = diagnostic.AdditionalLocations[1].SourceSpan;
        return second.End > text.Length ? null : new TextFix(
            "Exchange '" + text.ToString(first) + "' and '" + text.ToString(second) + "'",
            new TextChange(first, text.ToString(second)),
            new TextChange(second, text.ToString(first)));
    }
}
