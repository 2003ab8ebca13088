using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace GenRnn.Analyzers.Models;

/// <summary>
/// The mistakes that the parser and the compiler find themselves, because no code could be written for the model: rules of classes,
/// of flags, of shapes, of budgets. Those that the generator reports are left to it.
/// </summary>
internal sealed class CompilerFindings : IModelRule
{
    public IEnumerable<DiagnosticDescriptor> Descriptors { get; } = new[]
    {
        DiagnosticTable.NotPartial,
        DiagnosticTable.NoInput,
        DiagnosticTable.SpreadAttributes,
        DiagnosticTable.NotExtensible,
        DiagnosticTable.ModifierWithoutLayer,
        DiagnosticTable.InvalidName,
        DiagnosticTable.UnnamedInputs,
        DiagnosticTable.MemberClash,
        DiagnosticTable.HiddenAttribute,
        DiagnosticTable.UnfitBase,
        DiagnosticTable.UnitsNotPositive,
        DiagnosticTable.ValueOutOfRange,
        DiagnosticTable.StatefulWithoutBatch,
        DiagnosticTable.NonSaturatingActivation,
        DiagnosticTable.UnboundedGate,
        DiagnosticTable.ZeroOutputWithoutMask,
        DiagnosticTable.DropoutOutOfRange,
        DiagnosticTable.DropoutOfEverything,
        DiagnosticTable.KeepOutOfRange,
        DiagnosticTable.UnknownWeight,
        DiagnosticTable.ChangesNothing,
        DiagnosticTable.UnfitInitializer,
        DiagnosticTable.LastStepOnly,
        DiagnosticTable.InvalidInput,
        DiagnosticTable.InitialStateMismatch,
        DiagnosticTable.UnfitInput,
        DiagnosticTable.UnfitWrapper,
        DiagnosticTable.LostMask,
        DiagnosticTable.UnfitHalves,
        DiagnosticTable.Unread,
        DiagnosticTable.UnrollBeyondBudget,
        DiagnosticTable.ModelBeyondBudget,
        DiagnosticTable.BeyondOwnBudget,
        DiagnosticTable.NotACell,
        DiagnosticTable.UnfitPart,
        DiagnosticTable.StepSignature,
        DiagnosticTable.UnsupportedInCell,
        DiagnosticTable.CellWidths,
        DiagnosticTable.WeightName,
    };

    public IEnumerable<Diagnostic> Check(AnalyzedModel model) => (model.IsReportedByGenerator ? Enumerable.Empty<Finding>() : model.Findings)
        .Where(f => !DiagnosticTable.IsReportedByGenerator(f.Id))
        .Select(f => Diagnostic.Create(DiagnosticTable.Find(f.Id), model.Parsed.Locate(f), Properties(f), f.Arguments.Cast<object>().ToArray()));

    private static ImmutableDictionary<string, string?>? Properties(Finding finding) =>
        DiagnosticTable.Suggestion(finding) is { Length: > 0 } suggestion ? ImmutableDictionary<string, string?>.Empty.Add(DiagnosticTable.SuggestionProperty, suggestion) : null;
}
