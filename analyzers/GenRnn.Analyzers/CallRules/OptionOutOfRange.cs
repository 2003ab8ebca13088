using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Analyzers.CallFacts;
using GenRnn.Compiler.Findings;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.CallRules;

/// <summary>A constant for an option of training, an optimiser, a loss or a metric that it refuses when it is created, or when Fit begins.</summary>
internal sealed class OptionOutOfRange : CallRule
{
    private static readonly Range s_share = new("a number from 0 up to, but not, 1", v => v >= 0 && v < 1);
    private static readonly Range s_closed = new("a number from 0 to 1", v => v >= 0 && v <= 1);
    private static readonly Range s_positive = new("a finite number above 0", v => v > 0 && !double.IsInfinity(v));
    private static readonly Range s_notNegative = new("a finite number of at least 0", v => v >= 0 && !double.IsInfinity(v));
    private static readonly Range s_count = new("at least 1", v => v >= 1);

    private static readonly Dictionary<(string Type, string Option), Range> s_ranges = new()
    {
        [("FitOptions", "Epochs")] = s_count,
        [("FitOptions", "Threads")] = s_count,
        [("Optimizer", "LearningRate")] = s_notNegative,
        [("Optimizer", "ClipNorm")] = s_positive,
        [("Optimizer", "GlobalClipNorm")] = s_positive,
        [("Optimizer", "ClipValue")] = s_positive,
        [("Adam", "Beta1")] = s_share,
        [("Adam", "Beta2")] = s_share,
        [("Adam", "Epsilon")] = s_notNegative,
        [("Sgd", "Momentum")] = s_closed,
        [("Huber", "Delta")] = s_positive,
        [("BinaryCrossentropy", "LabelSmoothing")] = s_closed,
        [("CategoricalCrossentropy", "LabelSmoothing")] = s_closed,
        [("TopKCategoricalAccuracy", "k")] = s_count,
        [("SparseTopKCategoricalAccuracy", "k")] = s_count,
    };

    public override DiagnosticDescriptor Descriptor => DiagnosticTable.Of(Rules.OptionOutOfRange);

    public override void Check(IObjectCreationOperation creation, CallContext context)
    {
        if (!SymbolEqualityComparer.Default.Equals(creation.Type?.ContainingAssembly, context.Types.Model.ContainingAssembly))
            return;
        foreach ((string property, ISimpleAssignmentOperation assignment) in Operations.Initializers(creation))
            Check(((IPropertyReferenceOperation)assignment.Target).Property.ContainingType.Name, property, assignment.Value, assignment.Syntax, context);
        foreach (IArgumentOperation argument in creation.Arguments.Where(a => a.ArgumentKind == ArgumentKind.Explicit))
            Check(creation.Type!.Name, argument.Parameter!.Name, argument.Value, argument.Syntax, context);
    }

    private void Check(string type, string option, IOperation written, SyntaxNode place, CallContext context)
    {
        if (!s_ranges.TryGetValue((type, option), out Range? range)
            || Operations.Unwrap(written).ConstantValue is not { HasValue: true, Value: int or float or double } constant
            || Convert.ToDouble(constant.Value, CultureInfo.InvariantCulture) is var value && range.Holds(value))
        {
            return;
        }

        context.Report(Descriptor, place, option, range.Words, value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>What an option may be.</summary>
    private sealed record Range(string Words, Func<double, bool> Holds);
}
