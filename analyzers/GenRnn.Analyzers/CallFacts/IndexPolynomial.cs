using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.CallFacts;

/// <summary>
/// An index or a length in whole numbers, as a sum of products of variables: <c>(row * 50 + t) * 2</c> is 100 row + 2 t. What stands in front of a
/// loop's variable is the distance between two of its steps in memory; what stands in front of a number of rows, the length of one.
/// </summary>
internal sealed class IndexPolynomial
{
    // Variables that are initialised from each other do not compile, but the editor asks all the same.
    private const int MaximumDepth = 16;
    private const int MaximumTerms = 16;

    /// <summary>Factors by product; a product is its variables in order, a constant the empty one.</summary>
    private readonly SortedDictionary<string, long> _terms = new(StringComparer.Ordinal);

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

    /// <summary>Null for an expression that is no such sum. Its variables are called as they are written.</summary>
    public static IndexPolynomial? Of(IOperation? operation, CancellationToken cancellationToken) =>
        Of(operation, variable => variable.Syntax.ToString(), MaximumDepth, cancellationToken);

    /// <summary>The same where two expressions are compared that are evaluated at different times: a variable that may change between them is another one in each.</summary>
    public static IndexPolynomial? OfLength(IOperation? operation, CancellationToken cancellationToken) =>
        Of(operation, variable => Operations.NameOfFixed(variable, cancellationToken) ?? "@" + variable.Syntax.SpanStart.ToString(CultureInfo.InvariantCulture), MaximumDepth, cancellationToken);

    /// <summary>The factor and the product of variables, if the sum has one part only; null for others.</summary>
    public (long Factor, string Product)? Single => _terms.Count == 1 ? (_terms.First().Value, _terms.First().Key) : null;

    public IndexPolynomial? Times(IndexPolynomial other)
    {
        IndexPolynomial result = new();
        foreach (KeyValuePair<string, long> left in _terms)
        {
            foreach (KeyValuePair<string, long> right in other._terms)
            {
                string product = string.Join("*", (left.Key + "*" + right.Key).Split('*').Where(v => v.Length > 0).OrderBy(v => v, StringComparer.Ordinal));
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

    public IndexPolynomial? Plus(IndexPolynomial other, int sign)
    {
        IndexPolynomial result = new();
        foreach (KeyValuePair<string, long> term in _terms)
            result.Add(term.Key, term.Value);
        foreach (KeyValuePair<string, long> term in other._terms)
            result.Add(term.Key, sign * term.Value);
        return result._terms.Count <= MaximumTerms ? result : null;
    }

    private static IndexPolynomial? Of(IOperation? expression, Func<IOperation, string> name, int depth, CancellationToken cancellationToken)
    {
        if (expression is null || depth == 0)
            return null;

        IOperation operation = Operations.Unwrap(expression);
        if (operation.ConstantValue is { HasValue: true, Value: int constant })
            return Of(constant);
        switch (operation)
        {
            case IBinaryOperation { OperatorMethod: null, LeftOperand: var left, RightOperand: var right } binary:
                return Of(left, name, depth - 1, cancellationToken) is { } a && Of(right, name, depth - 1, cancellationToken) is { } b ? Combine(binary.OperatorKind, a, b) : null;
            case ILocalReferenceOperation:
                IOperation resolved = Operations.Resolve(operation, cancellationToken);
                return (resolved == operation ? null : Of(resolved, name, depth - 1, cancellationToken)) ?? Variable(name(operation));
            case IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation { Arguments.Length: 0 }:
                return Variable(name(operation));
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

    private static IndexPolynomial Variable(string name)
    {
        IndexPolynomial result = new();
        result.Add(name, 1);
        return result;
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
