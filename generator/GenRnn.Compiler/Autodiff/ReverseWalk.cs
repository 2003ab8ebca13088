using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Autodiff;

/// <summary>
/// Differentiates one region: a scan over s = 0..S-1 becomes a scan over s = S-1..0 that reads saved residuals. The gradient of a
/// state's next value is carried from step to step; parameter gradients are sums over steps, so only their factors are saved.
/// </summary>
internal sealed class ReverseWalk
{
    private readonly Program _program;
    private readonly Region _forward;
    private readonly RegionBuilder _b;
    private readonly Dictionary<Sequence, List<Sequence>> _upstream;
    private readonly Activity _activity;
    private readonly Dictionary<Value, Value> _gradients = new();
    private readonly Dictionary<Value, List<(int Offset, Value Gradient)>> _pieces = new();
    private readonly Dictionary<Value, Value> _saved = new();

    public ReverseWalk(Program program, Region forward, Dictionary<Sequence, List<Sequence>> upstream, Activity activity)
    {
        _program = program;
        _forward = forward;
        _upstream = upstream;
        _activity = activity;
        _b = new RegionBuilder(new Region(forward.Name + " backward", forward.Layer, forward.Steps)
        {
            Unroll = forward.Unroll,
            Equation = "gradient of " + forward.Equation,
            IsShared = forward.IsShared,
        });
    }

    public Region Run()
    {
        List<RegionState> carried = SeedStates();
        SeedOutputs();
        for (int id = _forward.Values.Count - 1; id >= 0; id--)
        {
            Value value = _forward.Values[id];
            if (_pieces.TryGetValue(value, out List<(int Offset, Value Gradient)>? pieces))
                Accumulate(value, SliceGradients.Assemble(_b, pieces, value.Width));
            if (_gradients.TryGetValue(value, out Value? gradient) && !value.Op.IsLeaf())
            {
                _b.Named(GradientName(value), gradient);
                Propagate(value, gradient);
            }
        }

        foreach (Value value in _forward.Values.Where(v => _gradients.ContainsKey(v)))
        {
            if (value.Op == OpCode.State)
                carried[value.Index].Next = _gradients[value];
            else if (value.Op == OpCode.Parameter)
                AddParameterGradient(value.View, null, TimeAccess.Whole, _gradients[value]);
        }

        // A state that no step reads hands no gradient back: that of its final value reaches the last step alone.
        foreach (RegionState gradient in carried.Where(g => g.Next is null))
            gradient.Next = _b.Constant(0, gradient.Width);

        WriteInputGradients();
        return _b.Region;
    }

    /// <summary>Regions that run after the reverse scan: gradients of what was read at other steps than the region's own.</summary>
    public List<Region> Shifted { get; } = new();

    /// <summary>The carried gradient of every state starts from the gradients of its final value.</summary>
    private List<RegionState> SeedStates()
    {
        List<RegionState> carried = new();
        foreach (RegionState state in _forward.States)
        {
            RegionState gradient = new("d_" + state.Name, state.Width, SumOfVectors(state.Final));
            if (state.Initial is not null)
            {
                gradient.Final = _program.NewSequence("d_" + state.Initial.Name, 0, state.Width);
                AddUpstream(state.Initial, gradient.Final);
            }

            carried.Add(gradient);
            Value carriedValue = _b.State(gradient);
            if (state.Next is not null)
                Accumulate(state.Next, carriedValue);
        }

        return carried;
    }

    private void SeedOutputs()
    {
        foreach (RegionOutput output in _forward.Outputs.ToList())
        {
            if (!_upstream.TryGetValue(output.Target, out List<Sequence>? gradients))
                continue;
            foreach (Sequence gradient in gradients)
                Accumulate(output.Value, _b.Input(gradient, output.Access.Mirrored));
        }
    }

    private void Propagate(Value value, Value gradient)
    {
        if (value.Op == OpCode.Slice)
        {
            if (!_pieces.TryGetValue(value.Operands[0], out List<(int, Value)>? pieces))
                _pieces[value.Operands[0]] = pieces = new List<(int, Value)>();
            pieces.Add((value.Offset, gradient));
            return;
        }

        if (value.Op == OpCode.Linear)
            AddLinearGradients(value, gradient);
        if (value.Op == OpCode.Gather)
            AddTableGradient(value, gradient);
        IReadOnlyList<Value?> gradients = GradientRules.Apply(_b, value, gradient, Saved);
        for (int i = 0; i < gradients.Count; i++)
        {
            if (gradients[i] is { } operandGradient && _activity.IsActive(value.Operands[i]))
                Accumulate(value.Operands[i], operandGradient);
        }
    }

    private void AddLinearGradients(Value value, Value gradient)
    {
        foreach (LinearTerm term in value.Terms.Where(t => t.Weights.Parameter.IsTrainable))
        {
            (Sequence left, TimeAccess access) = Factor(term.Operand);
            AddParameterGradient(term.Weights, left, access, gradient);
        }

        if (value.Bias is not null)
            AddParameterGradient(value.Bias, null, TimeAccess.Whole, gradient);
    }

    private void AddTableGradient(Value value, Value gradient)
    {
        if (!value.View.Parameter.IsTrainable)
            return;
        (Sequence ids, TimeAccess access) = Factor(value.Operands[0]);
        _program.Gradients.Add(new ParameterGradient(value.View, ids, access, Export(_b, gradient, "d"), _forward.Steps, _forward.Layer) { IsScatter = true });
    }

    private void AddParameterGradient(ParameterView target, Sequence? left, TimeAccess access, Value gradient)
    {
        if (target.Parameter.IsTrainable)
            _program.Gradients.Add(new ParameterGradient(target, left, access, Export(_b, gradient, "d"), _forward.Steps, _forward.Layer));
    }

    /// <summary>A forward value inside the backward region: read again, recomputed where that costs nothing, else saved each step.</summary>
    private Value Saved(Value value)
    {
        if (_saved.TryGetValue(value, out Value? known))
            return known;
        Value saved = value.Op switch
        {
            OpCode.Constant => _b.Constant(value.Number, value.Width),
            OpCode.Parameter => _b.Parameter(value.View),
            OpCode.Input => _b.Input(_forward.Inputs[value.Index].Source, _forward.Inputs[value.Index].Access.Mirrored),
            OpCode.Greater or OpCode.GreaterOrEqual or OpCode.Broadcast or OpCode.Slice => _b.Copy(value, value.Operands.Select(Saved).ToArray()),
            _ => _b.Input(Save(value), TimeAccess.Reversed),
        };
        _saved[value] = saved;
        return saved;
    }

    /// <summary>Where a factor of a weight gradient is found, by forward step.</summary>
    private (Sequence Sequence, TimeAccess Access) Factor(Value value)
    {
        if (value.Op == OpCode.Input)
            return (_forward.Inputs[value.Index].Source, _forward.Inputs[value.Index].Access);
        Sequence saved = Save(value);
        return (saved, saved.IsVector ? TimeAccess.Whole : TimeAccess.Same);
    }

    private Sequence Save(Value value)
    {
        RegionOutput? output = _forward.Outputs.FirstOrDefault(o => o.Value == value && o.HoldsValue(_forward) && (o.Access == TimeAccess.Same || o.Access == TimeAccess.Whole));
        if (output is not null)
            return output.Target;
        Sequence sequence = NewSequence(_forward.Name + ".v" + value.Id, StepsOf(_forward), value.Width);
        sequence.ValueName = value.Name;
        new RegionBuilder(_forward).Output(value, sequence, TimeAccess.Same);
        return sequence;
    }

    private Sequence Export(RegionBuilder b, Value value, string prefix)
    {
        if (value.Op == OpCode.Input && IsInForwardOrder(b.Region.Inputs[value.Index].Access))
            return b.Region.Inputs[value.Index].Source;
        RegionOutput? output = b.Region.Outputs.FirstOrDefault(o => o.Value == value && o.HoldsValue(b.Region) && IsInForwardOrder(o.Access));
        if (output is not null)
            return output.Target;
        Sequence sequence = NewSequence(_forward.Name + "." + prefix + value.Id, StepsOf(_forward), value.Width);
        sequence.ValueName = value.Name;
        b.Output(value, sequence, TimeAccess.Reversed);
        return sequence;
    }

    /// <summary>A sequence that is read at other steps than the region's own gets its gradient from a region over its own steps.</summary>
    private void WriteInputGradients()
    {
        IEnumerable<Value> inputs = _forward.Values.Where(v => v.Op == OpCode.Input && _gradients.ContainsKey(v) && !_program.Given.Contains(_forward.Inputs[v.Index].Source));
        foreach (var reads in inputs.ToList().GroupBy(v => (_forward.Inputs[v.Index].Source, _forward.Inputs[v.Index].Access.Kind, _forward.Inputs[v.Index].Access.Stride)))
        {
            Sequence source = reads.Key.Source;
            if (reads.All(v => IsOfOwnSteps(_forward.Inputs[v.Index])))
            {
                foreach (Value value in reads)
                    WriteInputGradient(_forward.Inputs[value.Index], _gradients[value]);
                continue;
            }

            ShiftedGradients shifted = new(_program, _forward, source, reads.Key.Stride);
            foreach (Value value in reads)
                shifted.Add(_forward.Inputs[value.Index].Access, _gradients[value], operand => Export(_b, operand, "d"));
            Shifted.AddRange(shifted.Write());
            AddUpstream(source, shifted.Target);
        }
    }

    private bool IsOfOwnSteps(RegionInput input) => input.Access.IsOfVector || (input.Access.IsAligned && input.Source.Steps == _forward.Steps);

    private Sequence NewSequence(string name, int steps, int width) => _forward.IsShared ? _program.NewShared(name, width) : _program.NewSequence(name, steps, width);

    private void WriteInputGradient(RegionInput input, Value gradient)
    {
        if (input.Source.IsShared)
        {
            // What every row reads gets the sum over all of them, as a parameter does.
            Sequence shared = _program.NewShared("d_" + input.Source.Name, gradient.Width);
            _b.Output(gradient, shared, TimeAccess.Whole);
            AddUpstream(input.Source, shared);
            return;
        }

        if (input.Access == TimeAccess.Whole && _forward.Steps > 1)
        {
            // A vector that every step reads: its gradient is a sum over steps, carried like a state.
            RegionState sum = new("sum_d", gradient.Width, null);
            sum.Next = _b.Add(_b.State(sum), gradient);
            sum.Final = _program.NewSequence("d_" + input.Source.Name, 0, gradient.Width);
            AddUpstream(input.Source, sum.Final);
            return;
        }

        Sequence target = _program.NewSequence("d_" + input.Source.Name, input.Source.Steps, input.Source.Width);
        _b.Output(gradient, target, input.Access.Mirrored);
        AddUpstream(input.Source, target);
    }

    private static string GradientName(Value value) => value.Name.Length == 0 ? "" : "d_" + value.Name;

    private Sequence? SumOfVectors(Sequence? vector)
    {
        if (vector is null || !_upstream.TryGetValue(vector, out List<Sequence>? gradients))
            return null;
        return VectorSums.Add(_program, gradients, _forward);
    }

    private void AddUpstream(Sequence source, Sequence gradient)
    {
        if (!_upstream.TryGetValue(source, out List<Sequence>? list))
            _upstream[source] = list = new List<Sequence>();
        list.Add(gradient);
    }

    private void Accumulate(Value value, Value gradient) =>
        _gradients[value] = _gradients.TryGetValue(value, out Value? sum) ? _b.Add(sum, gradient) : gradient;

    private static int StepsOf(Region region) =>
        region.Inputs.All(i => i.Source.IsVector) && region.Outputs.All(o => o.Target.IsVector) && !region.IsScan && region.Steps == 1 ? 0 : region.Steps;

    /// <summary>Whether a step of the reverse region touches the index of its forward step.</summary>
    private static bool IsInForwardOrder(TimeAccess access) => access == TimeAccess.Reversed || access == TimeAccess.Whole;
}
