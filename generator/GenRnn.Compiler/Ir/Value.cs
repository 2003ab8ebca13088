using System;
using System.Collections.Generic;

namespace GenRnn.Compiler.Ir;

/// <summary>One pair of a <see cref="OpCode.Linear"/>: operand k times the rows of <see cref="Weights"/>.</summary>
public sealed record LinearTerm(Value Operand, ParameterView Weights);

/// <summary>A value of a step graph: one vector of <see cref="Width"/> lanes for one row of the batch. Made by <see cref="RegionBuilder"/>.</summary>
public sealed class Value
{
    internal Value(int id, OpCode op, int width, IReadOnlyList<Value> operands)
    {
        Id = id;
        Op = op;
        Width = width;
        Operands = operands;
    }

    /// <summary>Number within the region, in topological order.</summary>
    public int Id { get; internal set; }

    public OpCode Op { get; }

    public int Width { get; }

    /// <summary>Operands; of a Linear those of its terms, then its initial value if that is a value.</summary>
    public IReadOnlyList<Value> Operands { get; }

    /// <summary>Index of an Input or State in the region.</summary>
    public int Index { get; internal set; }

    /// <summary>The number of a Constant.</summary>
    public double Number { get; init; }

    /// <summary>First lane of a Slice.</summary>
    public int Offset { get; init; }

    /// <summary>Terms of a Linear, in the order of the chain.</summary>
    public IReadOnlyList<LinearTerm> Terms { get; init; } = Array.Empty<LinearTerm>();

    /// <summary>A Linear's bias, or the parameters of a Parameter leaf: one row. Of a Gather: the table.</summary>
    public ParameterView? Bias { get; init; }

    /// <summary>What a Random draws; null for all others.</summary>
    public RandomSource? Random { get; init; }

    /// <summary>A Linear whose chain starts from another value instead of a bias; it is the last operand.</summary>
    public bool HasInitialValue { get; init; }

    /// <summary>A Linear that is reduced in the 16-lane order over k instead of a chain, bias last (few outputs, long k).</summary>
    public bool IsLaneReduced { get; init; }

    public Value InitialValue => Operands[Operands.Count - 1];

    public bool IsMask => Op.IsCompare();

    public override string ToString() => "%" + Id;
}
