using GenRnn.Analyzers.CallFacts;
using GenRnn.Compiler.Findings;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.CallRules;

/// <summary>A State of 3 rows of a model with Batch = 4, which runs 1 row or all of them. CreateState throws.</summary>
internal sealed class ImpossibleState : CallRule
{
    public override DiagnosticDescriptor Descriptor => DiagnosticTable.Of(Rules.ImpossibleState);

    public override void Check(IInvocationOperation invocation, CallContext context)
    {
        if (invocation.TargetMethod.Name != "CreateState" || context.ModelOf(invocation.Instance) is not { Batch: { } batch } model)
            return;
        if (StateRows.Asked(invocation) is { } rows && rows != 1 && rows != batch)
            context.Report(Descriptor, invocation.Arguments[0].Syntax, model.Name, batch == 1 ? "1 row" : "1 row, or " + batch.ToString(System.Globalization.CultureInfo.InvariantCulture) + ", its Batch", rows);
    }
}
