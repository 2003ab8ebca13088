using System.Globalization;
using GenRnn.Analyzers.CallFacts;
using GenRnn.Compiler.Findings;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace GenRnn.Analyzers.CallRules;

/// <summary>What is said of a length that is wrong for nearly all numbers that its variables may be: it is not certain, so it is a warning.</summary>
internal static class DoubtfulLength
{
    /// <summary>29 values for each of something, where a row has 30.</summary>
    /// <param name="context">The call.</param>
    /// <param name="place">What is underlined.</param>
    /// <param name="holder">What the array is for, as the beginning of a sentence.</param>
    /// <param name="array">The array.</param>
    /// <param name="found">Its length.</param>
    /// <param name="constant">The constant that was meant; null if there is none.</param>
    public static void Report(CallContext context, SyntaxNode place, string holder, IOperation array, RowLength found, string? constant) => context.ReportWithSuggestion(
        DiagnosticTable.Of(Rules.DoubtfulLength), place, constant is null ? null : RowLength.SizeWith(array, found.Factor!.Value, constant),
        string.Format(CultureInfo.InvariantCulture, "{0} holds rows of {1} values; '{2}' counts by {3}", holder, found.PerRow, RowLength.TextOf(array), found.Factor));

    /// <summary>The length of another item's rows.</summary>
    public static void ReportConstant(CallContext context, SyntaxNode place, string holder, IOperation array, RowLength found, IFieldSymbol taken, string? constant) => context.ReportWithSuggestion(
        DiagnosticTable.Of(Rules.DoubtfulLength), place, constant is null ? null : RowLength.SizeWith(array, taken, constant),
        string.Format(CultureInfo.InvariantCulture, "{0} holds rows of {1} values{2}; '{3}' counts by {4}, {5}",
            holder, found.PerRow, constant is null ? "" : ", " + constant, RowLength.TextOf(array), taken.ContainingType.Name + "." + taken.Name, taken.ConstantValue));
}
