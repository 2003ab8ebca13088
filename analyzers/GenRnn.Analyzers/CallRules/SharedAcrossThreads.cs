using System.Collections.Generic;
using System.Linq;
using GenRnn.Analyzers.CallFacts;
using GenRnn.Compiler.Findings;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.CallRules;

/// <summary>
/// One State or Workspace captured by lambdas that run at the same time. Predict is safe for threads; what it is handed is not. Where one waits for the other, by a
/// lock or because the task is awaited, they do not.
/// </summary>
internal sealed class SharedAcrossThreads : CallRule
{
    public override DiagnosticDescriptor Descriptor => DiagnosticTable.Of(Rules.SharedAcrossThreads);

    public override void Check(IInvocationOperation invocation, CallContext context)
    {
        Threads threads = ThreadsOf(invocation.TargetMethod);
        if (threads == Threads.None)
            return;

        foreach (IArgumentOperation argument in invocation.Arguments)
        {
            foreach (IAnonymousFunctionOperation lambda in argument.Value.DescendantsAndSelf().OfType<IAnonymousFunctionOperation>())
                CheckLambda(invocation, lambda, threads, context);
        }
    }

    private static Threads ThreadsOf(IMethodSymbol method)
    {
        if (method.ContainingType is not { ContainingNamespace.Name: "Tasks" or "Threading" } type)
            return Threads.None;
        return (type.Name, method.Name) switch
        {
            ("Parallel", "For" or "ForEach" or "ForAsync" or "ForEachAsync") => Threads.Many,
            ("Parallel", "Invoke") or ("Task", "Run") or ("TaskFactory", "StartNew") or ("ThreadPool", "QueueUserWorkItem") => Threads.One,
            _ => Threads.None,
        };
    }

    private void CheckLambda(IInvocationOperation invocation, IAnonymousFunctionOperation lambda, Threads threads, CallContext context)
    {
        var seen = new HashSet<string>();
        foreach (IOperation reference in lambda.Descendants())
        {
            if (!context.Types.IsMemory(reference.Type)
                || SharedVariable.Of(reference) is not { } shared
                || shared.IsDeclaredIn(lambda.Syntax)
                || IsOnlyAskedAbout(reference)
                || MutualExclusion.Guards(reference, lambda, context.CancellationToken)
                || !seen.Add(shared.Text))
            {
                continue;
            }

            if (threads == Threads.Many || IsRepeated(invocation.Syntax, shared) || IsUsedMeanwhile(invocation, lambda, shared, context))
            {
                string kind = RuntimeTypes.DerivesFrom(reference.Type, context.Types.State) ? "State" : "Workspace";
                context.Report(Descriptor, reference.Syntax, shared.Text, kind);
            }
        }
    }

    /// <summary>What never changes may be read by all.</summary>
    private static bool IsOnlyAskedAbout(IOperation reference) => reference.Parent is INameOfOperation
        || (reference.Parent is IPropertyReferenceOperation { Property.Name: "Rows" or "Info" or "ByteCount" } property && property.Instance == reference);

    /// <summary>Whether a loop around the call starts many tasks on a variable from outside of the loop, and waits for none of them.</summary>
    private static bool IsRepeated(SyntaxNode call, SharedVariable shared)
    {
        StatementSyntax? loop = call.FirstAncestorOrSelf<StatementSyntax>(s => s is ForStatementSyntax or ForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax);
        return loop is not null && !shared.IsDeclaredIn(loop) && !Waiting.IsWaitedFor(call) && !Waiting.StandsBetween(loop, call.Span.End, loop.Span.End);
    }

    /// <summary>Whether another lambda of the call, or what comes after it and does not wait, hands the same variable to a model.</summary>
    private static bool IsUsedMeanwhile(IInvocationOperation invocation, IAnonymousFunctionOperation lambda, SharedVariable shared, CallContext context)
    {
        IOperation root = invocation;
        while (root.Parent is not null)
            root = root.Parent;

        return root.Descendants().OfType<IInvocationOperation>()
            .Where(call => call.TargetMethod.Name is "Predict" or "Step" or "Forward" or "Backward" && context.ModelOf(call.Instance) is not null)
            .Where(call => !lambda.Syntax.Span.Contains(call.Syntax.Span))
            .Where(call => call.Arguments.Any(a => SharedVariable.Of(Operations.Unwrap(a.Value))?.Text == shared.Text))
            .Any(call => invocation.Syntax.Span.Contains(call.Syntax.Span)
                || (call.Syntax.SpanStart > invocation.Syntax.Span.End
                    && !Waiting.IsWaitedFor(invocation.Syntax)
                    && !Waiting.StandsBetween(root.Syntax, invocation.Syntax.Span.End, call.Syntax.SpanStart)));
    }

    /// <summary>How many threads run a lambda of a call.</summary>
    private enum Threads
    {
        None,
        One,
        Many,
    }
}
