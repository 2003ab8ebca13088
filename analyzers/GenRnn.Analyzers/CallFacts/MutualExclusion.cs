using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.CallFacts;

/// <summary>Whether threads take turns: a <c>lock</c>, or a call in front that waits until it may go on. What is not certain to fail is not reported.</summary>
internal static class MutualExclusion
{
    /// <summary>Whether a use in a lambda waits for its turn.</summary>
    public static bool Guards(IOperation use, IAnonymousFunctionOperation lambda, CancellationToken cancellationToken)
    {
        for (IOperation? around = use.Parent; around is not null && around != lambda; around = around.Parent)
        {
            if (around is ILockOperation guard && IsShared(guard.LockedValue, lambda))
                return true;
        }

        return lambda.Descendants().OfType<IInvocationOperation>()
            .Any(call => call.Syntax.SpanStart < use.Syntax.SpanStart && Enters(call, cancellationToken) && (call.Instance is null || IsShared(call.Instance, lambda)));
    }

    private static bool Enters(IInvocationOperation call, CancellationToken cancellationToken) =>
        call.TargetMethod.Name is "Enter" or "TryEnter" or "EnterScope" or "Wait" or "WaitAsync" or "WaitOne" or "EnterWriteLock" or "TryEnterWriteLock"
        && call.TargetMethod.ContainingType.ContainingNamespace is { Name: "Threading", ContainingNamespace.Name: "System" }
        && !AdmitsSeveral(call.Instance, cancellationToken);

    /// <summary><c>new SemaphoreSlim(4)</c>.</summary>
    private static bool AdmitsSeveral(IOperation? gate, CancellationToken cancellationToken) =>
        gate is not null && Operations.Resolve(gate, cancellationToken) is IObjectCreationOperation { Type.Name: "SemaphoreSlim" or "Semaphore", Arguments: { Length: > 0 } arguments }
        && arguments[0].Value.ConstantValue is { HasValue: true, Value: int and > 1 };

    /// <summary>A gate of the lambda's own keeps nobody out.</summary>
    private static bool IsShared(IOperation gate, IAnonymousFunctionOperation lambda) => SharedVariable.Of(Operations.Unwrap(gate))?.IsDeclaredIn(lambda.Syntax) != true;
}
