using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Diagnostics;
using GenRnn.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace GenRnn.CodeFixes;

/// <summary>Moves a flag to the layer in front that it belongs to: <c>ReturnSequences</c>, written at the layer that needs the steps.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MoveFlagCodeFix))]
public sealed class MoveFlagCodeFix : DeclarationCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Rules.UnknownFlag.Id, "CS0246");

    private protected override TextFix? FindFix(ModelAtCursor model, Diagnostic diagnostic)
    {
        AttributeArgumentSyntax? argument = model.Root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeArgumentSyntax>();
        if (argument is not { NameEquals: { } name, Parent: AttributeArgumentListSyntax { Parent: AttributeSyntax attribute } list })
            return null;

        Finding? finding = model.Parsed.Findings.FirstOrDefault(f => f.Id == Rules.UnknownFlag.Id && f.Suggestion.Length == 0
            && model.IsHere(model.Parsed.Locate(f)) && model.Parsed.Locate(f).SourceSpan == name.Name.Span);
        if (finding is null)
            return null;

        List<ItemSpec> before = model.Parsed.Spec.Items.Take(finding.Place.Item).ToList();
        int owner = FlagOwner.Find(name.Name.Identifier.ValueText, before, out string flag);
        if (owner < 0 || model.Parsed.FindAttribute(owner) is not { } target || target.SyntaxTree != attribute.SyntaxTree)
            return null;
        return new TextFix(
            "Move " + flag + " to " + before[owner].Describe(),
            AttributeEdits.SetFlag(target, model.Parsed.FindArgument(owner, -1, flag), flag, argument.Expression.ToString()),
            ListEdits.Remove(list.Arguments, argument));
    }
}
