using System.Collections.Immutable;
using GenRnn.Compiler.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.CodeFixes;

/// <summary>Empties a state in front of the statement that begins another sequence.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ResetStateCodeFix))]
public sealed class ResetStateCodeFix : CallSiteCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Rules.StateNotReset.Id);

    private protected override TextFix? FindFix(SyntaxNode node, Diagnostic diagnostic)
    {
        SourceText text = node.SyntaxTree.GetText();
        if (diagnostic.AdditionalLocations.Count != 1)
            return null;

        TextSpan statement = diagnostic.AdditionalLocations[0].SourceSpan;
        string state = text.ToString(diagnostic.Location.SourceSpan);
        string line = state + ".Reset();" + AttributeEdits.NewLine(text) + AttributeEdits.Indentation(text, statement.Start);
        return new TextFix("Call " + state + ".Reset() before", new TextChange(new TextSpan(statement.Start, 0), line));
    }
}
