using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.Calls;

/// <summary>One mistake at a place where a model is used. A rule looks at the name of a method first: most calls are none of Gen's.</summary>
internal abstract class CallRule : ICallRule
{
    public abstract DiagnosticDescriptor Descriptor { get; }

    public virtual void Check(IInvocationOperation invocation, CallContext context)
    {
    }

    public virtual void Check(IObjectCreationOperation creation, CallContext context)
    {
    }

    public virtual void Check(IInvalidOperation invalid, CallContext context)
    {
    }
}

/// <summary>What the host asks of a rule. Called concurrently, so a rule has no state.</summary>
internal interface ICallRule
{
    /// <summary>What the rule reports.</summary>
    DiagnosticDescriptor Descriptor { get; }

    /// <summary>A call that binds.</summary>
    void Check(IInvocationOperation invocation, CallContext context);

    /// <summary>A <c>new</c> that binds.</summary>
    void Check(IObjectCreationOperation creation, CallContext context);

    /// <summary>An expression that does not bind: the compiler has said so, but not why.</summary>
    void Check(IInvalidOperation invalid, CallContext context);
}

/// <summary>What a rule may ask beside the operation.</summary>
internal sealed class CallContext
{
    private readonly OperationAnalysisContext _context;

    public CallContext(OperationAnalysisContext context, RuntimeTypes types, ModelTypes models)
    {
        _context = context;
        Types = types;
        Models = models;
    }

    public RuntimeTypes Types { get; }

    public ModelTypes Models { get; }

    public CancellationToken CancellationToken => _context.CancellationToken;

    /// <summary>The model that an expression is, whatever interface it was converted to; null if it is none, or a broken one.</summary>
    public ModelType? ModelOf(IOperation? expression) =>
        expression is null ? null : Models.Find(Operations.Unwrap(expression).Type, CancellationToken);

    public void Report(DiagnosticDescriptor descriptor, SyntaxNode where, params object[] arguments) =>
        _context.ReportDiagnostic(Diagnostic.Create(descriptor, where.GetLocation(), arguments));
}
