using System.Collections.Immutable;
using GenRnn.Compiler.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.CodeFixes;

/// <summary>Creates a state or workspace by the model that uses it, where another one does so in the call.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseOwnStateCodeFix))]
public sealed class UseOwnStateCodeFix : CallSiteCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Rules.ForeignState.Id);

    private protected override TextFix? FindFix(SyntaxNode node, Diagnostic diagnostic)
    {
        if ((node is ArgumentSyntax argument ? argument.Expression : node) is not InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CreateState" or "CreateWorkspace" } create,
            } creation
            || creation.Parent?.Parent?.Parent is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax model } })
        {
            return null;
        }

        return new TextFix("Change to " + model + "." + create.Name + "()", new TextChange(create.Expression.Span, model.ToString()));
    }
}
