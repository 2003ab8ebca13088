using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GenRnn.Compiler.Layers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenRnn.Analyzers.CallFacts;

/// <summary>The order of a flat array's axes, from the loops that fill it: which loop's variable is multiplied with what.</summary>
internal static class FillLoops
{
    /// <summary>
    /// An index with which the array is written time first (or, asked for the other, row first); null if there is none, if
    /// another assignment has the other order, or if rows and steps are equally many, when there is no telling.
    /// </summary>
    public static ExpressionSyntax? FindIndex(ISymbol array, SyntaxNode use, SemanticModel semanticModel, Shape shape, bool timeFirst, CancellationToken cancellationToken)
    {
        ExpressionSyntax? found = null;
        foreach (ElementAccessExpressionSyntax access in Operations.Body(use)?.DescendantNodes().OfType<ElementAccessExpressionSyntax>() ?? [])
        {
            if (access.Parent is not AssignmentExpressionSyntax assignment || assignment.Left != access
                || access.ArgumentList.Arguments.Count != 1
                || access.Expression is not IdentifierNameSyntax written || written.Identifier.ValueText != array.Name
                || !SymbolEqualityComparer.Default.Equals(semanticModel.GetSymbolInfo(written, cancellationToken).Symbol, array))
            {
                continue;
            }

            ExpressionSyntax index = access.ArgumentList.Arguments[0].Expression;
            switch (IsTimeFirst(index, semanticModel, shape, cancellationToken))
            {
                case null:
                    break;
                case { } order when order == timeFirst:
                    found ??= index;
                    break;
                default:
                    return null;
            }
        }

        return found;
    }

    private static bool? IsTimeFirst(ExpressionSyntax index, SemanticModel semanticModel, Shape shape, CancellationToken cancellationToken)
    {
        if (IndexPolynomial.Of(semanticModel.GetOperation(index, cancellationToken), cancellationToken) is not { } polynomial)
            return null;

        List<(string Variable, IndexPolynomial Count)> loops = Loops(index, semanticModel, cancellationToken).ToList();
        List<string> times = loops.Where(l => l.Count.Constant == shape.TimeSteps).Select(l => l.Variable).ToList();
        if (times.Count != 1)
            return null;

        // One step's features lie side by side; the inner of time and rows steps over them, the outer over all of the inner.
        IndexPolynomial features = IndexPolynomial.Of(shape.Features);
        IndexPolynomial time = polynomial.FactorOf(times[0]);
        foreach ((string row, IndexPolynomial rows) in loops)
        {
            IndexPolynomial stride = polynomial.FactorOf(row);
            if (row == times[0] || rows.Constant is 1)
                continue;
            if (stride.IsSameAs(features) && time.IsSameAs(rows.Times(features)))
                return true;
            if (time.IsSameAs(features) && stride.IsSameAs(IndexPolynomial.Of((long)shape.TimeSteps * shape.Features)))
                return false;
        }

        return null;
    }

    /// <summary>The loops around a node that count from 0 by ones, with how often they run.</summary>
    private static IEnumerable<(string Variable, IndexPolynomial Count)> Loops(SyntaxNode node, SemanticModel semanticModel, CancellationToken cancellationToken)
    {
        foreach (ForStatementSyntax loop in node.Ancestors().OfType<ForStatementSyntax>())
        {
            if (loop is not
                {
                    Declaration.Variables: { Count: 1 } variables,
                    Condition: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LessThanExpression, Left: IdentifierNameSyntax compared } condition,
                    Incrementors: { Count: 1 } steps,
                }
                || variables[0].Identifier.ValueText is not { } name || compared.Identifier.ValueText != name
                || variables[0].Initializer is not { } initializer
                || semanticModel.GetConstantValue(initializer.Value, cancellationToken) is not { HasValue: true, Value: 0 }
                || steps[0] is not (PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression } or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression }))
            {
                continue;
            }

            if (IndexPolynomial.Of(semanticModel.GetOperation(condition.Right, cancellationToken), cancellationToken) is { } count)
                yield return (name, count);
        }
    }
}
