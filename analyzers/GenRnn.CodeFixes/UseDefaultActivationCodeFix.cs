using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.CodeFixes;

/// <summary>Gives a recurrent layer the activations that keep its state in bounds and its gates between 0 and 1.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseDefaultActivationCodeFix))]
public sealed class UseDefaultActivationCodeFix : TextChangeCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("GEN0207", "GEN0208");

    private protected override TextFix? FindFix(ModelAtCursor model, Diagnostic diagnostic)
    {
        AttributeArgumentSyntax? argument = model.Root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeArgumentSyntax>();
        string? activation = argument?.NameEquals?.Name.Identifier.ValueText switch
        {
            "Activation" => "Activation.Tanh",
            "RecurrentActivation" => "Activation.Sigmoid",
            _ => null,
        };
        return activation is null ? null : new TextFix("Use " + activation, new TextChange(argument!.Expression.Span, activation));
    }
}
