using System.Linq;
using GenRnn.Analyzers.CallFacts;
using GenRnn.Compiler.Findings;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.CallRules;

/// <summary>
/// Data with time first in a model that reads rows first, or the other way round. The lengths are equal, so the call runs, on windows that were
/// cut across the series.
/// </summary>
internal sealed class WrongLayout : TrainingRule
{
    public override DiagnosticDescriptor Descriptor => DiagnosticTable.Of(Rules.WrongLayout);

    public override void Check(IInvocationOperation invocation, CallContext context)
    {
        base.Check(invocation, context);
        if (invocation.TargetMethod.Name is not ("Predict" or "Forward")
            || context.ModelOf(invocation.Instance) is not { IsTimeMajor: { } isTimeMajor } model)
        {
            return;
        }

        foreach (IArgumentOperation argument in invocation.Arguments)
        {
            if (argument.Parameter is { Type.Name: "ReadOnlySpan" } parameter && !ModelType.HoldsLengths(parameter)
                && model.InputShape(parameter.Name) is { IsVector: false, IsUnknown: false } shape
                && LayoutEvidence.Find(argument.Value, shape, !isTimeMajor, context.CancellationToken) is { } evidence)
            {
                string reads = isTimeMajor
                    ? "' is time-major and reads [time, rows, features]; transpose it, or leave Layout of [Input] unset"
                    : "' is batch-major and reads [rows, time, features]; transpose it, or set Layout = DataLayout.TimeMajor on [Input]";
                context.Report(Descriptor, argument.Syntax, evidence + ", but '" + model.Name + reads);
            }
        }
    }

    /// <summary>A data set is row-first whatever the model's layout.</summary>
    protected override void Check(TrainingCall call, CallContext context)
    {
        foreach (DataSetCreation data in call.DataSets)
        {
            if (data.Inputs is { } inputs && call.Model.InputShape("input") is { IsVector: false, IsUnknown: false } shape
                && LayoutEvidence.Find(inputs.Value, shape, timeFirst: true, context.CancellationToken) is { } evidence)
            {
                context.Report(Descriptor, data.PlaceOf(inputs), evidence + ", but a data set holds row after row, [rows, time, features], whatever the model's Layout; transpose it");
            }
        }
    }
}
