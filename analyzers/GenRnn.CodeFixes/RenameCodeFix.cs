using System;
using System.Collections.Immutable;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.CodeFixes;

/// <summary>
/// Writes what was meant: a flag, an enum's member, a layer's name, a value in Python's spelling. Registered for the compiler's own
/// errors as well, because editors show those on the same words.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RenameCodeFix))]
public sealed class RenameCodeFix : DeclarationCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(
        "GEN0109", "GEN0201", "GEN0202", "GEN0203", "GEN0303", "GEN0704",
        "CS0246", "CS0234", // an unknown attribute or flag; the second where it is qualified
        "CS0117", // an unknown member of an enum
        "CS0617", // a constructor's parameter written as a flag
        "CS0103", // a bare name: Tanh, True
        "CS0029", "CS1503", // a string or number for an enum, a flag or a width
        "CS0739", "CS1739", // an unknown parameter name
        "CS1729"); // sizes of an input without their names

    private protected override TextFix? FindFix(ModelAtCursor model, Diagnostic diagnostic)
    {
        // What the rules behind the parser suggest comes with their diagnostics.
        if (diagnostic.Properties.TryGetValue(DiagnosticTable.SuggestionProperty, out string? known) && known is not null && diagnostic.Id is "GEN0303" or "GEN0704")
            return new TextFix("Change to '" + known.Trim('"') + "'", new TextChange(diagnostic.Location.SourceSpan, known));

        foreach (Finding finding in model.Parsed.Findings)
        {
            Location location = model.Parsed.Locate(finding);
            string suggestion = finding.Suggestion;
            if (finding.Id == Rules.WrongArgumentType.Id && model.IsHere(location))
                suggestion = model.NameAt(location.SourceSpan.Start, suggestion);
            bool isMeant = suggestion.Length > 0
                && model.IsHere(location)
                && (finding.Id == diagnostic.Id || diagnostic.Id.StartsWith("CS", StringComparison.Ordinal))
                && location.SourceSpan.OverlapsWith(diagnostic.Location.SourceSpan);
            if (isMeant && Change(model.Root.FindNode(location.SourceSpan, getInnermostNodeForTie: true), location.SourceSpan, suggestion) is { } change)
                return new TextFix("Change to '" + suggestion.TrimEnd(':', '=', ' ') + "'", change);
        }

        return null;
    }

    private static TextChange? Change(SyntaxNode node, TextSpan span, string suggestion)
    {
        // 'Units = 5' for 'units: 5', and the other way round.
        if (suggestion.EndsWith(":", StringComparison.Ordinal))
            return node.FirstAncestorOrSelf<NameEqualsSyntax>() is { } equals && IsFirstNamed(equals) ? new TextChange(equals.Span, suggestion) : null;
        if (suggestion.EndsWith("=", StringComparison.Ordinal))
            return node.FirstAncestorOrSelf<NameColonSyntax>() is { } colon ? new TextChange(colon.Span, suggestion) : null;

        // A layer may be qualified or written with its suffix; only its own name changes.
        return node.FirstAncestorOrSelf<QualifiedNameSyntax>() is { } qualified && qualified.Span == span
            ? new TextChange(qualified.Right.Span, suggestion)
            : node is AliasQualifiedNameSyntax aliased ? new TextChange(aliased.Name.Span, suggestion)
            : new TextChange(span, suggestion);
    }

    /// <summary>C# wants parameters before properties.</summary>
    private static bool IsFirstNamed(NameEqualsSyntax equals) =>
        equals.Parent?.Parent is AttributeArgumentListSyntax list && list.Arguments.TakeWhile(a => a != equals.Parent).All(a => a.NameEquals is null);
}
