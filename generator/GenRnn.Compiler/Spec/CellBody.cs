using GenRnn.Compiler.Language;

namespace GenRnn.Compiler.Spec;

/// <summary>What an expression of a cell's body does.</summary>
public enum CellOperation
{
    /// <summary>The input.</summary>
    Input,

    /// <summary>A state, by <see cref="CellExpression.Offset"/>.</summary>
    State,

    /// <summary>A number in every lane.</summary>
    Number,

    Add,
    Subtract,
    Multiply,
    Divide,
    Negate,

    /// <summary>A function, by <see cref="CellExpression.Name"/>.</summary>
    Function,

    /// <summary>Neighbouring lanes. A start or end below zero is the complement of a distance from the end.</summary>
    Slice,

    Concat,

    /// <summary>A product with weights of its own.</summary>
    Linear,

    /// <summary>A layer normalisation with weights of its own.</summary>
    LayerNorm,

    /// <summary>Weights by themselves.</summary>
    Weights,
}

/// <summary>An expression of a cell's body; its operands are earlier ones.</summary>
/// <param name="Operation">What it does.</param>
/// <param name="Operands">Indices in <see cref="CellBody.Expressions"/>.</param>
/// <param name="Text">As written, for messages.</param>
public sealed record CellExpression(CellOperation Operation, EquatableArray<int> Operands, string Text)
{
    /// <summary>Of a <see cref="CellOperation.Number"/>.</summary>
    public double Number { get; init; }

    /// <summary>Of weights or a function.</summary>
    public string Name { get; init; } = "";

    /// <summary>Of weights by themselves.</summary>
    public string Initializer { get; init; } = "";

    /// <summary>Of a product or of weights by themselves.</summary>
    public int Width { get; init; }

    /// <summary>Index of a state, or start of a slice.</summary>
    public int Offset { get; init; }

    /// <summary>End of a slice.</summary>
    public int End { get; init; }
}

/// <summary>One step of a cell that was written in C#, as a list of expressions in the order of evaluation.</summary>
/// <param name="StateNames">Names of the states: those of the method's parameters.</param>
/// <param name="StateWidths">Their widths.</param>
/// <param name="Expressions">The expressions.</param>
/// <param name="Next">The states after the step.</param>
/// <param name="Output">The output.</param>
public sealed record CellBody(
    EquatableArray<string> StateNames, EquatableArray<int> StateWidths, EquatableArray<CellExpression> Expressions, EquatableArray<int> Next, int Output);
