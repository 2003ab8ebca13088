using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Ir;

/// <summary>Writes a region's step graph; layers and the reverse walk use nothing else.</summary>
public sealed class RegionBuilder
{
    public RegionBuilder(Region region) => Region = region;

    public Region Region { get; }

    public Value Input(Sequence source, TimeAccess access)
    {
        RegionInput input = new(source, AccessOf(source, access));
        int index = Region.Inputs.IndexOf(input);
        if (index >= 0)
            return Region.Values.First(v => v.Op == OpCode.Input && v.Index == index);

        Region.Inputs.Add(input);
        return Append(new Value(NextId, OpCode.Input, input.Access.Lanes(source, Region.Steps), Array.Empty<Value>(), new LeafArgument(Region.Inputs.Count - 1)));
    }

    public Value State(RegionState state)
    {
        Region.States.Add(state);
        return Append(new Value(NextId, OpCode.State, state.Width, Array.Empty<Value>(), new LeafArgument(Region.States.Count - 1)));
    }

    public Value Constant(double number, int width = 1) =>
        Append(new Value(NextId, OpCode.Constant, width, Array.Empty<Value>(), new NumberArgument(number)));

    public Value Parameter(ParameterView view) =>
        Append(new Value(NextId, OpCode.Parameter, view.Columns, Array.Empty<Value>(), new ViewArgument(view)));

    /// <summary>The row of <paramref name="table"/> that <paramref name="id"/> names.</summary>
    public Value Gather(ParameterView table, Value id) => Append(new Value(NextId, OpCode.Gather, table.Columns, new[] { id }, new ViewArgument(table)));

    /// <summary>Numbers drawn anew for each row, step and lane, at every training call.</summary>
    public Value Random(RandomSource source, int width) =>
        Append(new Value(NextId, OpCode.Random, width, Array.Empty<Value>(), new RandomArgument(source)));

    /// <summary>bias + operand . weights + ..., one chain in the order given.</summary>
    public Value Linear(int width, ParameterView? bias, params (Value Operand, ParameterView Weights)[] terms) =>
        Linear(width, bias, null, false, terms.Select(t => new LinearTerm(t.Operand, t.Weights)).ToArray());

    public Value Linear(int width, ParameterView? bias, Value? initial, bool isLaneReduced, IReadOnlyList<LinearTerm> terms)
    {
        List<Value> operands = terms.Select(t => t.Operand).ToList();
        if (initial is not null)
            operands.Add(initial);
        return Append(new Value(NextId, OpCode.Linear, width, operands, new ProductArgument(terms.Select(t => t.Weights).ToEquatableArray(), bias, isLaneReduced)));
    }

    public Value Unary(OpCode op, Value a) => Append(new Value(NextId, op, a.Width, new[] { a }));

    public Value Binary(OpCode op, Value a, Value b)
    {
        (a, b) = Widen(a, b);
        return Append(new Value(NextId, op, a.Width, new[] { a, b }));
    }

    public Value Add(Value a, Value b) => Binary(OpCode.Add, a, b);

    public Value Subtract(Value a, Value b) => Binary(OpCode.Subtract, a, b);

    public Value Multiply(Value a, Value b) => Binary(OpCode.Multiply, a, b);

    public Value Divide(Value a, Value b) => Binary(OpCode.Divide, a, b);

    public Value Add(Value a, double b) => Add(a, Constant(b, a.Width));

    public Value Multiply(Value a, double b) => Multiply(a, Constant(b, a.Width));

    public Value Greater(Value a, double b) => Binary(OpCode.Greater, a, Constant(b, a.Width));

    public Value GreaterOrEqual(Value a, double b) => Binary(OpCode.GreaterOrEqual, a, Constant(b, a.Width));

    public Value GreaterOrEqual(double a, Value b) => Binary(OpCode.GreaterOrEqual, Constant(a, b.Width), b);

    public Value Select(Value mask, Value a, Value b) =>
        Append(new Value(NextId, OpCode.Select, mask.Width, new[] { mask, a, b }));

    public Value LaneSum(Value a) => Append(new Value(NextId, OpCode.LaneSum, 1, new[] { a }));

    public Value LaneMax(Value a) => Append(new Value(NextId, OpCode.LaneMax, 1, new[] { a }));

    public Value Broadcast(Value a, int width) => a.Width == width ? a : Append(new Value(NextId, OpCode.Broadcast, width, new[] { a }));

    public Value Slice(Value a, int offset, int width) =>
        offset == 0 && width == a.Width ? a : Append(new Value(NextId, OpCode.Slice, width, new[] { a }, new OffsetArgument(offset)));

    public Value Concat(IReadOnlyList<Value> parts) =>
        parts.Count == 1 ? parts[0] : Append(new Value(NextId, OpCode.Concat, parts.Sum(p => p.Width), parts.ToArray()));

    public void Output(Value value, Sequence target, TimeAccess access) =>
        Region.Outputs.Add(new RegionOutput(value, target, AccessOf(target, access)));

    /// <summary>Appends a copy of <paramref name="value"/> with other operands.</summary>
    public Value Copy(Value value, IReadOnlyList<Value> operands) => Named(value.Name, Append(new Value(NextId, value.Op, value.Width, operands, value.Argument)));

    /// <summary>Calls a value what the equation calls it; one that has a name keeps it. Emitted code has a local of the name where the value stays in a register.</summary>
    public Value Named(string name, Value value)
    {
        if (name.Length == 0 || value.Name.Length > 0)
            return value;
        string unique = name;
        for (int i = 2; Region.Values.Any(v => v.Name == unique); i++)
            unique = name + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        value.Name = unique;
        return value;
    }

    private static TimeAccess AccessOf(Sequence sequence, TimeAccess access) => sequence.IsVector && !access.IsBlock ? TimeAccess.Whole : access;

    private int NextId => Region.Values.Count;

    private (Value A, Value B) Widen(Value a, Value b)
    {
        if (a.Width == b.Width)
            return (a, b);
        return a.Width < b.Width ? (Broadcast(a, b.Width), b) : (a, Broadcast(b, a.Width));
    }

    /// <summary>Appends a value and numbers it.</summary>
    internal Value Append(Value value)
    {
        value.Id = NextId;
        Region.Values.Add(value);
        return value;
    }
}
