using System;
using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Compiler.Ir;

/// <summary>One pair of a <see cref="OpCode.Linear"/>: operand k times the rows of <see cref="Weights"/>.</summary>
public sealed record LinearTerm(Value Operand, ParameterView Weights);

/// <summary>
/// A value of a step graph: one vector of <see cref="Width"/> lanes for one row of the batch, which an operation makes of its operands and its argument. Made by
/// <see cref="RegionBuilder"/>; what operations are is said by <see cref="Operations"/>.
/// </summary>
public sealed class Value
{
    private IReadOnlyList<LinearTerm>? _terms;

    internal Value(int id, OpCode op, int width, IReadOnlyList<Value> operands, OpArgument? argument = null)
    {
        Id = id;
        Op = op;
        Width = width;
        Operands = operands;
        Argument = argument ?? OpArgument.None;
    }

    /// <summary>Number within the region, in topological order.</summary>
    public int Id { get; internal set; }

    public OpCode Op { get; }

    public int Width { get; }

    /// <summary>Operands; of a Linear those of its terms, then its initial value if it has one.</summary>
    public IReadOnlyList<Value> Operands { get; }

    /// <summary>What the operation says beside them. Leaves are numbered anew where a region loses inputs or states.</summary>
    public OpArgument Argument { get; internal set; }

    /// <summary>What the layer's equation calls it, for a reader of emitted code; empty if nothing. Its region has no other value of the name. It is no part of what a program means: no dump, no hash and no comparison has it.</summary>
    public string Name { get; internal set; } = "";

    // The argument as the operation that has it reads it; asked of another operation, a mistake of the caller.

    /// <summary>Index of an Input or State in the region.</summary>
    public int Index => Of<LeafArgument>().Index;

    /// <summary>The number of a Constant.</summary>
    public double Number => Of<NumberArgument>().Number;

    /// <summary>First lane of a Slice.</summary>
    public int Offset => Of<OffsetArgument>().Offset;

    /// <summary>The row of a Parameter, or the table of a Gather.</summary>
    public ParameterView View => Of<ViewArgument>().View;

    /// <summary>What a Random draws.</summary>
    public RandomSource Random => Of<RandomArgument>().Source;

    /// <summary>A Linear's bias: one row, or null.</summary>
    public ParameterView? Bias => Of<ProductArgument>().Bias;

    /// <summary>A Linear that is reduced in the 16-lane order over k instead of a chain, bias last (few outputs, long k).</summary>
    public bool IsLaneReduced => Of<ProductArgument>().IsLaneReduced;

    /// <summary>A Linear whose chain starts from another value instead of a bias; it is the last operand.</summary>
    public bool HasInitialValue => Operands.Count > Of<ProductArgument>().Weights.Count;

    /// <summary>That value.</summary>
    public Value InitialValue => Operands[Operands.Count - 1];

    /// <summary>Terms of a Linear, in the order of the chain; of all others none.</summary>
    public IReadOnlyList<LinearTerm> Terms => _terms ??=
        Argument is ProductArgument product ? product.Weights.Select((weights, i) => new LinearTerm(Operands[i], weights)).ToArray() : Array.Empty<LinearTerm>();

    public bool IsMask => Op.IsCompare();

    public override string ToString() => "%" + Id;

    private T Of<T>()
        where T : OpArgument => Argument as T ?? throw new InvalidOperationException("The operation " + Op + " of " + this + " has a " + Argument.GetType().Name + ", no " + typeof(T).Name + ".");
}
