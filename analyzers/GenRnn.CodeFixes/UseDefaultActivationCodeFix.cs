using System.Collections.Immutable;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Layers.Cells;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.CodeFixes;

/// <summary>Writes the activation that is meant: one that keeps a state in bounds, a gate between 0 and 1, and a single value free.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseDefaultActivationCodeFix))]
public sealed class UseDefaultActivationCodeFix : DeclarationCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Rules.NonSaturatingActivation.Id, Rules.UnboundedGate.Id, Rules.HardSigmoidDefinition.Id, Rules.SoftmaxOfOneValue.Id);

    private protected override TextFix? FindFix(ModelAtCursor model, Diagnostic diagnostic)
    {
        AttributeArgumentSyntax? argument = model.Root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeArgumentSyntax>();

        // Sigmoid is one function everywhere, and the only one of the two that a single value can be put through.
        bool isSigmoid = diagnostic.Id == Rules.HardSigmoidDefinition.Id || (diagnostic.Id == Rules.SoftmaxOfOneValue.Id && argument?.Expression.ToString().EndsWith("Activation.Softmax", System.StringComparison.Ordinal) == true);
        string? activation = isSigmoid ? "Activation.Sigmoid" : argument is { NameEquals: { } name } ? DefaultOf(name.Name.Identifier.ValueText) : null;
        return activation is null ? null : new TextFix("Use " + activation, new TextChange(argument!.Expression.Span, model.NameAt(argument.Expression.SpanStart, activation)));
    }

    /// <summary>The default of a cell's activation.</summary>
    private static string? DefaultOf(string flag) =>
        new[] { CellFlags.Activation, CellFlags.RecurrentActivation }.FirstOrDefault(f => f.Name == flag) is { } activation ? activation.EnumName + "." + activation.Absent : null;
}
