using GenRnn.Compiler.Ir;

namespace GenRnn.Interpreter;

/// <summary>What an interpreter computes with: numbers, or numbers that know their names. A default value is +0.</summary>
/// <typeparam name="T">A number.</typeparam>
internal interface INumbers<T>
    where T : unmanaged
{
    /// <summary>The number of a Constant.</summary>
    T Constant(double number);

    /// <summary>a b + c, one link of a chain.</summary>
    T MultiplyAdd(T a, T b, T c);

    /// <summary>A standard normal of two words of random bits.</summary>
    T Normal(uint x0, uint x1);

    /// <summary>A pointwise operation of one operand.</summary>
    T Unary(OpCode op, T a);

    /// <summary>A pointwise operation of two operands, or the larger of two (LaneMax). A comparison gives 1 or 0.</summary>
    T Binary(OpCode op, T a, T b);

    /// <summary><paramref name="mask"/> not 0 ? a : b.</summary>
    T Select(T mask, T a, T b);

    /// <summary>The integer part: an id.</summary>
    int Truncate(T a);

    /// <summary>An entry of a table, which an id named: the entry.</summary>
    T Entry(T entry, T id);
}
