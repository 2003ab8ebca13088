using System.Collections.Immutable;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace GenRnn.CodeFixes;

/// <summary>Writes the default batch out on the first input, where a stateful layer needs it to be said.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddBatchCodeFix))]
public sealed class AddBatchCodeFix : DeclarationCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Rules.StatefulWithoutBatch.Id);

    private protected override TextFix? FindFix(ModelAtCursor model, Diagnostic diagnostic)
    {
        int input = model.Parsed.Spec.Items.TakeWhile(i => !i.IsInput).Count();
        return model.Parsed.FindAttribute(input) is { } attribute && attribute.SyntaxTree == model.Root.SyntaxTree
            ? new TextFix("Add Batch = 32 to [Input]", AttributeEdits.SetFlag(attribute, model.Parsed.FindArgument(input, -1, InputItem.Batch.Name), InputItem.Batch.Name, "32"))
            : null;
    }
}
