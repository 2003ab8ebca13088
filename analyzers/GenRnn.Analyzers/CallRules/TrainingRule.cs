using GenRnn.Analyzers.CallFacts;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.CallRules;

/// <summary>A mistake that shows where a model meets its options.</summary>
internal abstract class TrainingRule : CallRule
{
    public override void Check(IInvocationOperation invocation, CallContext context)
    {
        if (TrainingCall.Of(invocation, context) is { } call)
            Check(call, context);
    }

    public sealed override void Check(IObjectCreationOperation creation, CallContext context)
    {
        if (TrainingCall.Of(creation, context) is { } call)
            Check(call, context);
    }

    protected abstract void Check(TrainingCall call, CallContext context);
}
