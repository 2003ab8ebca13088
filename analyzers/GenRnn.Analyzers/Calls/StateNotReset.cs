using System.Linq;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.Calls;

/// <summary>
/// Two calls in a row that hand one State to two different sequences. Pieces of one variable are one sequence, and a stateful model
/// is meant to go on; anything else that touches the state in between silences the rule.
/// </summary>
internal sealed class StateNotReset : CallRule
{
    public override DiagnosticDescriptor Descriptor => DiagnosticTable.StateNotReset;

    public override void Check(IInvocationOperation invocation, CallContext context)
    {
        if (StatefulCall.Of(invocation, context) is not { } first
            || invocation.Syntax.Parent is not ExpressionStatementSyntax { Parent: BlockSyntax block } statement
            || invocation.SemanticModel is not { } semanticModel)
        {
            return;
        }

        for (int i = block.Statements.IndexOf(statement) + 1; i < block.Statements.Count; i++)
        {
            StatementSyntax next = block.Statements[i];
            int mentions = next.DescendantNodes().OfType<IdentifierNameSyntax>().Count(n => n.Identifier.ValueText == first.State.Name);
            if (mentions == 0)
                continue;

            if (mentions == 1
                && next is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call }
                && semanticModel.GetOperation(call, context.CancellationToken) is IInvocationOperation following
                && StatefulCall.Of(following, context) is { } second
                && SymbolEqualityComparer.Default.Equals(first.State, second.State)
                && !SymbolEqualityComparer.Default.Equals(first.Sequence, second.Sequence))
            {
                context.Report(Descriptor, second.StateSyntax, first.State.Name, first.Sequence.Name, second.Sequence.Name);
            }

            return;
        }
    }

    /// <summary>A call that carries a local State over a sequence that has a name.</summary>
    private sealed class StatefulCall
    {
        private StatefulCall(ISymbol state, SyntaxNode stateSyntax, ISymbol sequence)
        {
            State = state;
            StateSyntax = stateSyntax;
            Sequence = sequence;
        }

        public ISymbol State { get; }

        public SyntaxNode StateSyntax { get; }

        public ISymbol Sequence { get; }

        public static StatefulCall? Of(IInvocationOperation invocation, CallContext context)
        {
            if (invocation.TargetMethod.Name is not ("Predict" or "Forward") || context.ModelOf(invocation.Instance) is not { IsStateful: false })
                return null;

            IOperation? state = invocation.Arguments.Select(a => Operations.Unwrap(a.Value))
                .FirstOrDefault(v => RuntimeTypes.DerivesFrom(v.Type, context.Types.State));
            IOperation? input = invocation.Arguments.FirstOrDefault(a => a.Parameter?.Ordinal == 0)?.Value;
            return state is ILocalReferenceOperation local && input is not null && Root(input) is { } sequence
                ? new StatefulCall(local.Local, state.Syntax, sequence)
                : null;
        }

        /// <summary>The variable behind slices, ranges and elements.</summary>
        private static ISymbol? Root(IOperation operation)
        {
            SyntaxNode syntax = Operations.Unwrap(operation).Syntax;
            while (true)
            {
                switch (syntax)
                {
                    case ElementAccessExpressionSyntax access:
                        syntax = access.Expression;
                        break;
                    case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AsSpan" or "Slice" } member }:
                        syntax = member.Expression;
                        break;
                    case IdentifierNameSyntax identifier:
                        return operation.SemanticModel?.GetSymbolInfo(identifier).Symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol
                            ? operation.SemanticModel.GetSymbolInfo(identifier).Symbol
                            : null;
                    default:
                        return null;
                }
            }
        }
    }
}
