using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Graph;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace GenRnn.CodeFixes;

/// <summary>
/// Wrappers that do not fit: moved behind the wrapper that must be the outer one, or in front of the layer that they were written behind; taken
/// away, where the layer works without; and for [TimeDistributed] the steps that are missing.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WrapperCodeFix))]
public sealed class WrapperCodeFix : DeclarationCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Rules.ModifierWithoutLayer.Id, Rules.UnfitInput.Id, Rules.UnfitWrapper.Id, Rules.RedundantTimeDistributed.Id);

    private protected override IEnumerable<TextFix> FindFixes(ModelAtCursor model, Diagnostic diagnostic)
    {
        AttributeSyntax? attribute = model.Root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>();
        if (attribute is null || attribute.Span != diagnostic.Location.SourceSpan)
            yield break;

        if (diagnostic.Id == Rules.ModifierWithoutLayer.Id)
        {
            if (MoveToLayer(model, attribute) is { } move)
                yield return move;
            yield return new TextFix("Remove [" + attribute + "]", AttributeEdits.Remove(attribute)) { Choice = "Remove" };
            yield break;
        }

        (int item, int wrapper) = Find(model.Parsed.Spec, i => model.Parsed.FindAttribute(i.Item, i.Modifier) == attribute);
        if (item < 0)
            yield break;
        if (diagnostic.Id == Rules.UnfitWrapper.Id && SwapWithNext(model, item, wrapper, attribute) is { } swap)
            yield return swap;
        GraphNode? dropped = diagnostic.Id == Rules.UnfitInput.Id ? TimeAxis.LastDropped(ModelGraph.Of(model.Parsed.Spec).Nodes[item]) : null;
        if (dropped is not null && model.Parsed.FindAttribute(dropped.Index) is { } layer && layer.SyntaxTree == attribute.SyntaxTree)
        {
            yield return new TextFix(
                "Add ReturnSequences = true to " + dropped.Item.Describe(),
                AttributeEdits.SetFlag(layer, model.Parsed.FindArgument(dropped.Index, -1, TimeFlags.ReturnSequences.Name), TimeFlags.ReturnSequences.Name, "true")) { Choice = "ReturnSequences" };
        }

        yield return new TextFix("Remove [" + attribute.Name + "]", AttributeEdits.Remove(attribute)) { Choice = "Remove" };
    }

    /// <summary>A modifier behind the last layer was meant for it.</summary>
    private static TextFix? MoveToLayer(ModelAtCursor model, AttributeSyntax modifier)
    {
        int last = model.Parsed.Spec.Items.Count - 1;
        if (last < 0 || model.Parsed.Spec.Items[last].IsInput || model.Parsed.FindAttribute(last) is not { } layer
            || layer.SyntaxTree != modifier.SyntaxTree || layer.SpanStart > modifier.SpanStart)
        {
            return null;
        }

        return new TextFix(
            "Move [" + modifier.Name + "] in front of " + model.Parsed.Spec.Items[last].Describe(),
            AttributeEdits.InsertBefore(layer, modifier.ToString()), AttributeEdits.Remove(modifier)) { Choice = "Move" };
    }

    /// <summary>A wrapper of cells stands directly in front of the cell, behind wrappers of whole layers.</summary>
    private static TextFix? SwapWithNext(ModelAtCursor model, int item, int wrapper, AttributeSyntax attribute)
    {
        EquatableArray<ModifierSpec> modifiers = model.Parsed.Spec.Items[item].Modifiers;
        int next = wrapper + 1;
        if (!LayerRegistry.WrapsCells(modifiers[wrapper].Kind) || next == modifiers.Count
            || LayerRegistry.FindWrapper(modifiers[next].Kind) is null || LayerRegistry.WrapsCells(modifiers[next].Kind)
            || model.Parsed.FindAttribute(item, next) is not { } other || model.Parsed.FindAttribute(item) is not { } layer
            || other.SyntaxTree != attribute.SyntaxTree || layer.SyntaxTree != attribute.SyntaxTree)
        {
            return null;
        }

        return new TextFix(
            "Move [" + attribute.Name + "] behind [" + other.Name + "]",
            AttributeEdits.InsertBefore(layer, attribute.ToString()), AttributeEdits.Remove(attribute)) { Choice = "Swap" };
    }

    /// <summary>The item that a wrapper stands in front of, and which modifier it is; -1 if none. A layer after [Backward] is kept among the modifiers, but is none.</summary>
    private static (int Item, int Modifier) Find(ModelSpec spec, System.Func<(int Item, int Modifier), bool> isMeant)
    {
        for (int i = 0; i < spec.Items.Count; i++)
        {
            for (int m = 0; m < spec.Items[i].Modifiers.Count; m++)
            {
                if (spec.Items[i].Modifiers[m].Layer is null && isMeant((i, m)))
                    return (i, m);
            }
        }

        return (-1, -1);
    }
}
