using System;
using System.Collections.Generic;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Layers.Cells;
using GenRnn.Compiler.Spec;

namespace GenRnn.Generator.Tests.Parsing;

/// <summary>Built-in cells of equations that others write in C#: what their layer files would be. Each has a twin in <see cref="TwinTests"/>.</summary>
internal abstract class Twin(string kerasName, params (string Name, int Width)[] states) : Cell
{
    public override string Kind => KerasName;

    public override string KerasClass => KerasName;

    public override string KerasName => kerasName;

    public override IReadOnlyList<FlagDefinition> Flags { get; } = Array.Empty<FlagDefinition>();

    public override IReadOnlyList<string> StateNames { get; } = Array.ConvertAll(states, s => s.Name);

    public override int StateWidth(ItemSpec item, int index) => states[index].Width;

    public override string Equation(ItemSpec item) => "";

    protected static Value Sigmoid(RegionBuilder b, Value x) => b.Unary(OpCode.Sigmoid, x);

    protected static Value Tanh(RegionBuilder b, Value x) => b.Unary(OpCode.Tanh, x);

    protected static Value Rest(RegionBuilder b, Value gate) => b.Subtract(b.Constant(1, gate.Width), gate);

    /// <summary>bias + x K + ...: inputs have one kernel, states another, rows in the order of the operands.</summary>
    protected static Value Linear(LoweringContext context, RegionBuilder b, string name, int width, Value[] inputs, Value[] operands)
    {
        ParameterView? kernel = Add("kernel", "GlorotUniform", inputs), recurrent = Add("recurrent_kernel", "Orthogonal", operands);
        ParameterView bias = context.AddParameter(name + "_bias", new InitializerSpec("Zeros"), width);
        var terms = new List<(Value, ParameterView)>();
        AddTerms(inputs, kernel);
        AddTerms(operands, recurrent);
        return b.Linear(width, bias, terms.ToArray());

        ParameterView? Add(string suffix, string initializer, Value[] values)
        {
            int rows = 0;
            foreach (Value value in values)
                rows += value.Width;
            return rows == 0 ? null : context.AddParameter(name + "_" + suffix, new InitializerSpec(initializer), rows, width);
        }

        void AddTerms(Value[] values, ParameterView? weights)
        {
            int row = 0;
            foreach (Value value in values)
            {
                terms.Add((value, values.Length == 1 ? weights! : weights!.SliceRows(row, value.Width)));
                row += value.Width;
            }
        }
    }
}

/// <summary>The minimal gated unit (Zhou et al. 2016).</summary>
internal sealed class MinimalGatedTwin() : Twin("minimal_gated", ("h", 12))
{
    public override int OutputWidth(ItemSpec item) => 12;

    public override CellStep Step(LoweringContext context, RegionBuilder b, Value x, IReadOnlyList<Value> states)
    {
        Value f = Sigmoid(b, Linear(context, b, "forget", 12, [x], [states[0]]));
        Value c = Tanh(b, Linear(context, b, "candidate", 12, [x], [b.Multiply(f, states[0])]));
        Value next = b.Add(b.Multiply(Rest(b, f), states[0]), b.Multiply(f, c));
        return new CellStep(next, [next]);
    }
}

/// <summary>A light recurrent cell after the simple recurrent unit (Lei et al. 2018): no product with a state.</summary>
internal sealed class LightTwin() : Twin("light", ("c", 7))
{
    public override int OutputWidth(ItemSpec item) => 7;

    public override CellStep Step(LoweringContext context, RegionBuilder b, Value x, IReadOnlyList<Value> states)
    {
        Value f = Gate("forget"), r = Gate("reset");
        Value kept = b.Multiply(f, states[0]);
        Value next = b.Add(kept, b.Multiply(Rest(b, f), Linear(context, b, "input", 7, [x], [])));
        Value given = b.Multiply(r, next);
        return new CellStep(b.Add(given, b.Multiply(Rest(b, r), Linear(context, b, "highway", 7, [x], []))), [next]);

        Value Gate(string name)
        {
            Value z = Linear(context, b, name, 7, [x], []);
            return Sigmoid(b, b.Add(z, b.Multiply(b.Parameter(context.AddParameter(name + "_gain", new InitializerSpec("Ones"), 7)), states[0])));
        }
    }
}

/// <summary>Two states of different width, a fast one and a slow one that drifts after it.</summary>
internal sealed class TwoSpeedsTwin() : Twin("two_speeds", ("fast", 6), ("slow", 3))
{
    public override int OutputWidth(ItemSpec item) => 6;

    public override CellStep Step(LoweringContext context, RegionBuilder b, Value x, IReadOnlyList<Value> states)
    {
        Value fast = Tanh(b, Linear(context, b, "mix", 6, [x], [states[0], states[1]]));
        Value gate = Sigmoid(b, Linear(context, b, "gate", 3, [x], [states[1]]));
        Value kept = b.Multiply(gate, states[1]);
        Value slow = b.Add(kept, b.Multiply(Rest(b, gate), Linear(context, b, "drift", 3, [fast], [])));
        return new CellStep(fast, [fast, slow]);
    }
}
