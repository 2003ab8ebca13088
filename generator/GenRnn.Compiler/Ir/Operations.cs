using System;
using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Compiler.Ir;

/// <summary>How wide the result of an operation is.</summary>
public enum WidthRule
{
    /// <summary>As its argument or the region says.</summary>
    Given,

    /// <summary>As every operand.</summary>
    OfOperands,

    /// <summary>One lane.</summary>
    One,

    /// <summary>Any width, of operands of one lane.</summary>
    FromOne,

    /// <summary>As all operands side by side.</summary>
    Sum,

    /// <summary>A part of its operand.</summary>
    Part,
}

/// <summary>What scheduling has to know of an operation.</summary>
[Flags]
public enum OpTraits
{
    None = 0,

    /// <summary>Computes nothing: what is given to a step.</summary>
    Leaf = 1,

    /// <summary>Lane j of the result depends on lane j of the operands alone.</summary>
    Pointwise = 2,

    /// <summary>An expression of many operations, one after the other.</summary>
    Function = 4,

    /// <summary>A gate is one: the runtime computes two of them side by side.</summary>
    Paired = 8,

    /// <summary>Its result is a mask.</summary>
    Mask = 16,

    /// <summary>Its first operand is a mask.</summary>
    TakesMask = 32,
}

/// <summary>What an operation is.</summary>
/// <param name="Op">The operation.</param>
/// <param name="Arity">Number of operands; null for any.</param>
/// <param name="Argument">What it says beside them: one of <see cref="OpArgument"/>.</param>
/// <param name="Width">How wide its result is.</param>
/// <param name="Traits">What scheduling has to know.</param>
/// <param name="IsDifferentiable">Whether a gradient flows to an operand. To parameters of products and tables it flows by itself.</param>
public sealed record Operation(OpCode Op, int? Arity, Type Argument, WidthRule Width, OpTraits Traits, bool IsDifferentiable)
{
    /// <summary>What it is called in the text of a program.</summary>
    public string Text { get; } = Op.ToString().ToLowerInvariant();

    public bool Has(OpTraits trait) => (Traits & trait) != 0;
}

/// <summary>All operations: the one table that verifier, autodiff, scheduling, dump and printer read.</summary>
public static class Operations
{
    private const OpTraits Pointwise = OpTraits.Pointwise;
    private const OpTraits Function = OpTraits.Pointwise | OpTraits.Function;

    /// <summary>In the order of <see cref="OpCode"/>.</summary>
    public static IReadOnlyList<Operation> All { get; } = new[]
    {
        Leaf<LeafArgument>(OpCode.Input),
        Leaf<LeafArgument>(OpCode.State),
        Leaf<NumberArgument>(OpCode.Constant),
        Leaf<ViewArgument>(OpCode.Parameter),
        new(OpCode.Random, 0, typeof(RandomArgument), WidthRule.Given, Pointwise, IsDifferentiable: false),
        new(OpCode.Linear, null, typeof(ProductArgument), WidthRule.Given, OpTraits.None, IsDifferentiable: true),
        new(OpCode.Gather, 1, typeof(ViewArgument), WidthRule.Given, OpTraits.None, IsDifferentiable: false),
        Plain(OpCode.Negate, 1, Pointwise),
        Plain(OpCode.Detach, 1, Pointwise, isDifferentiable: false),
        Plain(OpCode.Abs, 1, Pointwise),
        Plain(OpCode.Exp, 1, Function),
        Plain(OpCode.Log, 1, Function),
        Plain(OpCode.Log1p, 1, Function),
        Plain(OpCode.Tanh, 1, Function | OpTraits.Paired),
        Plain(OpCode.Sigmoid, 1, Function | OpTraits.Paired),
        Plain(OpCode.Erf, 1, Function),
        Plain(OpCode.Softplus, 1, Function),
        Plain(OpCode.Sqrt, 1, Pointwise),
        Plain(OpCode.Add, 2, Pointwise),
        Plain(OpCode.Subtract, 2, Pointwise),
        Plain(OpCode.Multiply, 2, Pointwise),
        Plain(OpCode.Divide, 2, Pointwise),
        Plain(OpCode.Greater, 2, Pointwise | OpTraits.Mask, isDifferentiable: false),
        Plain(OpCode.GreaterOrEqual, 2, Pointwise | OpTraits.Mask, isDifferentiable: false),
        Plain(OpCode.Select, 3, Pointwise | OpTraits.TakesMask),
        new(OpCode.LaneSum, 1, typeof(NoArgument), WidthRule.One, OpTraits.None, IsDifferentiable: true),
        new(OpCode.LaneMax, 1, typeof(NoArgument), WidthRule.One, OpTraits.None, IsDifferentiable: false),
        new(OpCode.Broadcast, 1, typeof(NoArgument), WidthRule.FromOne, OpTraits.None, IsDifferentiable: true),
        new(OpCode.Slice, 1, typeof(OffsetArgument), WidthRule.Part, OpTraits.None, IsDifferentiable: true),
        new(OpCode.Concat, null, typeof(NoArgument), WidthRule.Sum, OpTraits.None, IsDifferentiable: true),
    };

    /// <summary>What an operation is.</summary>
    public static Operation Of(OpCode op) => All[(int)op];

    public static bool IsLeaf(this OpCode op) => Of(op).Has(OpTraits.Leaf);

    /// <summary>Whether it is a lane by lane operation of one operand.</summary>
    public static bool IsUnary(this OpCode op) => op.IsPointwise() && Of(op).Arity == 1;

    /// <summary>Whether it is an expression of many operations, one after the other.</summary>
    public static bool IsFunction(this OpCode op) => Of(op).Has(OpTraits.Function);

    /// <summary>Whether a gate is one: the runtime computes two of them side by side.</summary>
    public static bool IsPaired(this OpCode op) => Of(op).Has(OpTraits.Paired);

    /// <summary>Whether its result is a mask.</summary>
    public static bool IsCompare(this OpCode op) => Of(op).Has(OpTraits.Mask);

    /// <summary>Whether lane j of the result depends on lane j of the operands alone.</summary>
    public static bool IsPointwise(this OpCode op) => Of(op).Has(OpTraits.Pointwise);

    private static Operation Leaf<T>(OpCode op)
        where T : OpArgument => new(op, 0, typeof(T), WidthRule.Given, OpTraits.Leaf, IsDifferentiable: false);

    private static Operation Plain(OpCode op, int arity, OpTraits traits, bool isDifferentiable = true) =>
        new(op, arity, typeof(NoArgument), WidthRule.OfOperands, traits, isDifferentiable);
}
