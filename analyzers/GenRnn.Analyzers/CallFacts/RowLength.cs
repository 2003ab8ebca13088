using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.CallFacts;

/// <summary>A length of an array that holds rows, beside the values that one row has.</summary>
internal sealed class RowLength
{
    private readonly IndexPolynomial _length;

    public RowLength(IndexPolynomial length, int perRow)
    {
        _length = length;
        PerRow = perRow;
    }

    /// <summary>Values of a row, at least 1.</summary>
    public int PerRow { get; }

    /// <summary>The length as a number; null if it has variables.</summary>
    public long? Number => _length.Constant;

    /// <summary>How many values stand for one of whatever is counted: 29 in <c>rows * 29</c>. Null for a sum, and for a number.</summary>
    public long? Factor => _length.Single is { Product.Length: > 0 } single ? single.Factor : null;

    /// <summary>Whether it is no whole number of rows, whatever its variables are.</summary>
    public bool IsNoRows => Number is { } number && (number == 0 || number % PerRow != 0);

    /// <summary>
    /// Whether it is a whole number of rows only for some of the numbers that it may be made of. Something smaller than a row that divides it may be counted: steps,
    /// features. 29 values of rows of 30 are nothing.
    /// </summary>
    public bool IsDoubtful => Factor is > 1 and { } factor && factor % PerRow != 0 && PerRow % factor != 0;

    /// <summary>Whether two lengths are never those of equally many rows, but for none.</summary>
    public bool NeverAgreesWith(RowLength other)
    {
        IndexPolynomial? mine = _length.Times(IndexPolynomial.Of(other.PerRow));
        IndexPolynomial? others = other._length.Times(IndexPolynomial.Of(PerRow));
        if (mine is null || others is null || mine.Plus(others, -1) is not { } difference)
            return false;
        if (difference.Constant is { } number)
            return number != 0;

        // 96 rows are none only where there are no rows, and then there is nothing to predict.
        return difference.Single is { } single && _length.Single is { } length && length.Product == single.Product;
    }

    /// <summary>
    /// The constant of a model, of those for lengths of rows, that an expression takes for the values of one; null if it takes none or several. An array's size is
    /// looked at, not what a variable was made of elsewhere.
    /// </summary>
    public IFieldSymbol? ConstantIn(IOperation array, ModelType model)
    {
        IFieldSymbol[] constants = array.DescendantsAndSelf().OfType<IFieldReferenceOperation>().Select(r => r.Field)
            .Where(f => f.IsConst && f.Name.EndsWith("Length", System.StringComparison.Ordinal) && !f.Name.StartsWith("Step", System.StringComparison.Ordinal))
            .Where(f => SymbolEqualityComparer.Default.Equals(f.ContainingType.OriginalDefinition, model.Symbol))
            .ToArray();
        return constants.Length == 1 && constants[0].ConstantValue is int value && (Factor ?? Number) == value ? constants[0] : null;
    }

    /// <summary>The size of an array with another factor: of <c>new float[rows * 29]</c>, <c>rows * M.InputLength</c>. Null where the factor is not written there.</summary>
    public static string? SizeWith(IOperation array, long factor, string meant) => SizeOf(array.Syntax) is { } size
        && size.DescendantNodesAndSelf().OfType<LiteralExpressionSyntax>().Where(l => l.Token.Value is int value && value == factor).ToList() is { Count: 1 } found
            ? size.ReplaceNode(found[0], SyntaxFactory.ParseExpression(meant)).ToString()
            : null;

    /// <summary>The same with another constant.</summary>
    public static string? SizeWith(IOperation array, IFieldSymbol constant, string meant) => SizeOf(array.Syntax) is { } size
        && array.DescendantsAndSelf().OfType<IFieldReferenceOperation>().FirstOrDefault(r => SymbolEqualityComparer.Default.Equals(r.Field, constant)) is { } reference
        && size.Span.Contains(reference.Syntax.Span)
            ? size.ReplaceNode(reference.Syntax, SyntaxFactory.ParseExpression(meant)).ToString()
            : null;

    /// <summary>The size of an array that is made here; null for anything else.</summary>
    public static SyntaxNode? PlaceOf(IOperation array) => SizeOf(array.Syntax);

    /// <summary>How the size of an array is written: of <c>new float[rows * 29]</c>, <c>rows * 29</c>.</summary>
    public static string TextOf(IOperation array) => SizeOf(array.Syntax) is { } size ? size.ToString() : array.Syntax.ToString();

    private static SyntaxNode? SizeOf(SyntaxNode array)
    {
        ArrayTypeSyntax? type = array switch
        {
            ArrayCreationExpressionSyntax creation => creation.Type,
            StackAllocArrayCreationExpressionSyntax { Type: ArrayTypeSyntax stack } => stack,
            _ => null,
        };
        return type is { RankSpecifiers: { Count: 1 } ranks } && ranks[0].Sizes.Count == 1 ? ranks[0].Sizes[0] : null;
    }
}
