using System.Globalization;
using GenRnn.Analyzers.CallFacts;
using GenRnn.Compiler.Findings;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace GenRnn.Analyzers.CallRules;

/// <summary>A BatchSize that Fit refuses: above the Batch that the model is compiled for, or another one for a stateful model.</summary>
internal sealed class BatchSizeMismatch : TrainingRule
{
    public override DiagnosticDescriptor Descriptor => DiagnosticTable.Of(Rules.BatchSizeMismatch);

    protected override void Check(TrainingCall call, CallContext context)
    {
        if (call.Options is null || call.Model.Batch is not { } batch || Operations.Initializer(call.Options, "BatchSize") is not { } written)
            return;
        if (Operations.Unwrap(written).ConstantValue is not { HasValue: true, Value: int size })
            return;

        string format = size > batch || size < 1 ? "'{0}' is compiled for Batch = {1}, so BatchSize is 1 to {1}; found {2}"
            : call.Model.IsStateful && size != batch ? "'{0}' is stateful and carries {1} rows from batch to batch, so BatchSize can't be {2}"
            : "";
        if (format.Length > 0)
            context.Report(Descriptor, written.Syntax.Parent!, string.Format(CultureInfo.InvariantCulture, format, call.Model.Name, batch, size));
    }
}
