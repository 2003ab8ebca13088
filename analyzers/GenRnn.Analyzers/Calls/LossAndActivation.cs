using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.Calls;

/// <summary>A loss that takes the output for something else than what the last activation makes of it.</summary>
internal sealed class LossAndActivation : TrainingRule
{
    public override DiagnosticDescriptor Descriptor => DiagnosticTable.LossAndActivation;

    protected override void Check(TrainingCall call, CallContext context)
    {
        if (call.Loss is null
            || Operations.Resolve(call.Loss, context.CancellationToken) is not IPropertyReferenceOperation { Instance: null } loss
            || !SymbolEqualityComparer.Default.Equals(loss.Property.ContainingType, context.Types.Loss))
        {
            return;
        }

        if (Misfit(loss.Property.Name, call.Model.LastActivation) is { } what)
            context.Report(Descriptor, call.Loss.Syntax, call.Model.Name, call.Model.LastActivation, what, loss.Property.Name);
    }

    /// <summary>What the activation gives, where the loss can't want it. A line for each pair.</summary>
    private static string? Misfit(string loss, string activation) => (loss, activation) switch
    {
        ("MeanSquaredError" or "MeanAbsoluteError", "LogSoftmax") => "gives logarithms of probabilities, never above 0",
        _ => null,
    };
}
