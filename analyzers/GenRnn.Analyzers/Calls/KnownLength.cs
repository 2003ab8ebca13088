using System;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.Calls;

/// <summary>
/// The length of an array or span, where the syntax shows it: <c>new float[50]</c>, <c>stackalloc float[50]</c>, <c>[1, 2]</c>,
/// a slice of constant bounds, and variables that are written once with one of these.
/// </summary>
internal static class KnownLength
{
    // Variables that are initialised from each other do not compile, but the editor asks all the same.
    private const int MaximumDepth = 16;

    /// <summary>Null if it is not known.</summary>
    public static int? Of(IOperation operation, CancellationToken cancellationToken) => Of(operation, MaximumDepth, cancellationToken);

    private static int? Of(IOperation expression, int depth, CancellationToken cancellationToken)
    {
        if (depth == 0)
            return null;

        IOperation operation = Operations.Resolve(expression, cancellationToken);
        switch (operation)
        {
            case IArrayCreationOperation { DimensionSizes.Length: 1 } array:
                return Constant(array.DimensionSizes[0]);
            case IDefaultValueOperation when IsSpan(operation.Type):
                return 0;
            case IPropertyReferenceOperation { Property.Name: "Empty", Instance: null } when IsSpan(operation.Type):
                return 0;
            case IInvocationOperation invocation:
                return OfSlice(invocation, depth, cancellationToken);
        }

        return operation.Syntax switch
        {
            StackAllocArrayCreationExpressionSyntax allocation => OfStackalloc(allocation, operation.SemanticModel, cancellationToken),
            ImplicitStackAllocArrayCreationExpressionSyntax allocation => allocation.Initializer.Expressions.Count,
            CollectionExpressionSyntax collection => collection.Elements.All(e => e is ExpressionElementSyntax) ? collection.Elements.Count : null,
            ElementAccessExpressionSyntax access => OfRange(access, operation, depth, cancellationToken),
            _ => null,
        };
    }

    private static bool IsSpan(ITypeSymbol? type) => type is { Name: "Span" or "ReadOnlySpan", ContainingNamespace.Name: "System" };

    private static int? Constant(IOperation? operation) =>
        operation?.ConstantValue is { HasValue: true, Value: int value } && value >= 0 ? value : null;

    /// <summary><c>AsSpan</c> and <c>Slice</c>, both with (start), (start, length) or nothing.</summary>
    private static int? OfSlice(IInvocationOperation invocation, int depth, CancellationToken cancellationToken)
    {
        if (invocation.TargetMethod.Name is not ("AsSpan" or "Slice" or "AsMemory"))
            return null;

        IOperation? whole = invocation.Instance ?? invocation.Arguments.FirstOrDefault()?.Value;
        IArgumentOperation[] bounds = invocation.Arguments.Where(a => a.Parameter?.Type.SpecialType == SpecialType.System_Int32).ToArray();
        if (whole is null || bounds.Length != invocation.Arguments.Length - (invocation.Instance is null ? 1 : 0))
            return null;
        if (bounds.FirstOrDefault(b => b.Parameter!.Name == "length") is { } length)
            return Constant(Operations.Unwrap(length.Value));
        if (Of(whole, depth - 1, cancellationToken) is not { } total)
            return null;
        return bounds.Length == 0 ? total : NotNegative(total - Constant(Operations.Unwrap(bounds[0].Value)));
    }

    private static int? OfStackalloc(StackAllocArrayCreationExpressionSyntax allocation, SemanticModel? semanticModel, CancellationToken cancellationToken)
    {
        if (allocation.Initializer is { } initializer)
            return initializer.Expressions.Count;
        if (allocation.Type is not ArrayTypeSyntax { RankSpecifiers: { Count: 1 } ranks } || ranks[0].Sizes.Count != 1 || semanticModel is null)
            return null;
        return semanticModel.GetConstantValue(ranks[0].Sizes[0], cancellationToken) is { HasValue: true, Value: int size } ? NotNegative(size) : null;
    }

    /// <summary><c>x[a..b]</c> with constant bounds, each from the start or from the end.</summary>
    private static int? OfRange(ElementAccessExpressionSyntax access, IOperation operation, int depth, CancellationToken cancellationToken)
    {
        if (access.ArgumentList.Arguments.Count != 1
            || access.ArgumentList.Arguments[0].Expression is not RangeExpressionSyntax range
            || operation.SemanticModel is not { } semanticModel)
        {
            return null;
        }

        (int Value, bool FromEnd)? start = range.LeftOperand is null ? (0, false) : Bound(range.LeftOperand, semanticModel, cancellationToken);
        (int Value, bool FromEnd)? end = range.RightOperand is null ? (0, true) : Bound(range.RightOperand, semanticModel, cancellationToken);
        if (start is not { } from || end is not { } to)
            return null;
        if (from.FromEnd == to.FromEnd)
            return NotNegative(from.FromEnd ? from.Value - to.Value : to.Value - from.Value);

        int? total = semanticModel.GetOperation(access.Expression, cancellationToken) is { } whole ? Of(whole, depth - 1, cancellationToken) : null;
        return NotNegative(from.FromEnd ? to.Value - (total - from.Value) : total - to.Value - from.Value);
    }

    private static (int Value, bool FromEnd)? Bound(ExpressionSyntax expression, SemanticModel semanticModel, CancellationToken cancellationToken)
    {
        bool fromEnd = expression is PrefixUnaryExpressionSyntax { OperatorToken.RawKind: (int)Microsoft.CodeAnalysis.CSharp.SyntaxKind.CaretToken };
        ExpressionSyntax value = fromEnd ? ((PrefixUnaryExpressionSyntax)expression).Operand : expression;
        return semanticModel.GetConstantValue(value, cancellationToken) is { HasValue: true, Value: int constant } ? (constant, fromEnd) : null;
    }

    private static int? NotNegative(int? length) => length >= 0 ? length : null;
}
