using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GenRnn.Compiler.Interop;

/// <summary>What kind of value stands in a configuration.</summary>
public enum KerasValueKind
{
    Null,
    Boolean,
    Number,
    Text,
    List,
    Map,
}

/// <summary>A value of Keras' configuration: JSON, read by whoever has a reader of JSON. The compiler has no dependency, and so none.</summary>
public sealed class KerasValue
{
    private static readonly KerasValue[] NoItems = new KerasValue[0];
    private static readonly KeyValuePair<string, KerasValue>[] NoMembers = new KeyValuePair<string, KerasValue>[0];

    private KerasValue(KerasValueKind kind, double number, string text, IReadOnlyList<KerasValue> items, IReadOnlyList<KeyValuePair<string, KerasValue>> members)
    {
        Kind = kind;
        Number = number;
        Text = text;
        Items = items;
        Members = members;
    }

    public static KerasValue Null { get; } = new(KerasValueKind.Null, 0, "", NoItems, NoMembers);

    public KerasValueKind Kind { get; }

    /// <summary>A number; 1 for true.</summary>
    public double Number { get; }

    /// <summary>A text; empty for everything else.</summary>
    public string Text { get; }

    /// <summary>The items of a list; empty for everything else.</summary>
    public IReadOnlyList<KerasValue> Items { get; }

    /// <summary>The members of a map, in the order of the file; empty for everything else.</summary>
    public IReadOnlyList<KeyValuePair<string, KerasValue>> Members { get; }

    public bool IsNull => Kind == KerasValueKind.Null;

    /// <summary>A member of a map; null if it has none of that name, or is no map.</summary>
    public KerasValue? this[string key] => Members.FirstOrDefault(m => m.Key == key).Value;

    public static KerasValue Of(bool value) => new(KerasValueKind.Boolean, value ? 1 : 0, "", NoItems, NoMembers);

    public static KerasValue Of(double value) => new(KerasValueKind.Number, value, "", NoItems, NoMembers);

    public static KerasValue Of(string value) => new(KerasValueKind.Text, 0, value, NoItems, NoMembers);

    public static KerasValue Of(IReadOnlyList<KerasValue> items) => new(KerasValueKind.List, 0, "", items, NoMembers);

    public static KerasValue Of(IReadOnlyList<KeyValuePair<string, KerasValue>> members) => new(KerasValueKind.Map, 0, "", NoItems, members);

    /// <summary>A map without some of its members.</summary>
    public KerasValue Without(params string[] keys) => Of(Members.Where(m => !keys.Contains(m.Key)).ToList());

    /// <summary>Whether both say the same; the order of a map's members says nothing.</summary>
    public bool Says(KerasValue other) =>
        Kind == other.Kind && Number.Equals(other.Number) && Text == other.Text
        && Items.Count == other.Items.Count && Items.Zip(other.Items, (a, b) => a.Says(b)).All(same => same)
        && Members.Count == other.Members.Count && Members.All(m => other[m.Key] is { } value && m.Value.Says(value));

    /// <summary>As a message shows it, cut where it is long: a text bare, an object by its class.</summary>
    public override string ToString()
    {
        const int Longest = 40;
        string text = Kind switch
        {
            KerasValueKind.Null => "null",
            KerasValueKind.Boolean => Number != 0 ? "true" : "false",
            KerasValueKind.Number => Number.ToString("R", CultureInfo.InvariantCulture),
            KerasValueKind.Text => Text,
            KerasValueKind.List => "[" + string.Join(", ", Items.Take(8)) + "]",
            _ => this["class_name"] is { Kind: KerasValueKind.Text } name ? name.Text : "{...}",
        };
        return text.Length <= Longest ? text : text.Substring(0, Longest) + "...";
    }
}
