using System.Collections.Generic;
using GenRnn.Analyzers.CallFacts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.CallRules;

/// <summary>What the host asks of a rule. Called concurrently, so a rule has no state.</summary>
internal interface ICallRule
{
    /// <summary>What the rule may report.</summary>
    IEnumerable<DiagnosticDescriptor> Descriptors { get; }

    /// <summary>A call that binds.</summary>
    void Check(IInvocationOperation invocation, CallContext context);

    /// <summary>A <c>new</c> that binds.</summary>
    void Check(IObjectCreationOperation creation, CallContext context);

    /// <summary>An expression that does not bind: the compiler has said so, but not why.</summary>
    void Check(IInvalidOperation invalid, CallContext context);

    /// <summary>Variables that take the parts of a tuple.</summary>
    void Check(IDeconstructionAssignmentOperation deconstruction, CallContext context);
}
