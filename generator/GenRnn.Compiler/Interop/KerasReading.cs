using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Interop;

/// <summary>One layer's configuration while it is read: what it has become so far.</summary>
internal sealed class KerasReading
{
    private readonly List<FlagSpec> _flags = new();

    public KerasReading(KerasVersion version, string layerClass, string layerName, KerasValue config, ItemDefinition definition)
    {
        Version = version;
        Class = layerClass;
        Name = layerName;
        Config = config;
        Definition = definition;
    }

    public KerasVersion Version { get; }

    public string Class { get; }

    /// <summary>The layer's name in Keras.</summary>
    public string Name { get; }

    /// <summary>The whole configuration, in the words of Keras 2 and 3.</summary>
    public KerasValue Config { get; }

    /// <summary>What it becomes.</summary>
    public ItemDefinition Definition { get; }

    /// <summary>What was left aside.</summary>
    public List<string> Aside { get; } = new();

    /// <summary>What stands in front of the layer.</summary>
    public List<ModifierSpec> Modifiers { get; } = new();

    /// <summary>The axis that a normalisation says, counted from the batch; -1 for the last.</summary>
    public int Axis { get; set; } = -1;

    public void Set(string flag, FlagValue value) => _flags.Add(new FlagSpec(flag, value));

    /// <summary>Puts a modifier in front of the layer; what changes training alone and is not in Gen (null) is named, and left aside.</summary>
    public void Modify(string key, KerasValue value, ModifierSpec? modifier)
    {
        if (value.IsNull)
            return;
        if (modifier is null)
            Aside.Add("'" + Name + "': " + key + " " + value);
        else if (modifier.Flags.Count > 0)
            Modifiers.Add(modifier);
    }

    /// <summary>What has been read, with its flags in the catalogue's order.</summary>
    public ItemSpec Item(string kind) =>
        new(kind, Definition.Flags.SelectMany(d => _flags.Where(f => f.Name == d.Name)).ToEquatableArray(), Modifiers.ToEquatableArray());

    public ForeignModelException Refused(string key, KerasValue value) => new("the layer '" + Name + "': " + Class + "." + key + " = " + value + ", which Gen does not have");
}
