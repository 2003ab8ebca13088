using System.Collections.Immutable;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.CodeFixes;

/// <summary>Leaves the length of unrolled code to the compiler, where a request was out of range, beyond the budget or of no use.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseAutoUnrollCodeFix))]
public sealed class UseAutoUnrollCodeFix : DeclarationCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Rules.ValueOutOfRange.Id, Rules.UnrollBeyondBudget.Id, Rules.LongUnroll.Id);

    private protected override TextFix? FindFix(ModelAtCursor model, Diagnostic diagnostic)
    {
        AttributeArgumentSyntax? argument = model.Root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeArgumentSyntax>();
        return argument?.NameEquals?.Name.Identifier.ValueText == TimeFlags.Unroll.Name
            ? new TextFix("Use Unroll.Auto", new TextChange(argument.Expression.Span, model.NameAt(argument.Expression.SpanStart, "Unroll.Auto")))
            : null;
    }
}
