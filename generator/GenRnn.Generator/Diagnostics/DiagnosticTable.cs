using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Spec;
using Microsoft.CodeAnalysis;

namespace GenRnn.Generator.Diagnostics;

/// <summary>
/// Every diagnostic of a model declaration: one table for the generator, the analyzers and their help pages.
/// </summary>
/// <remarks>
/// Rules of the compiler know no Roslyn and bring their whole sentence along, so their format is <c>{0}</c>.
/// </remarks>
public static class DiagnosticTable
{
    /// <summary>Where the help pages stand, relative to the root of the repository.</summary>
    public const string HelpLinkBase = "docs/diagnostics/";

    /// <summary>Key of <see cref="Diagnostic.Properties"/> under which a code fix finds what to write instead.</summary>
    public const string SuggestionProperty = "Suggestion";

    private const string Declaration = "GenRnn.Declaration";
    private const string Flags = "GenRnn.Flags";
    private const string Shapes = "GenRnn.Shapes";
    private const string Budgets = "GenRnn.Budgets";

    /// <summary>A broken model must not compile, whatever a user's configuration says about other rules.</summary>
    public static readonly DiagnosticDescriptor NotGenerated = Fatal(
        "GEN0001", "The model was not generated", "'{0}' was not generated: {1}");

    /// <summary>An exception inside the compiler.</summary>
    public static readonly DiagnosticDescriptor InternalError = Fatal(
        "GEN0002", "Internal error of Gen", "Gen failed while it compiled '{0}' ({1}); this is a bug of Gen, please report it");

    /// <summary>A model class must be partial.</summary>
    public static readonly DiagnosticDescriptor NotPartial = Error(
        "GEN0101", Declaration, "A model class must be partial", "'{0}' must be partial, because Gen writes its second part");

    /// <summary>A model starts with [Input].</summary>
    public static readonly DiagnosticDescriptor NoInput = Error(
        "GEN0102", Declaration, "A model starts with [Input]", "{0}");

    /// <summary>The layers of a model stand on one declaration.</summary>
    public static readonly DiagnosticDescriptor SpreadAttributes = Error(
        "GEN0103", Declaration, "The layers of a model stand on one declaration",
        "The attributes of '{0}' are spread over several partial declarations, which have no order among them; write all of them on one");

    /// <summary>The class cannot be extended by Gen.</summary>
    public static readonly DiagnosticDescriptor NotExtensible = Error(
        "GEN0104", Declaration, "The class cannot be extended by Gen", "Gen cannot extend '{0}', because {1}; {2}");

    /// <summary>A modifier needs a layer after it.</summary>
    public static readonly DiagnosticDescriptor ModifierWithoutLayer = Error(
        "GEN0105", Declaration, "A modifier needs a layer after it", "'{0}' modifies the layer after it, but {1}");

    /// <summary>A Name must be an identifier of its own.</summary>
    public static readonly DiagnosticDescriptor InvalidName = Error(
        "GEN0106", Declaration, "A Name must be an identifier of its own", "The Name '{0}' of {1} {2}");

    /// <summary>Only one input may go unnamed.</summary>
    public static readonly DiagnosticDescriptor UnnamedInputs = Error(
        "GEN0107", Declaration, "Only one input may go unnamed",
        "'{0}' has more than one input without a Name; name all but one, because the parameters of Predict are called after them");

    /// <summary>A member clashes with a generated one.</summary>
    public static readonly DiagnosticDescriptor MemberClash = Error(
        "GEN0108", Declaration, "A member clashes with a generated one", "{0}");

    /// <summary>Not a layer of Gen.</summary>
    public static readonly DiagnosticDescriptor UnknownLayer = Error(
        "GEN0109", Declaration, "Not a layer of Gen", "'{0}' is neither a layer nor a modifier of Gen{1}");

    /// <summary>Not an option of this attribute.</summary>
    public static readonly DiagnosticDescriptor UnknownFlag = Error(
        "GEN0201", Flags, "Not an option of this attribute", "'{0}' is not an option of {1}{2}");

    /// <summary>Not a member of this enum.</summary>
    public static readonly DiagnosticDescriptor UnknownEnumMember = Error(
        "GEN0202", Flags, "Not a member of this enum", "'{0}' is not a member of {1}{2}");

    /// <summary>An argument of the wrong type.</summary>
    public static readonly DiagnosticDescriptor WrongArgumentType = Error(
        "GEN0203", Flags, "An argument of the wrong type", "'{0}' of {1} takes {2}; found {3}{4}");

    /// <summary>Units must be positive.</summary>
    public static readonly DiagnosticDescriptor UnitsNotPositive = Error(
        "GEN0204", Flags, "Units must be positive", "{0}");

    /// <summary>A value out of range.</summary>
    public static readonly DiagnosticDescriptor ValueOutOfRange = Error(
        "GEN0205", Flags, "A value out of range", "{0}");

    /// <summary>A stateful layer needs a fixed batch size.</summary>
    public static readonly DiagnosticDescriptor StatefulWithoutBatch = Error(
        "GEN0206", Flags, "A stateful layer needs a fixed batch size", "{0}");

    /// <summary>A non-saturating activation in a recurrent layer.</summary>
    public static readonly DiagnosticDescriptor NonSaturatingActivation = Warning(
        "GEN0207", Flags, "A non-saturating activation in a recurrent layer", "{0}");

    /// <summary>A gate that leaves the range of a gate.</summary>
    public static readonly DiagnosticDescriptor UnboundedGate = Warning(
        "GEN0208", Flags, "A gate that does not stay between 0 and 1", "{0}");

    /// <summary>A recurrent layer needs a sequence.</summary>
    public static readonly DiagnosticDescriptor LastStepOnly = Error(
        "GEN0301", Shapes, "A recurrent layer needs a sequence", "{0}");

    /// <summary>The shape of an input.</summary>
    public static readonly DiagnosticDescriptor InvalidInput = Error(
        "GEN0302", Shapes, "The shape of an input", "{0}");

    /// <summary>Initial states do not match the layer.</summary>
    public static readonly DiagnosticDescriptor InitialStateMismatch = Error(
        "GEN0303", Shapes, "Initial states do not match the layer", "{0}");

    /// <summary>Unroll exceeds the method budget.</summary>
    public static readonly DiagnosticDescriptor UnrollBeyondBudget = Error(
        "GEN0501", Budgets, "Unroll exceeds the method budget", "{0}");

    /// <summary>The model exceeds the size budget.</summary>
    public static readonly DiagnosticDescriptor ModelBeyondBudget = Error(
        "GEN0502", Budgets, "The model exceeds the size budget", "{0}");

    /// <summary>All of them, in the order of their IDs.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = new[]
    {
        NotGenerated, InternalError,
        NotPartial, NoInput, SpreadAttributes, NotExtensible, ModifierWithoutLayer, InvalidName, UnnamedInputs, MemberClash, UnknownLayer,
        UnknownFlag, UnknownEnumMember, WrongArgumentType, UnitsNotPositive, ValueOutOfRange, StatefulWithoutBatch, NonSaturatingActivation, UnboundedGate,
        LastStepOnly, InvalidInput, InitialStateMismatch,
        UnrollBeyondBudget, ModelBeyondBudget,
    };

    private static readonly Dictionary<string, DiagnosticDescriptor> s_byId = All.ToDictionary(d => d.Id, StringComparer.Ordinal);

    /// <summary>
    /// Whether the generator reports the rule. It does where the mistake is a compiler error inside an attribute as well: csc stops
    /// at those before it shows what analyzers say.
    /// </summary>
    public static bool IsReportedByGenerator(string id) =>
        id is "GEN0001" or "GEN0002" or "GEN0109" or "GEN0201" or "GEN0202" or "GEN0203";

    /// <summary>The descriptor of an ID; throws for an ID that the table does not hold.</summary>
    public static DiagnosticDescriptor Find(string id) => s_byId.TryGetValue(id, out DiagnosticDescriptor? descriptor)
        ? descriptor
        : throw new ArgumentException("The table of diagnostics does not hold '" + id + "'.", nameof(id));

    /// <summary>The message of a finding, with the invariant culture.</summary>
    public static string Message(Finding finding) => string.Format(
        CultureInfo.InvariantCulture,
        Find(finding.Id).MessageFormat.ToString(CultureInfo.InvariantCulture),
        finding.Arguments.Cast<object>().ToArray());

    /// <summary>What to write instead, for findings that know: the argument after those of the message.</summary>
    public static string Suggestion(Finding finding) => SuggestionIndex(finding.Id) is { } index && index < finding.Arguments.Count
        ? finding.Arguments[index]
        : "";

    private static int? SuggestionIndex(string id) => id switch
    {
        "GEN0109" => 2,
        "GEN0201" or "GEN0202" => 3,
        "GEN0203" => 5,
        _ => null,
    };

    private static DiagnosticDescriptor Fatal(string id, string title, string message) => new(
        id, title, message, "GenRnn", DiagnosticSeverity.Error, isEnabledByDefault: true,
        helpLinkUri: HelpLinkBase + id + ".md", customTags: WellKnownDiagnosticTags.NotConfigurable);

    private static DiagnosticDescriptor Error(string id, string category, string title, string message) =>
        new(id, title, message, category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLinkBase + id + ".md");

    private static DiagnosticDescriptor Warning(string id, string category, string title, string message) =>
        new(id, title, message, category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: HelpLinkBase + id + ".md");
}
