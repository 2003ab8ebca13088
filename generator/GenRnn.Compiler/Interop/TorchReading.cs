using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Interop;

/// <summary>One module while it is read: its arguments, each of which must be taken, and the items that it has become so far.</summary>
internal sealed class TorchReading
{
    private readonly Dictionary<string, KerasValue> _left = new();

    /// <exception cref="ForeignModelException">The module has an argument that its class has not.</exception>
    public TorchReading(TorchModule module, IReadOnlyList<string> parameters)
    {
        Module = module;
        foreach (KeyValuePair<string, KerasValue> argument in module.Arguments)
        {
            string key = argument.Key;
            if (char.IsDigit(key[0]))
            {
                int place = int.Parse(key, System.Globalization.CultureInfo.InvariantCulture);
                key = place < parameters.Count ? parameters[place] : throw Refused("its argument " + (place + 1), argument.Value);
            }

            if (!parameters.Contains(key))
                throw Refused(key, argument.Value);
            _left[key] = argument.Value;
        }
    }

    public TorchModule Module { get; }

    /// <summary>The layers that it has become, in order.</summary>
    public List<ImportedLayer> Layers { get; } = new();

    /// <summary>What is otherwise than in PyTorch.</summary>
    public List<string> Notes { get; } = new();

    public long[]? Shape(string weight) => Module.Shapes.TryGetValue(weight, out IReadOnlyList<long>? shape) ? shape.ToArray() : null;

    /// <summary>An argument's value, which is then read; null if it was not given.</summary>
    public KerasValue? Take(string key)
    {
        KerasValue? value = _left.TryGetValue(key, out KerasValue? given) ? given : null;
        _left.Remove(key);
        return value is { IsNull: false } ? value : null;
    }

    public double Number(string key, double absent)
    {
        if (Take(key) is not { } value)
            return absent;
        KerasValue one = value.Kind == KerasValueKind.List && value.Items.Count == 1 ? value.Items[0] : value;
        return one.Kind is KerasValueKind.Number or KerasValueKind.Boolean ? one.Number : throw Refused(key, value);
    }

    public bool Boolean(string key, bool absent) => Number(key, absent ? 1 : 0) != 0;

    /// <summary>A whole number from 1 that the weights' shapes say; what the constructor was given must be the same.</summary>
    public int Size(string key, long? stored)
    {
        KerasValue? given = _left.TryGetValue(key, out KerasValue? value) ? value : null;
        double number = Number(key, stored ?? 0);
        if (stored is { } shape && number != shape)
            throw new ForeignModelException(Module.Title + ": " + Module.Class + "." + key + " = " + given + ", and its weights say " + shape);
        return number >= 1 && number <= int.MaxValue && number == Math.Floor(number)
            ? (int)number
            : throw new ForeignModelException(Module.Title + " of the class " + Module.Class + " does not say its " + key);
    }

    /// <summary>An argument that must have one of some values.</summary>
    public void Must(string key, params KerasValue[] values)
    {
        if (Take(key) is { } value && !values.Any(value.Says))
            throw Refused(key, value);
    }

    /// <summary>Arguments that say nothing about the numbers.</summary>
    public void Silent(params string[] keys)
    {
        foreach (string key in keys)
            _left.Remove(key);
    }

    /// <summary>Ends the reading: what was not taken is refused.</summary>
    public void RequireNothingLeft()
    {
        foreach (KeyValuePair<string, KerasValue> argument in _left)
            throw Refused(argument.Key, argument.Value);
    }

    /// <summary>Adds a layer.</summary>
    /// <param name="kind">Gen's attribute.</param>
    /// <param name="flags">Its flags; those whose value is null are left out.</param>
    public ItemSpec Add(string kind, params (string Flag, FlagValue? Value)[] flags) => Add("", kind, flags);

    /// <summary>Adds one of several layers that the module is.</summary>
    public ItemSpec Add(string suffix, string kind, params (string Flag, FlagValue? Value)[] flags)
    {
        ItemDefinition definition = Catalogue.Find(kind)!;
        ItemSpec item = new(kind, definition.Flags.SelectMany(d => flags.Where(f => f.Flag == d.Name && f.Value is not null).Select(f => new FlagSpec(f.Flag, f.Value!))).ToEquatableArray(), default);
        Layers.Add(new ImportedLayer((Module.Name.Length > 0 ? Module.Name : Module.Class) + suffix, Module.Class, item));
        return item;
    }

    public ForeignModelException Refused(string key, KerasValue value) => new(Module.Title + ": " + Module.Class + "." + key + " = " + value + ", which Gen does not have");
}
