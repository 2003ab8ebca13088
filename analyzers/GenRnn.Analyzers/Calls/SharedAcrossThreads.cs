using System.Collections.Generic;
using System.Linq;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.Calls;

/// <summary>One State or Workspace captured by lambdas that run at the same time. Predict is safe for threads; what it is handed is not.</summary>
internal sealed class SharedAcrossThreads : CallRule
{
    public override DiagnosticDescriptor Descriptor => DiagnosticTable.SharedAcrossThreads;

    public override void Check(IInvocationOperation invocation, CallContext context)
    {
        Threads threads = ThreadsOf(invocation.TargetMethod);
        if (threads == Threads.None || invocation.Syntax.Parent is AwaitExpressionSyntax)
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
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (IOperation reference in lambda.Descendants())
        {
            if (SymbolOf(reference) is not { } captured
                || !context.Types.IsMemory(reference.Type)
                || IsDeclaredIn(captured, lambda.Syntax)
                || !seen.Add(captured))
            {
                continue;
            }

            if (threads == Threads.Many || IsRepeated(invocation.Syntax, captured) || IsUsedElsewhere(invocation, lambda, captured, context))
            {
                string kind = RuntimeTypes.DerivesFrom(reference.Type, context.Types.State) ? "State" : "Workspace";
                context.Report(Descriptor, reference.Syntax, captured.Name, kind);
            }
        }
    }

    private static ISymbol? SymbolOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        _ => null,
    };

    private static bool IsDeclaredIn(ISymbol symbol, SyntaxNode lambda) => symbol.DeclaringSyntaxReferences
        .Any(r => r.SyntaxTree == lambda.SyntaxTree && lambda.Span.Contains(r.Span));

    /// <summary>Whether a loop around the call starts many tasks on a variable from outside of the loop.</summary>
    private static bool IsRepeated(SyntaxNode call, ISymbol captured)
    {
        SyntaxNode? loop = call.FirstAncestorOrSelf<StatementSyntax>(s => s is ForStatementSyntax or ForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax);
        return loop is not null && !IsDeclaredIn(captured, loop);
    }

    /// <summary>Whether a second lambda of a task, or the code beside it, hands the same variable to a model.</summary>
    private static bool IsUsedElsewhere(IInvocationOperation invocation, IAnonymousFunctionOperation lambda, ISymbol captured, CallContext context)
    {
        IOperation root = invocation;
        while (root.Parent is not null)
            root = root.Parent;

        return root.Descendants().OfType<IInvocationOperation>()
            .Where(call => !lambda.Syntax.Span.Contains(call.Syntax.Span))
            .Where(call => call.TargetMethod.Name is "Predict" or "Step" or "Forward" or "Backward" && context.ModelOf(call.Instance) is not null)
            .Any(call => call.Arguments.Any(a => SymbolEqualityComparer.Default.Equals(SymbolOf(Operations.Unwrap(a.Value)), captured)));
    }

    /// <summary>How many threads run a lambda of a call.</summary>
    private enum Threads
    {
        None,
        One,
        Many,
    }
}
