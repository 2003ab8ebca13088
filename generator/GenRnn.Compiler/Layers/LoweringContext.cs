using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>What a layer writes to while it is lowered.</summary>
public sealed class LoweringContext
{
    /// <summary>What modifiers call a weight, by Keras' short name.</summary>
    private static readonly IReadOnlyDictionary<string, string> s_weights = new Dictionary<string, string>
    {
        ["kernel"] = "Kernel", ["recurrent_kernel"] = "Recurrent", ["bias"] = "Bias", ["gamma"] = "Gamma", ["beta"] = "Beta", ["embeddings"] = "Embeddings",
        ["depthwise_kernel"] = "Depthwise", ["pointwise_kernel"] = "Pointwise", ["alpha"] = "Alpha",
    };

    private readonly IReadOnlyList<Sequence> _initialStates;

    /// <summary>Which part of a wrapper this is (<c>forward</c>); empty for the only one, or a layer by itself.</summary>
    private readonly string _part;

    private readonly string _path;
    private readonly LayerNames _names;

    /// <summary>Names of the objects of one layer that own weights, where there are several.</summary>
    private readonly LayerNames _owners;

    /// <param name="program">What is written to.</param>
    /// <param name="item">The layer's flags.</param>
    /// <param name="name">Its name.</param>
    /// <param name="path">What its variables' paths begin with; empty for a cell that no layer runs.</param>
    /// <param name="operands">What it reads, in order.</param>
    /// <param name="outputShape">The shape of what it gives.</param>
    /// <param name="initialStates">What its states start from.</param>
    /// <param name="names">Names of the model's objects.</param>
    internal LoweringContext(Program program, ItemSpec item, string name, string path, IReadOnlyList<Operand> operands, Shape outputShape,
        IReadOnlyList<Sequence> initialStates, LayerNames names)
        : this(program, item, name, operands, outputShape, initialStates, path, "", names, new LayerNames())
    {
    }

    private LoweringContext(Program program, ItemSpec item, string name, IReadOnlyList<Operand> operands, Shape outputShape,
        IReadOnlyList<Sequence> initialStates, string path, string part, LayerNames names, LayerNames owners)
    {
        Program = program;
        Item = item;
        Name = name;
        Operands = operands;
        OutputShape = outputShape;
        _initialStates = initialStates;
        _path = path;
        _part = part;
        _names = names;
        _owners = owners;
        LayerIndex = program.Layers.Count;
        Output = Input;
        IsTrainable = item.GetBoolean("Trainable", true);
    }

    public Program Program { get; }

    public ItemSpec Item { get; }

    /// <summary>The layer's name in Keras' style, unique in the model.</summary>
    public string Name { get; }

    /// <summary>Keras' name of the layer inside a wrapper; null without one.</summary>
    public string? InnerName { get; init; }

    public int LayerIndex { get; }

    /// <summary>What the layer reads, in order.</summary>
    public IReadOnlyList<Operand> Operands { get; }

    /// <summary>The only operand, or the first.</summary>
    public Sequence Input => Operands[0].Values;

    public Shape InputShape => new(Input.Steps, Input.Width);

    public Shape OutputShape { get; }

    /// <summary>Which steps of the input count; null if all do.</summary>
    public TimeMask? InputMask => Operands[0].Mask;

    /// <summary>Which steps of the output count. To be set by a layer that passes or makes a mask (<see cref="Layer.Masks"/>).</summary>
    public TimeMask? OutputMask { get; set; }

    /// <summary>The time order in which a recurrent layer returns its sequence.</summary>
    public TimeAccess OutputOrder { get; private init; } = TimeAccess.Same;

    /// <summary>Whether the model's main output is what this layer gives; not so for a layer inside a wrapper, out of which Keras takes no logits either.</summary>
    public bool IsOutput { get; init; }

    /// <summary>Whether the optimiser updates the layer's weights: with <c>Trainable = false</c> their gradients are not computed.</summary>
    public bool IsTrainable { get; private init; }

    /// <summary>Weights of another layer, in the order in which it made them; null where the layer makes its own.</summary>
    internal Queue<Parameter>? Shared { get; init; }

    /// <summary>Which of several objects inside the layer this is; empty for the only one.</summary>
    private string Owner { get; init; } = "";

    /// <summary>Whether objects in here are made by the class of the one around them.</summary>
    private bool IsInClass { get; init; }

    /// <summary>What the next layer reads. To be set.</summary>
    public Sequence Output { get; set; }

    /// <summary>Final states, if the layer returns them or another layer starts from them.</summary>
    public List<Sequence> States { get; } = new();

    /// <summary>The vector that state <paramref name="index"/> starts from; null means zeros.</summary>
    public Sequence? InitialState(int index) => index < _initialStates.Count ? _initialStates[index] : null;

    /// <summary>The context of the layer inside a wrapper: the same input, its variables under the wrapper's path.</summary>
    /// <param name="item">Its flags.</param>
    /// <param name="name">Its name in Keras' paths.</param>
    /// <param name="part">Tells several layers in one wrapper apart; empty if there is one.</param>
    /// <param name="outputShape">What the wrapper gives.</param>
    /// <param name="firstState">Index of its first initial state among the wrapper's.</param>
    /// <param name="outputOrder">The time order in which it returns a sequence; null for that of its input.</param>
    /// <param name="names">Names of the objects inside it; null for those that are next in the model.</param>
    internal LoweringContext Inside(
        ItemSpec item, string name, string part, Shape outputShape, int firstState = 0, TimeAccess? outputOrder = null, LayerNames? names = null) =>
        new(Program, item, Name, Operands, outputShape, _initialStates.Skip(firstState).ToList(), PathOf(name), part, names ?? _names, new LayerNames())
        {
            OutputOrder = outputOrder ?? TimeAccess.Same,
            Shared = Shared,
        };

    /// <summary>Keras' names of objects: counted through the model.</summary>
    internal LayerNames Names => _names;

    /// <summary>The context of the object inside the layer that owns its weights: the same, with the variables under its name.</summary>
    /// <param name="cell">Keras' name of the object: <c>lstm_cell</c>.</param>
    public LoweringContext InCell(string cell) =>
        In(Item, cell, Owner);

    /// <summary>The context of an object that was made by itself and given to the layer: Keras numbers its name through the model.</summary>
    /// <param name="item">Its flags.</param>
    /// <param name="kerasName">Keras' name of the first one of its class.</param>
    /// <param name="isOneOfSeveral">Whether the names of its weights must say whose they are.</param>
    /// <param name="isClass">Whether it makes the objects inside it.</param>
    public LoweringContext InObject(ItemSpec item, string kerasName, bool isOneOfSeveral, bool isClass = false) =>
        In(item, IsInClass ? _names.NextPart(kerasName) : _names.Next(kerasName).Name, isOneOfSeveral ? _owners.Next(kerasName).Name : Owner, isClass);

    private LoweringContext In(ItemSpec item, string name, string owner, bool isInClass = false) =>
        new(Program, item, Name, Operands, OutputShape, _initialStates, PathOf(name), _part, _names, _owners)
        {
            InnerName = InnerName,
            OutputOrder = OutputOrder,
            Shared = Shared,
            Owner = owner,
            IsInClass = isInClass,
            IsTrainable = IsTrainable && item.GetBoolean("Trainable", true),
        };

    /// <summary>A trainable weight of the layer.</summary>
    /// <param name="name">Keras' short name.</param>
    /// <param name="initializer">How it starts, unless an <c>[Initialize]</c> modifier says otherwise.</param>
    /// <param name="shape">Keras' shape.</param>
    public ParameterView AddParameter(string name, InitializerSpec initializer, params int[] shape) => AddParameter(name, initializer, true, shape);

    /// <summary>A weight that the batches move, not the optimiser.</summary>
    public ParameterView AddStatistic(string name, InitializerSpec initializer, params int[] shape) => AddParameter(name, initializer, false, shape);

    private string PathOf(string name) => _path.Length == 0 ? name : _path + "/" + name;

    private ParameterView AddParameter(string name, InitializerSpec initializer, bool isTrainable, int[] shape)
    {
        if (Shared is not null)
            return Shared.Dequeue().View();
        int offset = (int)System.Math.Min(Program.ParameterCount, int.MaxValue);
        string viewName = string.Join("_", new[] { _part, Owner, name }.Where(p => p.Length > 0));
        Parameter parameter = new(LayerIndex, viewName, PathOf(name), shape, offset, initializer)
        {
            IsTrainable = isTrainable && IsTrainable,
            Regularizer = isTrainable && IsTrainable && s_weights.TryGetValue(name, out string? weight) ? RegularizerSpec.Of(Item, weight) : null,
            Constraint = isTrainable && IsTrainable && s_weights.TryGetValue(name, out weight) ? ConstraintSpec.Of(Item, weight, shape.Length) : null,
        };
        Program.Parameters.Add(parameter);
        return parameter.View();
    }

    /// <summary>The initialiser of a weight: an <c>[Initialize]</c> modifier, else the flag, else Keras' default.</summary>
    public InitializerSpec Initializer(string weight, string flag, string absent)
    {
        foreach (ModifierSpec modifier in Item.Modifiers.Where(m => m.Kind == "Initialize"))
        {
            if (modifier.Find("Weight")?.Text != weight)
                continue;
            IEnumerable<FlagSpec> arguments = modifier.Flags.Where(f => f.Name is not ("Weight" or "Initializer"));
            return new InitializerSpec(modifier.Find("Initializer")?.Text ?? absent, arguments.ToEquatableArray());
        }

        return new InitializerSpec(Item.GetText(flag, absent));
    }

    /// <summary>What a new random value of this layer draws.</summary>
    public RandomSource NewRandom(RandomKind kind, double number, bool isSharedByRows = false) => Program.NewRandom(kind, number, LayerIndex, isSharedByRows);

    /// <summary>Random numbers that are drawn once a call, in front of a region, and read at every step of it.</summary>
    public Value SharedOverTime(RegionBuilder reader, RandomSource source, int width)
    {
        Region region = new(Name + " mask", LayerIndex, 1) { Equation = "drawn once a call, for all steps" };
        Program.Forward.Insert(Program.Forward.IndexOf(reader.Region), region);
        Sequence mask = NewSequence("mask", 0, width);
        RegionBuilder b = new(region);
        b.Output(b.Random(source, width), mask, TimeAccess.Whole);
        return reader.Input(mask, TimeAccess.Whole);
    }

    /// <summary>A region of this layer over the steps of its input (once, if that is a vector).</summary>
    public RegionBuilder AddRegion(string equation) => AddRegion(equation, System.Math.Max(1, Input.Steps));

    /// <summary>A region of this layer over <paramref name="steps"/> steps; 1 for what is done once.</summary>
    public RegionBuilder AddRegion(string equation, int steps)
    {
        // "backward" alone says the gradient of a region.
        Region region = new(_part.Length == 0 ? Name : Name + " " + _part + " half", LayerIndex, steps) { Equation = equation };
        Program.Forward.Add(region);
        return new RegionBuilder(region);
    }

    /// <summary>A region of this layer for what all rows have in common: it runs once.</summary>
    public RegionBuilder AddShared(string equation)
    {
        Region region = new(Name + " statistics", LayerIndex, 1) { Equation = equation, IsShared = true };
        Program.Forward.Add(region);
        return new RegionBuilder(region);
    }

    /// <summary>1 for a row of the call, 0 for padding.</summary>
    public Sequence RowWeights => Program.RowWeights ??= Program.NewSequence("rows", 0, 1, SequenceKind.Input);

    /// <summary>1 in a training pass, 0 in one that only infers.</summary>
    public Sequence TrainingFlag => Program.TrainingFlag ??= Program.NewShared("training", 1);

    /// <summary>A new vector of this layer that all rows have in common.</summary>
    public Sequence NewShared(string suffix, int width) => Program.NewShared(Name + "." + suffix, width);

    /// <summary>A new sequence (or vector, if <paramref name="steps"/> is 0) that this layer writes.</summary>
    public Sequence NewSequence(string suffix, int steps, int width) =>
        Program.NewSequence(Name + "." + (_part.Length == 0 ? suffix : _part + char.ToUpperInvariant(suffix[0]) + suffix.Substring(1)), steps, width);
}
