using System.Collections.Generic;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Scheduling.Placement;

/// <summary>What a plan has in common with what lies around it: what is given to it before it runs, and what it leaves.</summary>
public sealed record PlanBorder
{
    public IReadOnlyList<Binding> Inputs { get; init; } = System.Array.Empty<Binding>();

    public IReadOnlyList<Binding> Outputs { get; init; } = System.Array.Empty<Binding>();

    /// <summary>Which steps of the main output count; null if all do, or outside training.</summary>
    public Binding? OutputMask { get; init; }

    /// <summary>What activity penalties add to the loss for each row; null if there are none, or outside training.</summary>
    public Binding? Penalty { get; init; }

    /// <summary>Its gradient, which is set before a backward pass.</summary>
    public Binding? PenaltyGradient { get; init; }

    /// <summary>What the sigmoid or softmax behind the main output is given; null if there is none, or outside training.</summary>
    public Binding? Logits { get; init; }

    /// <summary>Where its gradient is given.</summary>
    public Binding? LogitsGradient { get; init; }

    public IReadOnlyList<Binding> OutputGradients { get; init; } = System.Array.Empty<Binding>();

    /// <summary>One for each input; null where no gradient reaches it.</summary>
    public IReadOnlyList<Binding?> InputGradients { get; init; } = System.Array.Empty<Binding?>();

    /// <summary>What is carried from call to call.</summary>
    public IReadOnlyList<CarriedState> States { get; init; } = System.Array.Empty<CarriedState>();

    /// <summary>Where rows of a call are told from padding, if anybody asks.</summary>
    public Binding? RowWeights { get; init; }

    /// <summary>Where it stands whether the pass is of training, if anybody asks.</summary>
    public Binding? TrainingFlag { get; init; }

    /// <summary>Statistics of the batch, for the parameters that follow them.</summary>
    public IReadOnlyList<(MovingStatistic Statistic, Site Batch)> Statistics { get; init; } = System.Array.Empty<(MovingStatistic, Site)>();

    /// <summary>What is zero before every forward pass: margins of sequences.</summary>
    public IReadOnlyList<SlotRange> ZeroedForward { get; init; } = System.Array.Empty<SlotRange>();

    /// <summary>What is zero before every backward pass: carried gradients, and margins of sequences.</summary>
    public IReadOnlyList<SlotRange> ZeroedBackward { get; init; } = System.Array.Empty<SlotRange>();
}
