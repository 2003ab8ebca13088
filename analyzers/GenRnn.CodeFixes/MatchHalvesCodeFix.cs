using System.Collections.Immutable;
using GenRnn.Compiler.Spec;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenRnn.CodeFixes;

/// <summary>Makes the layers of a [Bidirectional] fit: the backward one does as the forward one, and outputs of unlike widths stand side by side.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MatchHalvesCodeFix))]
public sealed class MatchHalvesCodeFix : DeclarationCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("GEN0313");

    private protected override TextFix? FindFix(ModelAtCursor model, Diagnostic diagnostic)
    {
        if (model.FindShapeFinding(diagnostic.Id, diagnostic.Location.SourceSpan) is not { } finding || model.Parsed.FindAttribute(finding.Item, finding.Modifier) is not { } attribute)
            return null;
        AttributeArgumentSyntax? argument = model.Parsed.FindArgument(finding.Item, finding.Modifier, finding.Flag);
        if (finding.Flag == "MergeMode")
            return argument is null ? null : new TextFix("Use MergeMode.Concat", AttributeEdits.SetFlag(attribute, argument, finding.Flag, model.NameAt(argument.Expression.SpanStart, "MergeMode.Concat")));
        ItemSpec forward = model.Parsed.Spec.Items[finding.Item];
        string value = finding.Flag == "GoBackwards" || forward.GetBoolean(finding.Flag) ? "true" : "false";
        return new TextFix("Set " + finding.Flag + " = " + value, AttributeEdits.SetFlag(attribute, argument, finding.Flag, value));
    }
}
