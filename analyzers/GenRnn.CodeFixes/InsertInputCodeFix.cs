using System.Collections.Immutable;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Registry;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.CodeFixes;

/// <summary>Writes an [Input] in front of layers that have none; its sizes are for the developer to change.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InsertInputCodeFix))]
public sealed class InsertInputCodeFix : DeclarationCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Rules.NoInput.Id);

    private protected override TextFix? FindFix(ModelAtCursor model, Diagnostic diagnostic)
    {
        // An [Input] further down stands in the wrong place, and a second one would not help; nor would one without a layer.
        if (model.Parsed.Spec.Items.Any(i => i.IsInput)
            || model.Root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>() is not { } layer
            || Catalogue.Find(Rightmost(layer.Name))?.Role == ItemRole.Model
            || model.Parsed.Attributes[0].Parent is not AttributeListSyntax list
            || list.SyntaxTree != model.Root.SyntaxTree)
        {
            return null;
        }

        SourceText text = model.Root.SyntaxTree.GetText();
        string name = model.NameAt(list.SpanStart, "InputAttribute");
        string input = (Qualifier(model.Parsed.Attributes[0].Name) is { Length: > 0 } qualifier ? qualifier + "Input" : name.Substring(0, name.Length - "Attribute".Length)) + (NeedsTime(model) ? "(TimeSteps = 50, Features = 1)" : "(Features = 1)");
        string line = "[" + input + "]" + AttributeEdits.NewLine(text) + AttributeEdits.Indentation(text, list.SpanStart);
        return new TextFix("Insert [Input]", new TextChange(new TextSpan(list.SpanStart, 0), line));
    }

    private static string Qualifier(NameSyntax name) => name is QualifiedNameSyntax qualified ? qualified.Left + "." : "";

    private static bool NeedsTime(ModelAtCursor model) => model.Parsed.Attributes
        .Any(a => Catalogue.Find(Rightmost(a.Name))?.Flags.Contains(TimeFlags.ReturnSequences) is true);

    private static string Rightmost(NameSyntax name) => name is QualifiedNameSyntax qualified ? qualified.Right.ToString() : name.ToString();
}
