using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.Calls;

/// <summary>
/// An index of whole numbers, as a sum of products of variables: <c>(row * 50 + t) * 2</c> is 100 row + 2 t. What stands in front of a
/// loop's variable is the distance between two of its steps in memory.
/// </summary>
internal sealed class IndexPolynomial
{
    // Variables that are initialised from each other do not compile, but the editor asks all the same.
    private const int MaximumDepth = 16;
    private const int MaximumTerms = 16;

    /// <summary>Factors by product; a product is its variables in order, a constant the empty one.</summary>
    private readonly SortedDictionary<string, long> _terms = new(System.StringComparer.Ordinal);

    private IndexPolynomial()
    {
    }

    /// <summary>The value, if no variable is left.</summary>
    public long? Constant => _terms.Count == 0 ? 0 : _terms.Count == 1 && _terms.TryGetValue("", out long value) ? value : null;

    public static IndexPolynomial Of(long constant)
    {
        IndexPolynomial result = new();
        result.Add("", constant);
        return result;
    }

    /// <summary>Null for an expression that is no such sum.</summary>
    public static IndexPolynomial? Of(IOperation? operation, CancellationToken cancellationToken) => Of(operation, MaximumDepth, cancellationToken);

    public IndexPolynomial? Times(IndexPolynomial other)
    {
        IndexPolynomial result = new();
        foreach (KeyValuePair<string, long> left in _terms)
        {
            foreach (KeyValuePair<string, long> right in other._terms)
            {
                string product = string.Join("*", (left.Key + "*" + right.Key).Split('*').Where(v => v.Length > 0).OrderBy(v => v, System.StringComparer.Ordinal));
                result.Add(product, unchecked(left.Value * right.Value));
            }
        }

        return result._terms.Count <= MaximumTerms ? result : null;
    }

    /// <summary>What a variable is multiplied with.</summary>
    public IndexPolynomial FactorOf(string variable)
    {
        IndexPolynomial result = new();
        foreach (KeyValuePair<string, long> term in _terms)
        {
            List<string> variables = term.Key.Split('*').ToList();
            if (variables.Remove(variable))
                result.Add(string.Join("*", variables), term.Value);
        }

        return result;
    }

    public bool IsSameAs(IndexPolynomial? other) => other is not null && _terms.SequenceEqual(other._terms);

    private static IndexPolynomial? Of(IOperation? expression, int depth, CancellationToken cancellationToken)
    {
        if (expression is null || depth == 0)
            return null;

        IOperation operation = Operations.Unwrap(expression);
        if (operation.ConstantValue is { HasValue: true, Value: int constant })
            return Of(constant);
        switch (operation)
        {
            case IBinaryOperation { OperatorMethod: null, LeftOperand: var left, RightOperand: var right } binary:
                return Of(left, depth - 1, cancellationToken) is { } a && Of(right, depth - 1, cancellationToken) is { } b ? Combine(binary.OperatorKind, a, b) : null;
            case ILocalReferenceOperation:
                IOperation resolved = Operations.Resolve(operation, cancellationToken);
                return (resolved == operation ? null : Of(resolved, depth - 1, cancellationToken)) ?? Variable(operation);
            case IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation { Arguments.Length: 0 }:
                return Variable(operation);
            default:
                return null;
        }
    }

    private static IndexPolynomial? Combine(BinaryOperatorKind kind, IndexPolynomial a, IndexPolynomial b) => kind switch
    {
        BinaryOperatorKind.Add => a.Plus(b, 1),
        BinaryOperatorKind.Subtract => a.Plus(b, -1),
        BinaryOperatorKind.Multiply => a.Times(b),
        _ => null,
    };

    private static IndexPolynomial Variable(IOperation operation)
    {
        IndexPolynomial result = new();
        result.Add(operation.Syntax.ToString(), 1);
        return result;
    }

    private IndexPolynomial? Plus(IndexPolynomial other, int sign)
    {
        IndexPolynomial result = new();
        foreach (KeyValuePair<string, long> term in _terms)
            result.Add(term.Key, term.Value);
        foreach (KeyValuePair<string, long> term in other._terms)
            result.Add(term.Key, sign * term.Value);
        return result._terms.Count <= MaximumTerms ? result : null;
    }

    private void Add(string product, long factor)
    {
        _terms.TryGetValue(product, out long present);
        if (present + factor == 0)
            _terms.Remove(product);
        else
            _terms[product] = present + factor;
    }
}
