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
