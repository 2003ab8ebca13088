using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Compiler.Interop;

/// <summary>A node's attributes while they are read: each must be taken, or is refused by name.</summary>
/// <param name="Title">What the node is called in a message: <c>the node 'lstm_1' (LSTM)</c>.</param>
/// <param name="Values">The attributes: numbers, texts, and lists of them.</param>
public sealed record OnnxAttributes(string Title, IReadOnlyDictionary<string, KerasValue> Values)
{
    private readonly HashSet<string> _taken = new();

    /// <summary>The value; null if the node does not say it.</summary>
    public KerasValue? Take(string name)
    {
        _taken.Add(name);
        return Values.TryGetValue(name, out KerasValue? value) ? value : null;
    }

    public double Number(string name, double absent) => Take(name) is { } value ? value.Kind == KerasValueKind.Number ? value.Number : throw Refused(name, value) : absent;

    public string Text(string name, string absent) => Take(name) is { } value ? value.Text : absent;

    /// <summary>Whole numbers; null if the node does not say them.</summary>
    public long[]? Integers(string name) => Take(name)?.Items.Select(i => (long)i.Number).ToArray();

    /// <summary>An attribute that must have one value.</summary>
    public void Must(string name, double value)
    {
        if (Take(name) is { } found && !found.Says(KerasValue.Of(value)))
            throw Refused(name, found);
    }

    /// <summary>Ends the reading: what was not taken is refused.</summary>
    public void RequireNothingLeft()
    {
        foreach (KeyValuePair<string, KerasValue> attribute in Values.Where(v => !_taken.Contains(v.Key)))
            throw Refused(attribute.Key, attribute.Value);
    }

    public ForeignModelException Refused(string name, KerasValue value) => new(Title + ": " + name + " = " + value + ", which Gen does not have");
}
