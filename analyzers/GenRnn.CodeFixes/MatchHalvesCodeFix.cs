using System.Collections.Immutable;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace GenRnn.CodeFixes;

/// <summary>Makes the layers of a [Bidirectional] fit: the backward one does as the forward one, and outputs of unlike widths stand side by side.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MatchHalvesCodeFix))]
public sealed class MatchHalvesCodeFix : DeclarationCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Rules.UnfitHalves.Id);

    private protected override TextFix? FindFix(ModelAtCursor model, Diagnostic diagnostic)
    {
        if (model.FindShapeFinding(diagnostic.Id, diagnostic.Location.SourceSpan) is not { } finding || model.Parsed.FindAttribute(finding.Place.Item, finding.Place.Modifier) is not { } attribute)
            return null;
        AttributeArgumentSyntax? argument = model.Parsed.FindArgument(finding.Place.Item, finding.Place.Modifier, finding.Place.Flag);
        if (finding.Place.Flag == "MergeMode")
            return argument is null ? null : new TextFix("Use MergeMode.Concat", AttributeEdits.SetFlag(attribute, argument, finding.Place.Flag, model.NameAt(argument.Expression.SpanStart, "MergeMode.Concat")));
        ItemSpec forward = model.Parsed.Spec.Items[finding.Place.Item];
        string value = finding.Place.Flag == TimeFlags.GoBackwards.Name || forward.GetBoolean(finding.Place.Flag) ? "true" : "false";
        return new TextFix("Set " + finding.Place.Flag + " = " + value, AttributeEdits.SetFlag(attribute, argument, finding.Place.Flag, value));
    }
}
