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
/// Two statements that hand one State to two different sequences: calls, or loops over the steps of one. Pieces of one variable are one
/// sequence, so are those that are called pieces, and a stateful model is meant to go on; a state that a past has prepared goes on step by step. Anything else that
/// touches the state in between silences the rule.
/// </summary>
internal sealed class StateNotReset : CallRule
{
    private static readonly HashSet<string> s_beginnings = new()
    {
        "beginning", "chunk", "context", "head", "history", "known", "observed", "part", "past", "piece", "prefix", "prime", "prompt", "seed", "segment", "so", "start", "train", "training", "warm", "warmup",
    };

    private static readonly HashSet<string> s_continuations = new()
    {
        "chunk", "continuation", "end", "following", "further", "future", "later", "live", "more", "new", "next", "now", "part", "piece", "remaining", "rest", "segment", "suffix", "tail", "test",
    };

    public override DiagnosticDescriptor Descriptor => DiagnosticTable.Of(Rules.StateNotReset);

    public override void Check(IInvocationOperation invocation, CallContext context)
    {
        if (StatefulCall.Of(invocation, context) is not { } first)
            return;

        foreach (StatementSyntax next in Operations.StatementsAfter(first.Statement))
        {
            List<IdentifierNameSyntax> mentions = next.DescendantNodes().OfType<IdentifierNameSyntax>().Where(n => n.Identifier.ValueText == first.State.Name).ToList();
            if (mentions.Count == 0)
                continue;

            if (mentions.Count == 1
                && mentions[0].Parent?.Parent?.Parent is InvocationExpressionSyntax call
                && invocation.SemanticModel?.GetOperation(call, context.CancellationToken) is IInvocationOperation following
                && StatefulCall.Of(following, context) is { } second
                && second.Statement == next
                && SymbolEqualityComparer.Default.Equals(first.State, second.State)
                && !SymbolEqualityComparer.Default.Equals(first.Sequence, second.Sequence)
                && first.IsStepped == second.IsStepped
                && !IsContinued(first.Sequence.Name, second.Sequence.Name))
            {
                context.ReportAt(Descriptor, second.StateSyntax, second.Statement, first.State.Name, first.Sequence.Name, second.Sequence.Name);
            }

            return;
        }
    }

    private static bool IsContinued(string first, string second) =>
        StateNames.Words(first).Any(s_beginnings.Contains) || StateNames.Words(second).Any(s_continuations.Contains);

    /// <summary>A call that carries a local State over a sequence that has a name.</summary>
    private sealed class StatefulCall
    {
        private StatefulCall(ISymbol state, SyntaxNode stateSyntax, ISymbol sequence, StatementSyntax statement)
        {
            State = state;
            StateSyntax = stateSyntax;
            Sequence = sequence;
            Statement = statement;
        }

        public ISymbol State { get; }

        public SyntaxNode StateSyntax { get; }

        public ISymbol Sequence { get; }

        /// <summary>The call, or the loop of calls.</summary>
        public StatementSyntax Statement { get; }

        /// <summary>Whether it is a loop over single steps.</summary>
        public bool IsStepped => Statement is not ExpressionStatementSyntax;

        public static StatefulCall? Of(IInvocationOperation invocation, CallContext context)
        {
            if (invocation.TargetMethod.Name is not ("Predict" or "Forward" or "Step") || context.ModelOf(invocation.Instance) is not { IsStateful: false })
                return null;

            IOperation? state = invocation.Arguments.Select(a => Operations.Unwrap(a.Value))
                .FirstOrDefault(v => RuntimeTypes.DerivesFrom(v.Type, context.Types.State));
            IOperation? input = invocation.Arguments.FirstOrDefault(a => a.Parameter?.Ordinal == 0)?.Value;
            if (state is not ILocalReferenceOperation local || input?.SemanticModel is not { } semanticModel || invocation.Syntax.Parent is not ExpressionStatementSyntax call)
                return null;

            // One step is no sequence; the loop around it is.
            StatementSyntax statement = call;
            ISymbol? sequence = Root(Operations.Unwrap(input).Syntax, semanticModel);
            if (invocation.TargetMethod.Name == "Step")
            {
                if (LoopOver(call) is not { } loop || MentionsOf(local.Local, loop) != 1)
                    return null;
                statement = loop;
                if (loop is ForEachStatementSyntax each && sequence is not null && SymbolEqualityComparer.Default.Equals(semanticModel.GetDeclaredSymbol(each), sequence))
                    sequence = Root(each.Expression, semanticModel);
            }

            return sequence is null ? null : new StatefulCall(local.Local, state.Syntax, sequence, statement);
        }

        private static StatementSyntax? LoopOver(ExpressionStatementSyntax call)
        {
            SyntaxNode? around = call.Parent is BlockSyntax block ? block.Parent : call.Parent;
            return around is ForEachStatementSyntax or ForStatementSyntax ? (StatementSyntax)around : null;
        }

        private static int MentionsOf(ISymbol symbol, SyntaxNode node) =>
            node.DescendantNodes().OfType<IdentifierNameSyntax>().Count(n => n.Identifier.ValueText == symbol.Name);

        /// <summary>The variable behind slices, ranges and elements.</summary>
        private static ISymbol? Root(SyntaxNode syntax, SemanticModel semanticModel)
        {
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
                    case CollectionExpressionSyntax { Elements: { Count: 1 } elements } when elements[0] is ExpressionElementSyntax element:
                        syntax = element.Expression;
                        break;
                    case IdentifierNameSyntax identifier:
                        return semanticModel.GetSymbolInfo(identifier).Symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol
                            ? semanticModel.GetSymbolInfo(identifier).Symbol
                            : null;
                    default:
                        return null;
                }
            }
        }
    }
}
