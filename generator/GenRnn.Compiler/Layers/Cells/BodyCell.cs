using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers.Cells;

/// <summary>A cell that was written in C#: its method's body, expression by expression.</summary>
internal sealed class BodyCell : Cell
{
    /// <summary>What has gone into an expression, in the order of what wins; the runtime's Vec goes by the same rules.</summary>
    private enum Source
    {
        Neutral,
        Carried,
        States,
        Input,
    }

    private readonly CellSpec _spec;
    private readonly CellBody _body;
    private readonly bool _isOneOfSeveral;

    public BodyCell(CellSpec spec, bool isOneOfSeveral)
    {
        _spec = spec;
        _body = spec.Body!;
        _isOneOfSeveral = isOneOfSeveral;
    }

    public override string Kind => _spec.Name;

    public override string KerasClass => _spec.Name;

    public override string KerasName => SnakeCase.Of(_spec.Name);

    public override IReadOnlyList<FlagDefinition> Flags { get; } = Array.Empty<FlagDefinition>();

    public override IReadOnlyList<string> StateNames => _body.StateNames;

    public override int StateWidth(ItemSpec item, int index) => _body.StateWidths[index];

    public override int OutputWidth(ItemSpec item) => CellBodyWidths.Infer(_body, 0).Widths[_body.Output] is > 0 and int width ? width : 0;

    public override LoweringContext Enter(LoweringContext layer) => layer.InObject(layer.Item, KerasName, _isOneOfSeveral);

    internal override void NameObjects(LayerNames names) => names.Next(KerasName);

    // What does not depend on the input was checked where the cell is declared.
    public override void Check(ShapeContext context, int input)
    {
        (IReadOnlyList<int> widths, string problem) = CellBodyWidths.Infer(_body, input);
        if (problem.Length == 0)
            problem = CellBodyWidths.CheckStates(_body, widths);
        if (problem.Length == 0 && widths[_body.Output] != OutputWidth(context.Item))
            problem = "the output of Step has the width of the input; give it one of its own, by w.Linear";
        if (problem.Length > 0)
            context.Report(Rules.CellWidths, CellJoin.Flag, LayerRules.Format("with an input of {0} values, in '{1}': {2}", input, _spec.Name, problem));
    }

    public override string Equation(ItemSpec item) => string.Join("; ", _body.Next.Select((next, i) => _body.StateNames[i] + "' = " + _body.Expressions[next].Text));

    public override CellStep Step(LoweringContext context, RegionBuilder b, Value x, IReadOnlyList<Value> states)
    {
        List<(Value Value, Source Source)> values = new();
        foreach (CellExpression expression in _body.Expressions)
            values.Add(Lower(context, b, x, states, expression, expression.Operands.Select(o => values[o]).ToList()));

        // A state that stays, or takes another's place, is written anew: a state's next value is one that the step computes.
        HashSet<Value> taken = new();
        List<Value> next = new();
        for (int i = 0; i < _body.Next.Count; i++)
        {
            Value value = Widened(b, values[_body.Next[i]].Value, _body.StateWidths[i]);
            if (value.Op.IsLeaf() || !taken.Add(value))
                taken.Add(value = b.Multiply(value, 1));
            next.Add(b.Named(_body.StateNames[i], value));
        }

        int output = _body.Next.ToList().IndexOf(_body.Output);
        Value given = values[_body.Output].Value;
        return new CellStep(output >= 0 ? next[output] : given.Op.IsLeaf() ? b.Multiply(given, 1) : given, next);
    }

    private static (Value Value, Source Source) Lower(
        LoweringContext context, RegionBuilder b, Value x, IReadOnlyList<Value> states, CellExpression expression, IReadOnlyList<(Value Value, Source Source)> operands)
    {
        Source all = operands.Aggregate(Source.Neutral, (source, o) => Join(source, o.Source));
        Value A() => operands[0].Value;
        Value B() => operands[1].Value;
        switch (expression.Operation)
        {
            case CellOperation.Input: return (x, Source.Input);
            case CellOperation.State: return (states[expression.Offset], Source.Carried);
            case CellOperation.Number: return (b.Constant(expression.Number), Source.Neutral);
            case CellOperation.Add: return (Binary(b, OpCode.Add, A(), B()), all);
            case CellOperation.Subtract: return (Binary(b, OpCode.Subtract, A(), B()), all);
            case CellOperation.Multiply:
                return (Binary(b, OpCode.Multiply, A(), B()), operands.Any(o => o.Source == Source.Carried) ? Source.Carried : all);
            case CellOperation.Divide: return (Binary(b, OpCode.Divide, A(), B()), all);
            case CellOperation.Negate: return (b.Unary(OpCode.Negate, A()), all);
            case CellOperation.Function: return (Function(b, expression.Name, A()), all);
            case CellOperation.Slice:
                (int start, int end) = CellBodyWidths.Bounds(expression, A().Width);
                return (b.Slice(A(), start, end - start), operands[0].Source);
            case CellOperation.Concat:
                return (b.Concat(operands.Select(o => o.Value).ToList()), operands.All(o => o.Source == operands[0].Source) ? operands[0].Source : all);
            case CellOperation.Linear: return (Linear(context, b, expression, operands), all);
            case CellOperation.LayerNorm:
                ParameterView gamma = context.AddParameter(expression.Name + "_gamma", new InitializerSpec("Ones"), A().Width);
                ParameterView beta = context.AddParameter(expression.Name + "_beta", new InitializerSpec("Zeros"), A().Width);
                return (LayerNormalizationLayer.Normalize(b, A(), LayerNormalizationLayer.DefaultEpsilon, gamma, beta), all);
            case CellOperation.Weights:
                return (b.Parameter(context.AddParameter(expression.Name, new InitializerSpec(expression.Initializer), expression.Width)), Source.Neutral);
            default: throw new InvalidOperationException("No such operation of a cell: " + expression.Operation + ".");
        }
    }

    private static Value Linear(LoweringContext context, RegionBuilder b, CellExpression expression, IReadOnlyList<(Value Value, Source Source)> operands)
    {
        bool IsState((Value Value, Source Source) operand) => operand.Source is Source.Carried or Source.States;
        int stateRows = operands.Where(IsState).Sum(o => o.Value.Width);
        int inputRows = operands.Sum(o => o.Value.Width) - stateRows;
        ParameterView? kernel = inputRows == 0 ? null
            : context.AddParameter(expression.Name + "_kernel", new InitializerSpec("GlorotUniform"), inputRows, expression.Width);
        ParameterView? recurrent = stateRows == 0 ? null
            : context.AddParameter(expression.Name + "_recurrent_kernel", new InitializerSpec("Orthogonal"), stateRows, expression.Width);
        ParameterView bias = context.AddParameter(expression.Name + "_bias", new InitializerSpec("Zeros"), expression.Width);

        List<(Value, ParameterView)> terms = new();
        int inputRow = 0;
        int stateRow = 0;
        foreach ((Value Value, Source Source) operand in operands)
        {
            int rows = operand.Value.Width;
            bool isState = IsState(operand);
            ParameterView view = isState ? Rows(recurrent!, stateRow, rows) : Rows(kernel!, inputRow, rows);
            stateRow += isState ? rows : 0;
            inputRow += isState ? 0 : rows;
            terms.Add((operand.Value, view));
        }

        return b.Linear(expression.Width, bias, terms.ToArray());
    }

    private static ParameterView Rows(ParameterView matrix, int first, int count) => count == matrix.Rows ? matrix : matrix.SliceRows(first, count);

    private static Value Function(RegionBuilder b, string name, Value x) => name switch
    {
        "Exp" => b.Unary(OpCode.Exp, x),
        "Log" => b.Unary(OpCode.Log, x),
        "Sqrt" => b.Unary(OpCode.Sqrt, x),
        "Abs" => b.Unary(OpCode.Abs, x),
        _ => Activations.Apply(b, name, null, x),
    };

    // A number is a constant of the other operand's width rather than one value that is broadcast: the same bits, and no step of its own.
    private static Value Binary(RegionBuilder b, OpCode op, Value left, Value right)
    {
        int width = Math.Max(left.Width, right.Width);
        return b.Binary(op, Widened(b, left, width), Widened(b, right, width));
    }

    private static Value Widened(RegionBuilder b, Value value, int width) => value.Width == width ? value
        : value.Op == OpCode.Constant ? b.Constant(value.Number, width)
        : b.Broadcast(value, width);

    private static Source Join(Source a, Source b)
    {
        Source source = (Source)Math.Max((int)a, (int)b);
        return source == Source.Carried ? Source.States : source;
    }
}
