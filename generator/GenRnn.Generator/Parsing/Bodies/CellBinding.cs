namespace GenRnn.Generator.Parsing.Bodies;

/// <summary>What a local or parameter of a cell's method stands for: one of an expression, a constant that names or measures weights, and the weights themselves.</summary>
/// <param name="Expression">The expression's index.</param>
/// <param name="Constant">The constant.</param>
internal readonly record struct CellBinding(int? Expression, object? Constant)
{
    /// <summary>The parameter through which a cell reaches its weights.</summary>
    public static readonly CellBinding Weights = default;

    public static CellBinding Of(int expression) => new(expression, null);

    public static CellBinding OfConstant(object constant) => new(null, constant);
}
