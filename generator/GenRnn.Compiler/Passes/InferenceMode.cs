using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Passes;

/// <summary>
/// Takes what is random out of a program that only infers. A mask is 1 there and noise is -0; x 1 and x + -0 are x, to the bit, so what
/// they were applied to takes their place, through sequences as well: a layer that did nothing else leaves no trace, not even a copy.
/// </summary>
internal sealed class InferenceMode
{
    private readonly Program _program;

    /// <summary>Values that stand for what would be drawn, in the region at hand.</summary>
    private readonly HashSet<Value> _neutral = new();

    /// <summary>Sequences of what would be drawn: their elements are all one number.</summary>
    private readonly Dictionary<Sequence, double> _constants = new();

    /// <summary>Sequences that are copies of another.</summary>
    private readonly Dictionary<Sequence, Sequence> _copies = new();

    private InferenceMode(Program program) => _program = program;

    public static void Run(Program program)
    {
        if (program.Backward.Count > 0)
            throw new InvalidOperationException("A program that is differentiated trains: its masks are drawn.");
        // Nothing random, nothing that differs.
        if (program.Forward.SelectMany(r => r.Values).All(v => v.Op != OpCode.Random))
            return;
        new InferenceMode(program).Run();
    }

    private void Run()
    {
        foreach (Region region in _program.Forward)
        {
            Redirect(region);
            Simplify(region);
            MergeStates(region);
            Record(region);
        }

        for (int i = 0; i < _program.Outputs.Count; i++)
            _program.Outputs[i] = SourceOf(_program.Outputs[i]);
    }

    private Sequence SourceOf(Sequence sequence) => _copies.TryGetValue(sequence, out Sequence? source) ? source : sequence;

    /// <summary>Reads copies where the original lies.</summary>
    private void Redirect(Region region)
    {
        for (int i = 0; i < region.Inputs.Count; i++)
            region.Inputs[i] = region.Inputs[i] with { Source = SourceOf(region.Inputs[i].Source) };
        foreach (RegionState state in region.States.Where(s => s.Initial is not null))
            state.Initial = SourceOf(state.Initial!);
    }

    private void Simplify(Region region)
    {
        List<Value> values = region.Values.ToList();
        Dictionary<Value, Value> renamed = new();
        region.Values.Clear();
        _neutral.Clear();
        RegionBuilder b = new(region);
        foreach (Value value in values)
            renamed[value] = Simplify(region, b, value, value.Operands.Select(o => renamed[o]).ToArray());

        foreach (RegionState state in region.States.Where(s => s.Next is not null))
            state.Next = renamed[state.Next!];
        List<RegionOutput> outputs = region.Outputs.Select(o => o with { Value = renamed[o.Value] }).ToList();
        region.Outputs.Clear();
        region.Outputs.AddRange(outputs);
    }

    private Value Simplify(Region region, RegionBuilder b, Value value, IReadOnlyList<Value> operands)
    {
        switch (value.Op)
        {
            case OpCode.Random:
                return Neutral(b, value.Random.Neutral, value.Width);
            case OpCode.Input when _constants.TryGetValue(region.Inputs[value.Index].Source, out double number):
                return Neutral(b, number, value.Width);
            case OpCode.Input or OpCode.State:
                return b.Append(value);
            case OpCode.Multiply when IsNumber(operands[1], 1):
            case OpCode.Add when IsNumber(operands[1], -0.0):
                return operands[0];
            case OpCode.Multiply when IsNumber(operands[0], 1):
            case OpCode.Add when IsNumber(operands[0], -0.0):
                return operands[1];
            default:
                return b.Copy(value, operands);
        }
    }

    private Value Neutral(RegionBuilder b, double number, int width)
    {
        Value value = b.Constant(number, width);
        _neutral.Add(value);
        return value;
    }

    /// <summary>A state that no step reads, and that ends as another one does (an output that was dropped, beside the state that is carried), is that one.</summary>
    private void MergeStates(Region region)
    {
        HashSet<Value> read = new(region.Values.SelectMany(v => v.Operands).Concat(region.States.Select(s => s.Next!)).Concat(region.Outputs.Select(o => o.Value)));
        foreach (Value leaf in region.Values.Where(v => v.Op == OpCode.State && !read.Contains(v)))
        {
            RegionState state = region.States[leaf.Index];
            RegionState? same = region.States.FirstOrDefault(s => s != state && s.Next == state.Next && s.Final is not null);
            if (state.IsCarried || state.Final is null || same is null)
                continue;
            _copies[state.Final] = same.Final!;
            state.Final = null;
        }
    }

    /// <summary>Whether a value stands for what would be drawn, and is this number in every lane; zeros have signs.</summary>
    private bool IsNumber(Value value, double number) =>
        _neutral.Contains(value) && BitConverter.DoubleToInt64Bits(value.Number) == BitConverter.DoubleToInt64Bits(number);

    /// <summary>Remembers outputs that are one number, or the same sequence as an input.</summary>
    private void Record(Region region)
    {
        foreach (RegionOutput output in region.Outputs)
        {
            if (_neutral.Contains(output.Value))
                _constants[output.Target] = output.Value.Number;
            else if (output.Value.Op == OpCode.Input && IsSame(region, output, region.Inputs[output.Value.Index]))
                _copies[output.Target] = region.Inputs[output.Value.Index].Source;
        }
    }

    // Two copies stay: callers may hold inputs and outputs in the same memory; and what is carried of a sequence goes by the sequence, in
    // training as well.
    private bool IsSame(Region region, RegionOutput output, RegionInput input) =>
        output.Access == input.Access && output.Target.Steps == input.Source.Steps && output.Target.Width == input.Source.Width
        && (output.Access == TimeAccess.Whole ? region.Steps == 1 : output.Access == TimeAccess.Same || output.Access == TimeAccess.Reversed)
        && _program.Histories.All(h => h.Source != output.Target)
        && !(_program.Outputs.Contains(output.Target) && _program.Inputs.Contains(input.Source));
}
