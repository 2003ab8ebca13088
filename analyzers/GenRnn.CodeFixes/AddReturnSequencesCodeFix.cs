using System.Collections.Immutable;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Graph;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace GenRnn.CodeFixes;

/// <summary>Adds <c>ReturnSequences = true</c> to the layer that dropped the time steps which a recurrent layer after it needs.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddReturnSequencesCodeFix))]
public sealed class AddReturnSequencesCodeFix : DeclarationCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Rules.LastStepOnly.Id);

    private protected override TextFix? FindFix(ModelAtCursor model, Diagnostic diagnostic)
    {
        if (model.FindShapeFinding(diagnostic.Id, diagnostic.Location.SourceSpan) is not { } finding)
            return null;

        GraphNode? dropped = TimeAxis.LastDropped(ModelGraph.Of(model.Parsed.Spec).Nodes[finding.Place.Item]);
        if (dropped is null || model.Parsed.FindAttribute(dropped.Index) is not { } attribute || attribute.SyntaxTree != model.Root.SyntaxTree)
            return null;

        AttributeArgumentSyntax? present = model.Parsed.FindArgument(dropped.Index, -1, TimeFlags.ReturnSequences.Name);
        return new TextFix(
            "Add ReturnSequences = true to " + dropped.Item.Describe(),
            AttributeEdits.SetFlag(attribute, present, TimeFlags.ReturnSequences.Name, "true"));
    }
}
