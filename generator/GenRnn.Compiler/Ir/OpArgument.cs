using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Ir;

/// <summary>What an operation says beside its operands. Closed: what follows is all there is, and <see cref="Operations"/> says which operation has which.</summary>
public abstract record OpArgument
{
    private protected OpArgument()
    {
    }

    /// <summary>That of most operations.</summary>
    public static OpArgument None { get; } = new NoArgument();
}

/// <summary>Nothing.</summary>
public sealed record NoArgument : OpArgument;

/// <summary>Which input or state of its region a leaf reads.</summary>
public sealed record LeafArgument(int Index) : OpArgument;

/// <summary>The number in every lane of a constant.</summary>
public sealed record NumberArgument(double Number) : OpArgument;

/// <summary>The row of a parameter leaf, or the table of a gather.</summary>
public sealed record ViewArgument(ParameterView View) : OpArgument;

/// <summary>What is drawn at random.</summary>
public sealed record RandomArgument(RandomSource Source) : OpArgument;

/// <summary>The first lane of a slice.</summary>
public sealed record OffsetArgument(int Offset) : OpArgument;

/// <summary>What a product multiplies its operands by.</summary>
/// <param name="Weights">For each term, in the order of the chain. An operand behind those of the terms is the value that the chain starts from.</param>
/// <param name="Bias">One row; null for none.</param>
/// <param name="IsLaneReduced">Whether it is reduced in the 16-lane order over k instead of a chain, bias last (few outputs, long k).</param>
public sealed record ProductArgument(EquatableArray<ParameterView> Weights, ParameterView? Bias, bool IsLaneReduced) : OpArgument;
