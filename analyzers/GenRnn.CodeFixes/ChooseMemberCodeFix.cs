using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Registry;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.CodeFixes;

/// <summary>Offers each member of a small enum, such as the merge modes of Bidirectional, where none resembles what was written.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ChooseMemberCodeFix))]
public sealed class ChooseMemberCodeFix : DeclarationCodeFix
{
    // More are no choice but a catalogue.
    private const int MostMembers = 4;

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(
        "GEN0202", "GEN0203",
        "CS0117", // an unknown member of an enum
        "CS0103", // a bare name
        "CS0029", "CS1503"); // a string or a number for an enum

    private protected override IEnumerable<TextFix> FindFixes(ModelAtCursor model, Diagnostic diagnostic)
    {
        foreach (Finding finding in model.Parsed.Findings)
        {
            Location location = model.Parsed.Locate(finding);
            bool isMeant = finding.Id is "GEN0202" or "GEN0203"
                && (finding.Id == diagnostic.Id || diagnostic.Id.StartsWith("CS", StringComparison.Ordinal))
                && finding.Suggestion.Length == 0
                && model.IsHere(location) && location.SourceSpan.OverlapsWith(diagnostic.Location.SourceSpan);
            if (!isMeant || FlagOf(model, finding) is not { Type: FlagType.Enum } flag
                || model.Parsed.FindArgument(finding.Place.Item, finding.Place.Modifier, flag.Name) is not { } argument)
            {
                continue;
            }

            IReadOnlyList<string> members = model.MembersOf(flag.EnumName);
            if (members.Count > MostMembers)
                continue;
            foreach (string member in members)
            {
                string value = model.NameAt(argument.Expression.SpanStart, flag.EnumName + "." + member);
                yield return new TextFix("Change to '" + value + "'", new TextChange(argument.Expression.Span, value)) { Choice = value };
            }

            yield break;
        }
    }

    private static FlagDefinition? FlagOf(ModelAtCursor model, Finding finding)
    {
        AttributeSyntax? attribute = model.Parsed.FindAttribute(finding.Place.Item, finding.Place.Modifier);
        if (attribute is null)
            return null;
        string kind = finding.Place.Modifier < 0
            ? model.Parsed.Spec.Items[finding.Place.Item].Kind
            : model.Parsed.Spec.Items[finding.Place.Item].Modifiers[finding.Place.Modifier].Kind;
        return Catalogue.Find(kind)?.Flags.FirstOrDefault(f => f.Name == finding.Place.Flag);
    }
}
