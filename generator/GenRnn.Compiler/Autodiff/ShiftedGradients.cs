using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Autodiff;

/// <summary>
/// The gradient of a sequence that a region reads at several steps at once (a convolution's taps). Step t of it is the sum over the reads of
/// the gradient at the step that read t, so it is gathered, not scattered: a region over t reads gradients at shifted steps, in the order of
/// the reads, zeros where no step read t. With a stride there is a region for each remainder of t, since each is read by taps of its own.
/// </summary>
internal sealed class ShiftedGradients
{
    private readonly Program _program;
    private readonly Region _forward;
    private readonly int _stride;
    private readonly List<(TimeAccess Access, Sequence Gradient, ParameterView? Weights)> _reads = new();

    public ShiftedGradients(Program program, Region forward, Sequence source, int stride)
    {
        _program = program;
        _forward = forward;
        _stride = stride;
        Target = program.NewSequence("d_" + source.Name, source.Steps, source.Width);
    }

    public Sequence Target { get; }

    /// <summary>Adds what one read gets at each step of the region.</summary>
    /// <param name="access">The read.</param>
    /// <param name="gradient">Its gradient, a value of the reverse region.</param>
    /// <param name="export">Gives the sequence, by forward step, of a value of the reverse region.</param>
    public void Add(TimeAccess access, Value gradient, Func<Value, Sequence> export)
    {
        // A product can as well be computed where it is needed: the taps become one chain, and nothing is stored in between.
        if (gradient is { Argument: ProductArgument { IsLaneReduced: false, Bias: null } } && !gradient.HasInitialValue)
            _reads.AddRange(gradient.Terms.Select(t => (access, export(t.Operand), (ParameterView?)t.Weights)));
        else
            _reads.Add((access, export(gradient), null));
    }

    public IEnumerable<Region> Write() => Enumerable.Range(0, Math.Min(_stride, Target.Steps)).Select(Write);

    /// <summary>The steps t = u stride + phase.</summary>
    private Region Write(int phase)
    {
        int steps = (Target.Steps - phase + _stride - 1) / _stride;
        Region region = new(_forward.Name + " backward input", _forward.Layer, steps) { Equation = "gradient of the input of " + _forward.Equation };
        RegionBuilder b = new(region);
        List<LinearTerm> terms = new();
        List<Value> sums = new();
        foreach ((TimeAccess access, Sequence gradient, ParameterView? weights) in _reads.Where(r => (phase - r.Access.Offset) % _stride == 0))
        {
            // Step s (or S - 1 - s) of the region read t if it is u + first.
            int first = (phase - access.Offset) / _stride;
            Value d = b.Input(gradient, access.IsReversed
                ? TimeAccess.Shifted(_forward.Steps - first - steps) with { IsReversed = true }
                : TimeAccess.Shifted(first));
            if (weights is null)
                sums.Add(d);
            else
                terms.Add(new LinearTerm(d, weights));
        }

        if (terms.Count > 0)
            sums.Insert(0, b.Linear(Target.Width, null, null, false, terms));
        b.Output(sums.Count > 0 ? sums.Aggregate(b.Add) : b.Constant(0, Target.Width), Target, TimeAccess.Shifted(phase, _stride));
        return region;
    }
}
