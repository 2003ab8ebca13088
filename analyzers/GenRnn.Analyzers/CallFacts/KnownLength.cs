using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.CallFacts;

/// <summary>
/// The length of an array or span, where the syntax shows it: <c>new float[50]</c>, <c>new float[rows * 50]</c>, <c>stackalloc float[50]</c>, <c>[1, 2]</c>,
/// a slice, and variables that are written once with one of these.
/// </summary>
internal static class KnownLength
{
    // Variables that are initialised from each other do not compile, but the editor asks all the same.
    private const int MaximumDepth = 16;

    /// <summary>Null if it is not known as a number.</summary>
    public static int? Of(IOperation operation, CancellationToken cancellationToken) =>
        InVariables(operation, cancellationToken)?.Constant is { } length and >= 0 and <= int.MaxValue ? (int)length : null;

    /// <summary>The length in variables whose values are not known; null if it does not show at all, or is negative.</summary>
    public static IndexPolynomial? InVariables(IOperation operation, CancellationToken cancellationToken) => Of(operation, MaximumDepth, cancellationToken);

    private static IndexPolynomial? Of(IOperation expression, int depth, CancellationToken cancellationToken)
    {
        if (depth == 0)
            return null;

        IOperation operation = Operations.Resolve(expression, cancellationToken);
        switch (operation)
        {
            case IArrayCreationOperation { DimensionSizes.Length: 1 } array:
                return Size(array.DimensionSizes[0], cancellationToken);
            case IDefaultValueOperation when IsSpan(operation.Type):
            case IPropertyReferenceOperation { Property.Name: "Empty", Instance: null } when IsSpan(operation.Type):
                return IndexPolynomial.Of(0);
            case IInvocationOperation { TargetMethod: { Name: "AllocateArray" or "AllocateUninitializedArray", ContainingType.Name: "GC" } } allocation:
                return Size(allocation.Arguments[0].Value, cancellationToken);
            case IInvocationOperation invocation:
                return OfSlice(invocation, depth, cancellationToken);
        }

        return operation.Syntax switch
        {
            StackAllocArrayCreationExpressionSyntax allocation => OfStackalloc(allocation, operation.SemanticModel, cancellationToken),
            ImplicitStackAllocArrayCreationExpressionSyntax allocation => IndexPolynomial.Of(allocation.Initializer.Expressions.Count),
            CollectionExpressionSyntax collection => collection.Elements.All(e => e is ExpressionElementSyntax) ? IndexPolynomial.Of(collection.Elements.Count) : null,
            ElementAccessExpressionSyntax access => OfRange(access, operation, depth, cancellationToken),
            _ => null,
        };
    }

    private static bool IsSpan(ITypeSymbol? type) => type is { Name: "Span" or "ReadOnlySpan", ContainingNamespace.Name: "System" };

    private static IndexPolynomial? Size(IOperation? operation, CancellationToken cancellationToken) =>
        NotNegative(IndexPolynomial.OfLength(operation, cancellationToken));

    /// <summary><c>AsSpan</c> and <c>Slice</c>, both with (start), (start, length) or nothing.</summary>
    private static IndexPolynomial? OfSlice(IInvocationOperation invocation, int depth, CancellationToken cancellationToken)
    {
        if (invocation.TargetMethod.Name is not ("AsSpan" or "Slice" or "AsMemory"))
            return null;

        IOperation? whole = invocation.Instance ?? invocation.Arguments.FirstOrDefault()?.Value;
        IArgumentOperation[] bounds = invocation.Arguments.Where(a => a.Parameter?.Type.SpecialType == SpecialType.System_Int32).ToArray();
        if (whole is null || bounds.Length != invocation.Arguments.Length - (invocation.Instance is null ? 1 : 0))
            return null;
        if (bounds.FirstOrDefault(b => b.Parameter!.Name == "length") is { } length)
            return Size(length.Value, cancellationToken);
        if (Of(whole, depth - 1, cancellationToken) is not { } total)
            return null;
        return bounds.Length == 0 ? total : Difference(total, Size(bounds[0].Value, cancellationToken));
    }

    private static IndexPolynomial? OfStackalloc(StackAllocArrayCreationExpressionSyntax allocation, SemanticModel? semanticModel, CancellationToken cancellationToken)
    {
        if (allocation.Initializer is { } initializer)
            return IndexPolynomial.Of(initializer.Expressions.Count);
        if (allocation.Type is not ArrayTypeSyntax { RankSpecifiers: { Count: 1 } ranks } || ranks[0].Sizes.Count != 1 || semanticModel is null)
            return null;
        return Size(semanticModel.GetOperation(ranks[0].Sizes[0], cancellationToken), cancellationToken);
    }

    /// <summary><c>x[a..b]</c>, each from the start or from the end.</summary>
    private static IndexPolynomial? OfRange(ElementAccessExpressionSyntax access, IOperation operation, int depth, CancellationToken cancellationToken)
    {
        if (access.ArgumentList.Arguments.Count != 1
            || access.ArgumentList.Arguments[0].Expression is not RangeExpressionSyntax range
            || operation.SemanticModel is not { } semanticModel)
        {
            return null;
        }

        (IndexPolynomial? from, bool startsFromEnd) = Bound(range.LeftOperand, isEnd: false, semanticModel, cancellationToken);
        (IndexPolynomial? to, bool endsFromEnd) = Bound(range.RightOperand, isEnd: true, semanticModel, cancellationToken);
        if (startsFromEnd == endsFromEnd)
            return startsFromEnd ? Difference(from, to) : Difference(to, from);

        IndexPolynomial? total = semanticModel.GetOperation(access.Expression, cancellationToken) is { } whole ? Of(whole, depth - 1, cancellationToken) : null;
        return startsFromEnd ? Difference(to, Difference(total, from)) : Difference(Difference(total, to), from);
    }

    private static (IndexPolynomial? Value, bool FromEnd) Bound(ExpressionSyntax? expression, bool isEnd, SemanticModel semanticModel, CancellationToken cancellationToken)
    {
        if (expression is null)
            return (IndexPolynomial.Of(0), isEnd);
        bool fromEnd = expression is PrefixUnaryExpressionSyntax { OperatorToken.RawKind: (int)Microsoft.CodeAnalysis.CSharp.SyntaxKind.CaretToken };
        ExpressionSyntax value = fromEnd ? ((PrefixUnaryExpressionSyntax)expression).Operand : expression;
        while (value is ParenthesizedExpressionSyntax parenthesized)
            value = parenthesized.Expression;
        return (Size(semanticModel.GetOperation(value, cancellationToken), cancellationToken), fromEnd);
    }

    private static IndexPolynomial? Difference(IndexPolynomial? left, IndexPolynomial? right) =>
        left is null || right is null ? null : NotNegative(left.Plus(right, -1));

    private static IndexPolynomial? NotNegative(IndexPolynomial? length) => length is null || length.Constant < 0 ? null : length;
}
