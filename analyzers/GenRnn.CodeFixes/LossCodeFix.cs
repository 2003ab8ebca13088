using System.Collections.Immutable;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.CodeFixes;

/// <summary>Sets or removes FromLogits of a loss, or writes the loss that the last activation was made for.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LossCodeFix))]
public sealed class LossCodeFix : CallSiteCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Rules.LossAndActivation.Id);

    private protected override TextFix? FindFix(SyntaxNode node, Diagnostic diagnostic, SemanticModel semanticModel)
    {
        if (!diagnostic.Properties.TryGetValue(DiagnosticTable.SuggestionProperty, out string? suggestion) || suggestion is null)
            return null;
        return (node is ArgumentSyntax argument ? argument.Expression : node) switch
        {
            // Loss.BinaryCrossentropy
            MemberAccessExpressionSyntax property when suggestion == "+FromLogits" => new TextFix(
                "Set FromLogits = true", new TextChange(property.Span, "new " + Neighbour(property, semanticModel) + " { FromLogits = true }")),
            MemberAccessExpressionSyntax property when suggestion[0] is not ('+' or '-') =>
                new TextFix("Change to " + suggestion, new TextChange(property.Name.Span, suggestion)),

            // new BinaryCrossentropy { LabelSmoothing = 0.1 }
            ObjectCreationExpressionSyntax creation => OfCreation(creation, suggestion, semanticModel),
            _ => null,
        };
    }

    private static TextFix? OfCreation(ObjectCreationExpressionSyntax creation, string suggestion, SemanticModel semanticModel)
    {
        InitializerExpressionSyntax? initializer = creation.Initializer;
        AssignmentExpressionSyntax? flag = initializer?.Expressions.OfType<AssignmentExpressionSyntax>().FirstOrDefault(a => a.Left.ToString() == "FromLogits");
        switch (suggestion)
        {
            case "+FromLogits":
                return new TextFix("Set FromLogits = true", flag is not null ? new TextChange(flag.Right.Span, "true")
                    : initializer is null ? new TextChange(TextSpan.FromBounds(creation.Type.Span.End, creation.Span.End), " { FromLogits = true }")
                    : new TextChange(new TextSpan(initializer.OpenBraceToken.Span.End, 0), initializer.Expressions.Count > 0 ? " FromLogits = true," : " FromLogits = true"));
            case "-FromLogits" when flag is not null:
                return new TextFix("Remove FromLogits", initializer!.Expressions.Count > 1
                    ? ListEdits.Remove(initializer.Expressions, flag)
                    : new TextChange(TextSpan.FromBounds(creation.Type.Span.End, creation.Span.End), "()"));
            case "-FromLogits":
                return null;
            default:
                return new TextFix("Change to " + suggestion, new TextChange((creation.Type is QualifiedNameSyntax qualified ? qualified.Right : creation.Type).Span, creation.Type is QualifiedNameSyntax ? suggestion : NameAt(semanticModel, creation.Type.SpanStart, suggestion)));
        }
    }

    /// <summary>The class of a loss beside Loss: with the same qualifier where there is one.</summary>
    private static string Neighbour(MemberAccessExpressionSyntax property, SemanticModel semanticModel) => property.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Loss" } owner
        ? owner.Expression + "." + property.Name
        : NameAt(semanticModel, property.SpanStart, property.Name.Identifier.ValueText);
}
