using System.Collections.Generic;
using GenRnn.Analyzers.CallFacts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.CallRules;

/// <summary>One mistake at a place where a model is used. A rule looks at the name of a method first: most calls are none of Gen's.</summary>
internal abstract class CallRule : ICallRule
{
    public abstract DiagnosticDescriptor Descriptor { get; }

    public virtual IEnumerable<DiagnosticDescriptor> Descriptors => new[] { Descriptor };

    public virtual void Check(IInvocationOperation invocation, CallContext context)
    {
    }

    public virtual void Check(IObjectCreationOperation creation, CallContext context)
    {
    }

    public virtual void Check(IInvalidOperation invalid, CallContext context)
    {
    }

    public virtual void Check(IDeconstructionAssignmentOperation deconstruction, CallContext context)
    {
    }
}
