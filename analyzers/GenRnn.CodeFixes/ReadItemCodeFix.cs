using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace GenRnn.CodeFixes;

/// <summary>What nothing reads: writes the [InitialState] that was forgotten, or takes an [Input] behind the last layer away.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReadItemCodeFix))]
public sealed class ReadItemCodeFix : DeclarationCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Rules.Unread.Id);

    private protected override TextFix? FindFix(ModelAtCursor model, Diagnostic diagnostic)
    {
        if (model.FindShapeFinding(diagnostic.Id, diagnostic.Location.SourceSpan) is not { } finding)
            return null;
        if (UnreadItems.MissingInitialState(model.Parsed.Spec, finding.Place.Item) is var (layer, sources))
        {
            return model.Parsed.FindAttribute(layer) is { } attribute && model.IsHere(attribute.GetLocation())
                ? WriteInitialState(attribute, model.Parsed.Spec.Items[layer].Describe(), sources)
                : null;
        }

        return UnreadItems.IsTrailingInput(model.Parsed.Spec, finding.Place.Item) && model.Parsed.FindAttribute(finding.Place.Item) is { } input
            ? new TextFix("Remove [" + input.Name + "]", AttributeEdits.Remove(input))
            : null;
    }

    private static TextFix WriteInitialState(AttributeSyntax layer, string name, IReadOnlyList<string> sources)
    {
        string modifier = "InitialState(" + string.Join(", ", sources.Select(s => "\"" + s + "\"")) + ")";
        string qualifier = layer.Name is QualifiedNameSyntax qualified ? qualified.Left + "." : "";
        return new TextFix("Write [" + modifier + "] in front of " + name, AttributeEdits.InsertBefore(layer, qualifier + modifier));
    }
}
