using System.Collections.Generic;
using GenRnn.Analyzers.CallFacts;
using GenRnn.Compiler.Findings;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.CallRules;

/// <summary>Time steps of rows, written out, of which there are not as many: more than the input has, or less than one. The call throws.</summary>
internal sealed class WrongRowLength : CallRule
{
    public override DiagnosticDescriptor Descriptor => DiagnosticTable.Of(Rules.WrongRowLength);

    public override void Check(IInvocationOperation invocation, CallContext context)
    {
        if (invocation.TargetMethod.Name is "Predict" or "Forward" && context.ModelOf(invocation.Instance) is { } model)
        {
            foreach (IArgumentOperation argument in invocation.Arguments)
            {
                if (argument.Parameter is { } parameter && ModelType.HoldsLengths(parameter) && model.TimeStepsOf(parameter) is { } steps)
                    Check(model, argument.Value, steps, context);
            }
        }

        if (TrainingCall.Of(invocation, context) is { } training)
            Check(training, context);
    }

    public override void Check(IObjectCreationOperation creation, CallContext context)
    {
        if (TrainingCall.Of(creation, context) is { } training)
            Check(training, context);
    }

    private void Check(TrainingCall training, CallContext context)
    {
        foreach (DataSetCreation data in training.DataSets)
        {
            // Of several inputs it does not show which of them have lengths.
            if (data.Lengths is { } lengths && training.Model.OnlyTimeSteps is { } steps)
                Check(training.Model, lengths, steps, context);
        }
    }

    private void Check(ModelType model, IOperation values, int steps, CallContext context)
    {
        IReadOnlyList<(SyntaxNode Place, double? Value)> elements = ConstantIds.Elements(Operations.Unwrap(values), context.CancellationToken);
        for (int row = 0; row < elements.Count; row++)
        {
            if (elements[row].Value is { } length && !(length >= 1 && length <= steps))
                context.Report(Descriptor, elements[row].Place, row, model.Name, (long)length, steps);
        }
    }
}
