using GenRnn.Analyzers.CallFacts;
using GenRnn.Compiler.Findings;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace GenRnn.Analyzers.CallRules;

/// <summary>Shuffle = true on a stateful model, which Fit refuses.</summary>
internal sealed class ShuffledState : TrainingRule
{
    public override DiagnosticDescriptor Descriptor => DiagnosticTable.Of(Rules.ShuffledState);

    protected override void Check(TrainingCall call, CallContext context)
    {
        if (call.Options is null || !call.Model.IsStateful)
            return;
        if (Operations.Initializer(call.Options, "Shuffle") is { } shuffle
            && Operations.Unwrap(shuffle).ConstantValue is { HasValue: true, Value: true })
        {
            context.Report(Descriptor, shuffle.Syntax.Parent!, call.Model.Name);
        }
    }
}
