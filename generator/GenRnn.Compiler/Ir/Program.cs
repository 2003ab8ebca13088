using System;
using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Compiler.Ir;

/// <summary>
/// A parameter's gradient: the sum over steps and rows of outer products left x right, or (Left is null) of right itself.
/// Steps run in the order of the reverse scan, last step first.
/// </summary>
/// <param name="Target">Where in the parameter: [rows of left, columns of right].</param>
/// <param name="Left">What was multiplied, indexed by the forward step as <paramref name="LeftAccess"/> says.</param>
/// <param name="LeftAccess">Time index of left at forward step s.</param>
/// <param name="Right">Gradient of the product's result; index s at forward step s.</param>
/// <param name="Steps">Forward steps, 1 for vectors.</param>
/// <param name="Layer">The layer that owns the parameter.</param>
public sealed record ParameterGradient(ParameterView Target, Sequence? Left, TimeAccess LeftAccess, Sequence Right, int Steps, int Layer)
{
    /// <summary>Left holds ids: right is added to the row of the parameter that the id names.</summary>
    public bool IsScatter { get; init; }
}

/// <summary>One layer, for tables and comments.</summary>
public sealed record LayerNode(string Name, string ViewName, string KerasClass, int TimeSteps, int Features, int ParameterCount, long MultiplyAddsPerRow);

/// <summary>A parameter that follows the batches: after a training step it is momentum Moving + (1 - momentum) Batch.</summary>
/// <param name="Moving">The parameter.</param>
/// <param name="Batch">What the batch says, shared.</param>
/// <param name="Momentum">How much of it stays.</param>
public sealed record MovingStatistic(Parameter Moving, Sequence Batch, double Momentum);

/// <summary>What the last layer's sigmoid or softmax is given: a cross-entropy is taken of that, because where the function saturates nothing of it is left in its result.</summary>
/// <param name="Values">As long and as wide as the main output.</param>
/// <param name="Activation">The function.</param>
public sealed record Logits(Sequence Values, string Activation);

/// <summary>A whole model: regions in the order of execution, forward, then (after autodiff) backward.</summary>
public sealed class Program
{
    private readonly HashSet<Region> _readersOfHistory = new();
    private readonly Dictionary<string, int> _sequenceNames = new();
    private readonly Dictionary<int, int> _masks = new();
    private int _sequences;

    public List<LayerNode> Layers { get; } = new();

    public List<Parameter> Parameters { get; } = new();

    /// <summary>Elements of all parameters, though they were more than any model may have.</summary>
    public long ParameterCount => Parameters.Aggregate(0L, (sum, parameter) => Math.Min(sum, long.MaxValue - parameter.Count) + parameter.Count);

    public List<Sequence> Inputs { get; } = new();

    public List<Sequence> Outputs { get; } = new();

    /// <summary>What the first of <see cref="Outputs"/> are called, where several layers give one; empty if only one does. States follow.</summary>
    public List<string> OutputNames { get; } = new();

    /// <summary>Which steps of the main output count, 1 or 0; null if all do, or if nobody asks: only a loss does.</summary>
    public Sequence? OutputMask { get; set; }

    /// <summary>What activity penalties add to the loss for each row, times the rows of the call; a vector of width 1, null if there are none.</summary>
    public Sequence? Penalty { get; set; }

    /// <summary>Its gradient, that of a mean: one part in as many as the call has rows, and 0 for a row that pads the batch. Given.</summary>
    public Sequence? PenaltyGradient { get; set; }

    /// <summary>What is behind the main output, if that is a sigmoid or softmax and the program trains; only a loss asks for it.</summary>
    public Logits? Logits { get; set; }

    /// <summary>Its gradient, beside that of the main output: given, zeros where the loss is of the output itself.</summary>
    public Sequence? LogitsGradient { get; set; }

    /// <summary>Sequences that are read in front of their first step, with what the last call left there.</summary>
    public List<SequenceHistory> Histories { get; } = new();

    /// <summary>Whether it may train; one for inference alone has no part that only a training pass needs.</summary>
    public bool CanTrain { get; init; } = true;

    /// <summary>1 for a row of the call, 0 for one that pads the batch; null if nobody asks.</summary>
    public Sequence? RowWeights { get; set; }

    /// <summary>1 in a training pass, 0 in one that only infers; shared, null if nobody asks.</summary>
    public Sequence? TrainingFlag { get; set; }

    public List<MovingStatistic> Statistics { get; } = new();

    /// <summary>What is given from outside and no input of the model.</summary>
    public IEnumerable<Sequence> Given => new[] { RowWeights, TrainingFlag }.Where(s => s is not null)!;

    public List<Region> Forward { get; } = new();

    public List<Region> Backward { get; } = new();

    public List<ParameterGradient> Gradients { get; } = new();

    /// <summary>Upstream gradients, one for each of <see cref="Outputs"/>.</summary>
    public List<Sequence> OutputGradients { get; } = new();

    /// <summary>Gradients of <see cref="Inputs"/>; null where the input does not reach an output.</summary>
    public List<Sequence?> InputGradients { get; } = new();

    /// <summary>Says that a region reads a sequence in front of its first step. Such readers share what is carried: as many steps as the farthest of them needs.</summary>
    /// <param name="name">Name in the model's State, if nobody else reads it so.</param>
    /// <param name="source">The sequence.</param>
    /// <param name="steps">How far in front.</param>
    /// <param name="reader">The region.</param>
    public void Carry(string name, Sequence source, int steps, Region reader)
    {
        _readersOfHistory.Add(reader);
        int known = Histories.FindIndex(h => h.Source == source);
        if (known < 0)
            Histories.Add(new SequenceHistory(name, source, steps));
        else if (Histories[known].Steps < steps)
            Histories[known] = Histories[known] with { Steps = steps };
    }

    /// <summary>Whether what the region reads in front of a first step is what the last call left there, where that is carried.</summary>
    public bool ReadsHistory(Region region) => _readersOfHistory.Contains(region);

    /// <summary>What a new <see cref="OpCode.Random"/> of a layer draws: none is like another.</summary>
    public RandomSource NewRandom(RandomKind kind, double number, int layer, bool isSharedByRows = false)
    {
        _masks.TryGetValue(layer, out int others);
        _masks[layer] = others + 1;
        return new RandomSource(kind, number, layer, others, isSharedByRows);
    }

    /// <summary>A new sequence; a name that is taken gets a number, so that a name says which sequence is meant.</summary>
    public Sequence NewSequence(string name, int steps, int width, SequenceKind kind = SequenceKind.Internal, Sequence? partOf = null) =>
        new(_sequences++, Unique(name), steps, width, kind) { PartOf = partOf };

    /// <summary>A new vector that all rows have in common.</summary>
    public Sequence NewShared(string name, int width) => new(_sequences++, Unique(name), 0, width) { IsShared = true };

    private string Unique(string name)
    {
        _sequenceNames.TryGetValue(name, out int others);
        _sequenceNames[name] = others + 1;
        return others == 0 ? name : name + "#" + (others + 1);
    }
}
