using GenRnn.Analyzers.CallFacts;
using GenRnn.Compiler.Findings;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.CallRules;

/// <summary>
/// A cell's two states, copied into each other's place: <c>c.CopyTo(state.H); h.CopyTo(state.C);</c>, or out of it. One copy alone may have a
/// reason; two that cross have none.
/// </summary>
internal sealed class SwappedCopies : CallRule
{
    public override DiagnosticDescriptor Descriptor => DiagnosticTable.Of(Rules.SwappedArguments);

    public override void Check(IInvocationOperation invocation, CallContext context)
    {
        if (Copy.Of(invocation, context) is not { IsCrossed: true } first
            || invocation.Syntax.Parent is not ExpressionStatementSyntax statement
            || invocation.SemanticModel is not { } semanticModel)
        {
            return;
        }

        foreach (StatementSyntax next in Operations.StatementsAfter(statement))
        {
            if (next is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call }
                && semanticModel.GetOperation(call, context.CancellationToken) is IInvocationOperation following
                && Copy.Of(following, context) is { IsCrossed: true } second
                && second.State == first.State && second.Part != first.Part && second.IsRead == first.IsRead)
            {
                context.ReportPair(Descriptor, first.Variable, second.Variable, first.Name, first.Part, second.Name, second.Part, SwappedArguments.Order);
                return;
            }
        }
    }

    /// <summary>A copy between a state and a variable that says which state it is.</summary>
    private sealed class Copy
    {
        private Copy(MemberAccessExpressionSyntax state, SyntaxNode variable, string name, bool isRead)
        {
            State = state.Expression.ToString();
            Part = state.Name.Identifier.ValueText;
            Variable = variable;
            Name = name;
            IsRead = isRead;
        }

        public string State { get; }

        public string Part { get; }

        public SyntaxNode Variable { get; }

        public string Name { get; }

        public bool IsRead { get; }

        public bool IsCrossed => (StateNames.Of(Part), StateNames.Of(Name)) is (StatePart.Hidden, StatePart.Cell) or (StatePart.Cell, StatePart.Hidden);

        public static Copy? Of(IInvocationOperation invocation, CallContext context)
        {
            if (invocation.TargetMethod.Name != "CopyTo" || invocation.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var source }, ArgumentList.Arguments: { Count: 1 } arguments })
                return null;

            ExpressionSyntax target = arguments[0].Expression;
            if (IsState(source, invocation, context) is { } read && SwappedArguments.NameOf(target) is { } into)
                return new Copy(read, target, into, isRead: true);
            return IsState(target, invocation, context) is { } written && SwappedArguments.NameOf(source) is { } from ? new Copy(written, source, from, isRead: false) : null;
        }

        /// <summary><c>state.H</c> or <c>state.C</c> of a State that Gen wrote.</summary>
        private static MemberAccessExpressionSyntax? IsState(ExpressionSyntax expression, IInvocationOperation invocation, CallContext context) =>
            expression is MemberAccessExpressionSyntax access
            && StateNames.Of(access.Name.Identifier.ValueText) != StatePart.Unknown
            && RuntimeTypes.DerivesFrom(invocation.SemanticModel?.GetTypeInfo(access.Expression, context.CancellationToken).Type, context.Types.State)
                ? access
                : null;
    }
}
