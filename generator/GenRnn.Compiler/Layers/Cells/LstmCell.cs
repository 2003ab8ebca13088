using System.Collections.Generic;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers.Cells;

/// <summary>
/// Keras' LSTM: i, f, g, o are the four blocks of z = b + x K + h R; c' = f c + i g; h' = o act(c'), with the recurrent activation on
/// i, f, o and the activation on g. States: h, then c. Beside Keras' flags TensorFlow 1's: a constant added to f, peepholes from c to the gates
/// (of the new c to o), c' and the projected h' clipped; and the projection h' := h' P, which PyTorch has too.
/// </summary>
internal sealed class LstmCell : Cell
{
    public override string Kind => "Lstm";

    public override string KerasClass => "LSTM";

    public override string KerasName => "lstm";

    public override IReadOnlyList<string> StateNames { get; } = new[] { "h", "c" };

    public override IReadOnlyList<FlagDefinition> Flags { get; } = CellFlags.With(
        isGated: true,
        new("UnitForgetBias", FlagType.Boolean) { Effect = FlagEffect.Start },
        new("ForgetBias", FlagType.Number) { Default = 0.0 },
        new("UsePeepholes", FlagType.Boolean) { Default = false },
        new("CellClip", FlagType.Number),
        new("Projection", FlagType.Integer),
        new("ProjectionClip", FlagType.Number));

    public override int StateWidth(ItemSpec item, int index) => index == 0 ? OutputWidth(item) : item.GetInteger("Units");

    public override int OutputWidth(ItemSpec item) => item.GetInteger("Projection", item.GetInteger("Units"));

    public override bool IsMemory(int state) => state == 1;

    public override void Check(ShapeContext context)
    {
        base.Check(context);
        ItemSpec item = context.Item;
        foreach (string flag in new[] { "CellClip", "Projection", "ProjectionClip" })
        {
            if (item.Find(flag) is { Number: <= 0 } value)
                context.Report(Rules.ValueOutOfRange, flag, LayerRules.Format("{0} must be positive; got {1}. Leave it out for none", flag, value.Number));
        }

        if (item.Find("UnitForgetBias") is not null && !item.GetBoolean("UseBias", true))
            LayerRules.ChangesNothing(context, "UnitForgetBias", "UseBias = false leaves the biases out; ForgetBias adds a constant");
        if (item.Find("ProjectionClip") is not null && item.Find("Projection") is null)
            context.Report(Rules.ValueOutOfRange, "ProjectionClip", "ProjectionClip limits the projected output, and there is no Projection; use CellClip, or set Projection");
    }

    // A gate stands behind the activation, which leaves only the default's bounds as they are.
    public override string OutputActivation(ItemSpec item) => item.Find("Activation") is null && item.Find("Projection") is null ? "Tanh" : "";

    public override string Equation(ItemSpec item)
    {
        string z = item.GetBoolean("UseBias", true) ? "b + x K + h R" : "x K + h R";
        string activation = Activations.Name(item.GetText("Activation", "Tanh"));
        string peepholes = item.GetBoolean("UsePeepholes") ? " with c in i and f, c' in o" : "";
        string gates = "i, f, o = " + Activations.Name(item.GetText("RecurrentActivation", "Sigmoid")) + "(" + z + ")" + peepholes + "; g = " + activation + "(" + z + ")";
        string state = item.Find("CellClip") is null ? "c' = f c + i g" : "c' = clip(f c + i g)";
        string projected = item.Find("Projection") is null ? "" : item.Find("ProjectionClip") is null ? "; h' := h' P" : "; h' := clip(h' P)";
        return gates + "; " + state + "; h' = o " + activation + "(c')" + projected;
    }

    public override CellStep Step(LoweringContext context, RegionBuilder b, Value x, IReadOnlyList<Value> states)
    {
        ItemSpec item = context.Item;
        int units = item.GetInteger("Units");
        string activation = item.GetText("Activation", "Tanh");
        string gate = item.GetText("RecurrentActivation", "Sigmoid");
        InitializerSpec kernelInitializer = context.Initializer("Kernel", "KernelInitializer", "GlorotUniform");
        ParameterView kernel = context.AddParameter("kernel", kernelInitializer, x.Width, 4 * units);
        ParameterView recurrentKernel = context.AddParameter("recurrent_kernel",
            context.Initializer("Recurrent", "RecurrentInitializer", "Orthogonal"), states[0].Width, 4 * units);
        ParameterView? bias = AddBias(context, units);
        bool hasPeepholes = item.GetBoolean("UsePeepholes");
        ParameterView? Peephole(string name) => hasPeepholes ? context.AddParameter(name + "_peephole", kernelInitializer, units) : null;
        ParameterView? forgetPeephole = Peephole("forget");
        ParameterView? inputPeephole = Peephole("input");
        ParameterView? outputPeephole = Peephole("output");
        ParameterView? projection = item.Find("Projection") is { } width
            ? context.AddParameter("projection_kernel", kernelInitializer, units, (int)width.Number)
            : null;

        CellDropout dropout = CellDropout.Gated(context, b, x, states[0], 4);
        Value Product(int first, int count) => b.Linear(count * units, bias?.SliceColumns(first * units, count * units),
            (dropout.Input(first), kernel.SliceColumns(first * units, count * units)),
            (dropout.State(first), recurrentKernel.SliceColumns(first * units, count * units)));
        Value? z = dropout.IsApart ? null : Product(0, 4);
        Value Sum(int block) => b.Named("z_" + "ifgo"[block], z is null ? Product(block, 1) : b.Slice(z, block * units, units));
        Value Gate(Value sum, ParameterView? peephole, Value cell) =>
            Activations.Apply(b, gate, null, peephole is null ? sum : b.Add(sum, b.Multiply(b.Parameter(peephole), cell)));
        Value Biased(Value sum) => item.GetNumber("ForgetBias") is not 0 and double forgetBias ? b.Add(sum, forgetBias) : sum;
        Value OutputGate(Value cell) => b.Named("o", Gate(Sum(3), outputPeephole, cell));
        Value i = b.Named("i", Gate(Sum(0), inputPeephole, states[1]));
        Value f = b.Named("f", Gate(Biased(Sum(1)), forgetPeephole, states[1]));
        Value g = b.Named("g", Activations.Apply(b, activation, null, Sum(2)));
        Value? o = hasPeepholes ? null : OutputGate(states[1]);
        Value c = b.Add(b.Multiply(f, states[1]), b.Multiply(i, g));
        if (item.Find("CellClip") is { } cellClip)
            c = Activations.Clip(b, c, cellClip.Number);
        b.Named("c", c);
        // A peephole to the output gate sees the new cell.
        o ??= OutputGate(c);
        Value h = b.Multiply(o, b.Named(Activations.Name(activation) + "_c", Activations.Apply(b, activation, null, c)));
        if (projection is not null)
            h = b.Linear(projection.Columns, null, (h, projection));
        if (item.Find("ProjectionClip") is { } projectionClip)
            h = Activations.Clip(b, h, projectionClip.Number);
        return new CellStep(b.Named("h", h), new[] { h, c });
    }

    private static ParameterView? AddBias(LoweringContext context, int units)
    {
        if (!context.Item.GetBoolean("UseBias", true))
            return null;
        InitializerSpec initializer = context.Initializer("Bias", "BiasInitializer", "Zeros");
        // Keras sets the forget gate's block to one and leaves the others to the initialiser.
        if (context.Item.GetBoolean("UnitForgetBias", true))
            initializer = initializer with { OnesStart = units, OnesLength = units };
        return context.AddParameter("bias", initializer, 4 * units);
    }
}
