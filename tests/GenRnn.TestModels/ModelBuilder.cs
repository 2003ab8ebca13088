using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Spec;

namespace GenRnn.TestModels;

/// <summary>Writes a declaration attribute by attribute; flags are checked against the language's catalogue.</summary>
public sealed class ModelBuilder(string name)
{
    private const string Namespace = "GenRnn.TestModels.Declared.";

    private readonly List<ItemSpec> _items = new();
    private readonly List<ModifierSpec> _modifiers = new();

    /// <summary>A sequence.</summary>
    public ModelBuilder Sequence(int timeSteps, int features, params (string Flag, object Value)[] flags) =>
        Item("Input", [("TimeSteps", timeSteps), ("Features", features), .. flags]);

    /// <summary>A vector.</summary>
    public ModelBuilder Vector(int features, params (string Flag, object Value)[] flags) => Item("Input", [("Features", features), .. flags]);

    public ModelBuilder SimpleRnn(int units, params (string Flag, object Value)[] flags) => Item("SimpleRnn", [("Units", units), .. flags]);

    public ModelBuilder Lstm(int units, params (string Flag, object Value)[] flags) => Item("Lstm", [("Units", units), .. flags]);

    public ModelBuilder Gru(int units, params (string Flag, object Value)[] flags) => Item("Gru", [("Units", units), .. flags]);

    public ModelBuilder Dense(int units, params (string Flag, object Value)[] flags) => Item("Dense", [("Units", units), .. flags]);

    /// <summary>One id a step.</summary>
    public ModelBuilder Ids(int timeSteps, params (string Flag, object Value)[] flags) => Item("Input", [("TimeSteps", timeSteps), .. flags]);

    public ModelBuilder Embedding(int ids, int width, params (string Flag, object Value)[] flags) => Item("Embedding", [("InputDim", ids), ("OutputDim", width), .. flags]);

    public ModelBuilder Conv1D(int filters, int kernelSize, params (string Flag, object Value)[] flags) =>
        Item("Conv1D", [("Filters", filters), ("KernelSize", kernelSize), .. flags]);

    public ModelBuilder Activation(string function, params (string Flag, object Value)[] flags) => Item("Activation", [("Function", function), .. flags]);

    public ModelBuilder Masking(double maskValue = 0) => Item("Masking", ("MaskValue", maskValue));

    /// <summary>Runs cells, which stand inside the model's class.</summary>
    /// <param name="cells">Each cell's class and its parts.</param>
    /// <param name="flags">Flags of the layer.</param>
    public ModelBuilder Rnn((string Name, Func<ModelBuilder, ModelBuilder> Parts)[] cells, params (string Flag, object Value)[] flags)
    {
        CellSpec[] specs = cells
            .Select(c => new CellSpec(c.Name, Namespace + name + "+" + c.Name, c.Parts(new ModelBuilder(c.Name))._items.ToEquatableArray(), ""))
            .ToArray();
        return Rnn(specs, flags);
    }

    /// <summary>Runs a cell that is written in C#, which stands inside the model's class.</summary>
    /// <param name="writer">Names its class and states.</param>
    /// <param name="step">Writes its step: the output, and the states after it.</param>
    /// <param name="flags">Flags of the layer.</param>
    public ModelBuilder Rnn(CellWriter writer, Func<CellWriter, (int Output, int[] Next)> step, params (string Flag, object Value)[] flags)
    {
        (int output, int[] next) = step(writer);
        return Rnn([writer.Build(Namespace + name + "+" + writer.Name, output, next)], flags);
    }

    private ModelBuilder Rnn(CellSpec[] specs, (string Flag, object Value)[] flags)
    {
        Item("Rnn", [(CellJoin.Cells.Name, specs.Select(c => c.MetadataName).ToArray()), .. flags]);
        _items[^1] = _items[^1] with { Cells = specs.ToEquatableArray() };
        return this;
    }

    /// <summary>The next layer starts from these.</summary>
    public ModelBuilder InitialState(params string[] sources) => Modifier("InitialState", ("Sources", sources));

    /// <summary>The next layer reads these.</summary>
    public ModelBuilder From(params string[] sources) => Modifier("From", ("Sources", sources));

    /// <summary>The next layer gives an output.</summary>
    public ModelBuilder Output() => Modifier("Output");

    /// <summary>A layer that merges what stands in front of it with others; or, without names, what From lists.</summary>
    public ModelBuilder Merge(string kind, params string[] others) => others.Length == 0 ? Item(kind) : Item(kind, ("Others", others));

    public ModelBuilder Initialize(string weight, string initializer, params (string Flag, object Value)[] flags) =>
        Modifier("Initialize", [("Weight", weight), ("Initializer", initializer), .. flags]);

    /// <summary>Any item of the language, known to the catalogue or not: a broken declaration must be possible to write.</summary>
    public ModelBuilder Item(string kind, params (string Flag, object Value)[] flags)
    {
        ItemSpec item = new(kind, Flags(kind, flags), _modifiers.ToEquatableArray());
        if (_modifiers.Any(m => m.Kind == BackwardHalf.Kind) && BackwardHalf.Fits(_items.LastOrDefault()))
            _items[^1] = BackwardHalf.Join(_items[^1], item);
        else
            _items.Add(item);
        _modifiers.Clear();
        return this;
    }

    public ModelBuilder Modifier(string kind, params (string Flag, object Value)[] flags)
    {
        _modifiers.Add(new ModifierSpec(kind, Flags(kind, flags)));
        return this;
    }

    public ModelSpec Build() => new(
        new ClassSpec("GenRnn.TestModels.Declared", EquatableArray<string>.Empty, "class", name, "", Namespace + name),
        _items.ToEquatableArray());

    // In catalogue order, as the parser gives them.
    private static EquatableArray<FlagSpec> Flags(string kind, (string Flag, object Value)[] flags)
    {
        ItemDefinition? definition = Catalogue.Find(kind);
        if (definition is null)
            return flags.Select(f => new FlagSpec(f.Flag, Value(f.Value))).ToEquatableArray();
        string? unknown = flags.Select(f => f.Flag).FirstOrDefault(f => definition.Find(f) is null);
        if (unknown is not null)
            throw new ArgumentException($"[{kind}] has no flag {unknown}.", nameof(flags));
        return definition.Flags
            .SelectMany(d => flags.Where(f => f.Flag == d.Name))
            .Select(f => new FlagSpec(f.Flag, Value(f.Value)))
            .ToEquatableArray();
    }

    private static FlagValue Value(object value) => value switch
    {
        bool flag => FlagValue.Of(flag),
        int number => FlagValue.Of(number),
        double number => FlagValue.Of(number),
        string text => FlagValue.Of(text),
        string[] list => FlagValue.Of(list),
        int[] list => FlagValue.Of(list.Select(i => i.ToString(CultureInfo.InvariantCulture))),
        _ => throw new ArgumentException($"A flag cannot hold a {value.GetType().Name}.", nameof(value)),
    };
}
