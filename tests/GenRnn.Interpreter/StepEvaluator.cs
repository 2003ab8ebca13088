using System;
using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Interpreter;

/// <summary>Evaluates the step graph of one region for one row, value by value in the order of the IR.</summary>
internal sealed class StepEvaluator<T, TNumbers>
    where T : unmanaged
    where TNumbers : struct, INumbers<T>
{
    private readonly Region _region;
    private readonly T[] _parameters;
    private readonly T[][] _lanes;
    private readonly TNumbers _numbers = default;

    public StepEvaluator(Region region, T[] parameters)
    {
        _region = region;
        _parameters = parameters;
        _lanes = region.Values.Select(v => new T[v.Width]).ToArray();
    }

    /// <summary>The lanes of a value in the step that was evaluated last. A mask holds 1 and 0.</summary>
    public T[] this[Value value] => _lanes[value.Id];

    /// <param name="read">Copies the current vector of an Input or State leaf, or draws that of a Random.</param>
    public void Run(Action<Value, T[]> read)
    {
        foreach (Value value in _region.Values)
        {
            if (value.Op is OpCode.Input or OpCode.State or OpCode.Random)
                read(value, this[value]);
            else
                Evaluate(value, this[value]);
        }
    }

    private void Evaluate(Value value, T[] y)
    {
        switch (value.Op)
        {
            case OpCode.Constant:
                Array.Fill(y, _numbers.Constant(value.Number));
                break;
            case OpCode.Parameter:
                for (int j = 0; j < y.Length; j++)
                    y[j] = Weight(value.View, 0, j);
                break;
            case OpCode.Gather:
                T id = this[value.Operands[0]][0];
                int row = _numbers.Truncate(id);
                for (int j = 0; j < y.Length; j++)
                    y[j] = _numbers.Entry(Weight(value.View, row, j), id);
                break;
            case OpCode.Linear when value.IsLaneReduced:
                LaneReducedProduct(value, y);
                break;
            case OpCode.Linear:
                Chain(value, y);
                break;
            case OpCode.Select:
                Select(this[value.Operands[0]], this[value.Operands[1]], this[value.Operands[2]], y);
                break;
            case OpCode.LaneSum:
                y[0] = LaneTree.Sum<T, TNumbers>(this[value.Operands[0]]);
                break;
            case OpCode.LaneMax:
                y[0] = LaneTree.Max<T, TNumbers>(this[value.Operands[0]]);
                break;
            case OpCode.Broadcast:
                Array.Fill(y, this[value.Operands[0]][0]);
                break;
            case OpCode.Slice:
                this[value.Operands[0]].AsSpan(value.Offset, y.Length).CopyTo(y);
                break;
            case OpCode.Concat:
                value.Operands.SelectMany(o => this[o]).ToArray().CopyTo(y, 0);
                break;
            default:
                Pointwise(value, y);
                break;
        }
    }

    private void Pointwise(Value value, T[] y)
    {
        T[] a = this[value.Operands[0]];
        if (value.Op.IsUnary())
        {
            for (int j = 0; j < y.Length; j++)
                y[j] = _numbers.Unary(value.Op, a[j]);
            return;
        }

        T[] b = this[value.Operands[1]];
        for (int j = 0; j < y.Length; j++)
            y[j] = _numbers.Binary(value.Op, a[j], b[j]);
    }

    private void Select(T[] mask, T[] a, T[] b, T[] y)
    {
        for (int j = 0; j < y.Length; j++)
            y[j] = _numbers.Select(mask[j], a[j], b[j]);
    }

    // Rule 2: bias (or +0, or the initial value), then term by term, k ascending. The loops run k outside j: every output is
    // still one chain in that order.
    private void Chain(Value value, T[] y)
    {
        for (int j = 0; j < y.Length; j++)
            y[j] = Start(value, j);
        foreach (LinearTerm term in value.Terms)
        {
            T[] a = this[term.Operand];
            for (int k = 0; k < a.Length; k++)
            {
                int weight = IndexOf(term.Weights, k, 0);
                for (int j = 0; j < y.Length; j++, weight += term.Weights.ColumnStride)
                    y[j] = _numbers.MultiplyAdd(a[k], _parameters[weight], y[j]);
            }
        }
    }

    // Rule 3: rule 4 over k, the bias last.
    private void LaneReducedProduct(Value value, T[] y)
    {
        Span<T> lanes = stackalloc T[LaneTree.Lanes];
        for (int j = 0; j < y.Length; j++)
        {
            lanes.Clear();
            foreach (LinearTerm term in value.Terms)
            {
                T[] a = this[term.Operand];
                for (int k = 0; k < a.Length; k++)
                {
                    ref T lane = ref lanes[k % LaneTree.Lanes];
                    lane = _numbers.MultiplyAdd(a[k], Weight(term.Weights, k, j), lane);
                }
            }

            y[j] = _numbers.Binary(OpCode.Add, LaneTree.Fold<T, TNumbers>(lanes), Start(value, j));
        }
    }

    private T Start(Value value, int j) =>
        value.Bias is { } bias ? Weight(bias, 0, j) : value.HasInitialValue ? this[value.InitialValue][j] : default;

    private T Weight(ParameterView view, int row, int column) => _parameters[IndexOf(view, row, column)];

    private static int IndexOf(ParameterView view, int row, int column) =>
        view.Parameter.Offset + view.Offset + row * view.RowStride + column * view.ColumnStride;
}
