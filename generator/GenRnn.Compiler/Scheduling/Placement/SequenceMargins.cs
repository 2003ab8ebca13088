using System;
using System.Collections.Generic;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Scheduling.Loops;

namespace GenRnn.Compiler.Scheduling.Placement;

/// <summary>Slots in front of a sequence's first step and behind its last one.</summary>
internal readonly record struct Margin(int Front, int Back);

/// <summary>
/// How far sequences are read outside of their steps. They are stored with so many more slots, which hold zeros or a history, so that a kernel
/// reads them like any step.
/// </summary>
internal sealed class SequenceMargins
{
    private readonly Dictionary<Sequence, Margin> _margins = new();

    public SequenceMargins(Program program, IEnumerable<LoopGroup> groups, bool isTraining)
    {
        foreach (LoopGroup group in groups)
        {
            foreach (Region region in group.Regions)
            {
                foreach (RegionInput input in region.Inputs)
                    Widen(input.Source, input.Access, region.Steps);
            }
        }

        foreach (ParameterGradient gradient in program.Gradients)
        {
            if (isTraining && gradient.Left is not null)
                Widen(gradient.Left, gradient.LeftAccess, gradient.Steps);
        }

        foreach (SequenceHistory history in program.Histories)
            Widen(history.Source, history.Steps, 0);
    }

    /// <summary>Sequences that have one.</summary>
    public IEnumerable<Sequence> Sequences => _margins.Keys;

    public Margin Of(Sequence sequence) => _margins.TryGetValue(sequence, out Margin margin) ? margin : default;

    private void Widen(Sequence sequence, TimeAccess access, int steps)
    {
        if (access.Kind != AccessKind.Step)
            return;
        int first = access.IndexOf(0, steps), last = access.IndexOf(steps - 1, steps);
        Widen(sequence, -Math.Min(first, last), Math.Max(first, last) - (sequence.Steps - 1));
    }

    private void Widen(Sequence sequence, int front, int back)
    {
        Margin known = Of(sequence);
        Margin margin = new(Math.Max(known.Front, front), Math.Max(known.Back, back));
        if (margin != default)
            _margins[sequence] = margin;
    }
}
