using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Gradients;
using GenRnn.Compiler.Scheduling.Kernels;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Scheduling.Tiles;

namespace GenRnn.Compiler.Scheduling;

/// <summary>A sequence that crosses the border of a plan, and where it is staged.</summary>
/// <param name="Sequence">Its steps and width.</param>
/// <param name="Site">Where it lies at slot 0.</param>
/// <param name="IsDirect">An input that kernels read element by element, or an output that they store by vectors, in the caller's own layout, without a copy where rows allow.</param>
public sealed record Binding(Sequence Sequence, Site Site, bool IsDirect)
{
    /// <summary>Whether a row of it is one run of elements.</summary>
    public bool IsOneVector => Sequence.Steps <= 1 && Site.Layout.LaneStride == 1;
}

/// <summary>A state that is carried from call to call.</summary>
/// <param name="Name">Name in the model's State.</param>
/// <param name="Width">Values of a row, in each slot.</param>
/// <param name="IsGiven">Whether it starts from a vector of the model instead of what the last call left.</param>
/// <param name="Initial">Where the first step reads it.</param>
/// <param name="Final">Where it lies after the last step; of a ring, which keeps the others, what this step leaves for its first slot.</param>
public sealed record CarriedState(string Name, int Width, bool IsGiven, SlotRange Initial, SlotRange Final);

/// <summary>One compiled pass over a fixed number of rows: its buffers, and the drivers that call its kernels in time order.</summary>
public sealed class Plan
{
    public Plan(string name, Program program, int rows, LaneAxis axis)
    {
        Name = name;
        Program = program;
        Rows = rows;
        Axis = axis;
    }

    public string Name { get; }

    public Program Program { get; }

    public int Rows { get; }

    public LaneAxis Axis { get; }

    /// <summary>Rows that buffers hold: padded with rows in lanes.</summary>
    public int StoredRows => Axis == LaneAxis.Rows ? Layout.Pad(Rows) : Rows;

    /// <summary>Whether a pass may run a part of its rows: a small batch always runs whole, with constant bounds.</summary>
    public bool HasRowRange => Rows > PlanContext.RangeGrain;

    /// <summary>A call's rows are padded to a multiple of this, or to the whole pass: what it costs follows its rows in such steps. The rows of a tile divide it.</summary>
    public int RowGrain => !HasRowRange ? StoredRows : Axis == LaneAxis.Rows ? Layout.Padding : TileChoice.MostRows;

    /// <summary>Keys of what is drawn at random; none in inference.</summary>
    public RandomKeys RandomKeys { get; set; } = null!;

    public List<ArenaBuffer> Buffers { get; } = new();

    public int ArenaLength { get; set; }

    /// <summary>Whether the arena is a State: it starts with the carried states, where one call leaves them for the next.</summary>
    public bool RunsInState { get; init; }

    /// <summary>What its driver is told by numbers: in which order to read its panels, where the rings of the State have come to.</summary>
    public List<StepCounter> Counters { get; } = new();

    /// <summary>Whether a State keeps its values dense, [rows, width], for callers to read and write.</summary>
    public bool HasDenseStates { get; set; }

    public List<Binding> Inputs { get; } = new();

    public List<Binding> Outputs { get; } = new();

    /// <summary>Which steps of the main output count; null if all do, or outside training.</summary>
    public Binding? OutputMask { get; set; }

    public List<Binding> OutputGradients { get; } = new();

    /// <summary>One for each input; null where no gradient reaches it.</summary>
    public List<Binding?> InputGradients { get; } = new();

    public List<CarriedState> States { get; } = new();

    /// <summary>Where rows of a call are told from padding, if anybody asks.</summary>
    public Binding? RowWeights { get; set; }

    /// <summary>Where it stands whether the pass is of training, if anybody asks.</summary>
    public Binding? TrainingFlag { get; set; }

    /// <summary>Statistics of the batch, for the parameters that follow them.</summary>
    public List<(MovingStatistic Statistic, Site Batch)> Statistics { get; } = new();

    /// <summary>What is zero before every forward pass: margins of sequences.</summary>
    public List<SlotRange> ZeroedForward { get; } = new();

    /// <summary>What is zero before every backward pass: carried gradients, and margins of sequences.</summary>
    public List<SlotRange> ZeroedBackward { get; } = new();

    /// <summary>Parameter gradients, as they run.</summary>
    public List<GradientGroup> GradientGroups { get; } = new();

    public IEnumerable<GradientCall> Gradients => GradientGroups.SelectMany(g => g.Calls);

    public Kernel Forward { get; set; } = null!;

    public Kernel? Backward { get; set; }

    /// <summary>Reverse scans and parameter gradients in one, for a pass that one thread runs; null if that gains nothing.</summary>
    public Kernel? BackwardOfOneThread { get; set; }

    /// <summary>The input's gradient, run on demand after Backward.</summary>
    public Kernel? InputBackward { get; set; }
}
