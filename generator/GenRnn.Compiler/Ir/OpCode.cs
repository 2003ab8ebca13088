namespace GenRnn.Compiler.Ir;

/// <summary>The operations of a step graph. Every operation works on one row of the batch.</summary>
public enum OpCode
{
    /// <summary>A sequence's or vector's value at this step. Leaf.</summary>
    Input,

    /// <summary>A carried state before this step. Leaf.</summary>
    State,

    /// <summary>One number in every lane. Leaf.</summary>
    Constant,

    /// <summary>A vector of parameters (a gain, a peephole), one a lane. Leaf.</summary>
    Parameter,

    /// <summary>Numbers drawn anew at every training call: see <see cref="RandomSource"/>. No operands.</summary>
    Random,

    /// <summary>init + a1 W1 + a2 W2 + ...: one chain of fused multiply-adds per output, see <see cref="LinearTerm"/>.</summary>
    Linear,

    /// <summary>A row of a table of parameters, by an id of width 1 (its integer part).</summary>
    Gather,

    Negate,

    /// <summary>The value without its gradient: what only weighs or steers.</summary>
    Detach,

    Abs,
    Exp,
    Log,
    Log1p,
    Tanh,
    Sigmoid,
    Erf,

    /// <summary>ln(1 + exp(x)).</summary>
    Softplus,

    Sqrt,

    Add,
    Subtract,
    Multiply,
    Divide,

    /// <summary>a &gt; b, a mask.</summary>
    Greater,

    /// <summary>a &gt;= b, a mask.</summary>
    GreaterOrEqual,

    /// <summary>mask ? a : b.</summary>
    Select,

    /// <summary>Sum over the lanes, in the fixed order of 16 partial sums; width 1.</summary>
    LaneSum,

    /// <summary>Maximum over the lanes; width 1. Used to shift exponents only: no gradient flows through it.</summary>
    LaneMax,

    /// <summary>A width-1 value in every lane.</summary>
    Broadcast,

    /// <summary>Lanes [Offset, Offset + Width) of a wider value.</summary>
    Slice,

    /// <summary>Operands side by side.</summary>
    Concat,
}

public static class OpCodes
{
    public static bool IsLeaf(this OpCode op) => op <= OpCode.Parameter;

    public static bool IsUnary(this OpCode op) => op is >= OpCode.Negate and <= OpCode.Sqrt;

    /// <summary>Whether it is an expression of many operations, one after the other.</summary>
    public static bool IsFunction(this OpCode op) => op is >= OpCode.Exp and <= OpCode.Softplus;

    /// <summary>Whether a gate is one: the runtime computes two of them side by side.</summary>
    public static bool IsPaired(this OpCode op) => op is OpCode.Tanh or OpCode.Sigmoid;

    public static bool IsBinary(this OpCode op) => op is >= OpCode.Add and <= OpCode.Divide;

    public static bool IsCompare(this OpCode op) => op is OpCode.Greater or OpCode.GreaterOrEqual;

    public static bool IsReduction(this OpCode op) => op is OpCode.LaneSum or OpCode.LaneMax;

    /// <summary>Whether lane j of the result depends on lane j of the operands alone.</summary>
    public static bool IsPointwise(this OpCode op) => op.IsUnary() || op.IsBinary() || op.IsCompare() || op is OpCode.Select or OpCode.Random;
}
