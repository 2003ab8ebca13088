using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Interop;

/// <summary>One key of a layer's configuration and what it becomes.</summary>
/// <param name="Key">Keras' key, of Keras 2 on.</param>
/// <param name="Read">Takes a value into the layer, or refuses it.</param>
internal sealed record KerasFlag(string Key, Action<KerasValue, KerasReading> Read)
{
    /// <summary>Every integer of a declaration is an int.</summary>
    private const double LargestInteger = int.MaxValue;

    /// <summary>Whether its value is looked at.</summary>
    public bool IsSilent { get; private init; }

    /// <summary>Says nothing about the numbers, or nothing that is not said elsewhere.</summary>
    public static KerasFlag Silent(string key) => new(key, (_, _) => { }) { IsSilent = true };

    /// <summary>Changes training alone, and Gen does not have it: named, and left aside.</summary>
    public static KerasFlag Aside(string key) => new(key, (value, layer) =>
    {
        if (!value.IsNull)
            layer.Aside.Add("'" + layer.Name + "': " + key + " " + value);
    });

    /// <summary>Null, or one of some values; any other is refused.</summary>
    public static KerasFlag Must(string key, params KerasValue[] values) => new(key, (value, layer) =>
    {
        if (!value.IsNull && !values.Any(value.Says))
            throw layer.Refused(key, value);
    });

    public static KerasFlag Boolean(string key, bool absent, string flag) => new(key, (value, layer) =>
    {
        if (value.Kind is not (KerasValueKind.Boolean or KerasValueKind.Number))
            throw layer.Refused(key, value);
        if ((value.Number != 0) != absent)
            layer.Set(flag, FlagValue.Of(!absent));
    });

    /// <summary>A number, or a list of one; null is the default.</summary>
    public static KerasFlag Number(string key, double absent, string flag) => new(key, (value, layer) =>
    {
        if (!value.IsNull && Single(key, value, layer) is var number && number != absent)
            layer.Set(flag, FlagValue.Of(number));
    });

    /// <summary>A whole number that must be there.</summary>
    public static KerasFlag Size(string key, string flag) => new(key, (value, layer) =>
    {
        double number = Single(key, value, layer);
        if (number != Math.Floor(number) || number < 1 || number > LargestInteger)
            throw layer.Refused(key, value);
        layer.Set(flag, FlagValue.Of(number));
    });

    /// <summary>A list of whole numbers, or one.</summary>
    /// <param name="key">Keras' key.</param>
    /// <param name="least">How many there must be.</param>
    /// <param name="most">How many there may be.</param>
    /// <param name="set">Takes them into the layer.</param>
    public static KerasFlag Integers(string key, int least, int most, Action<IReadOnlyList<int>, KerasReading> set) => new(key, (value, layer) =>
    {
        IReadOnlyList<KerasValue> items = value.Kind == KerasValueKind.List ? value.Items : new[] { value };
        if (items.Count < least || items.Count > most || items.Any(i => i.Kind != KerasValueKind.Number || i.Number != Math.Floor(i.Number) || Math.Abs(i.Number) > LargestInteger))
            throw layer.Refused(key, value);
        set(items.Select(i => (int)i.Number).ToList(), layer);
    });

    /// <summary>A number that is always written.</summary>
    public static KerasFlag Rate(string key, string flag) => new(key, (value, layer) => layer.Set(flag, FlagValue.Of(Single(key, value, layer))));

    /// <summary>A word, and the member of the flag's enum that it is.</summary>
    public static KerasFlag Word(string key, string flag, string absent, params string[] words) => new(key, (value, layer) =>
    {
        if (value.Kind != KerasValueKind.Text || !words.Contains(value.Text))
            throw layer.Refused(key, value);
        if (value.Text != absent)
            layer.Set(flag, FlagValue.Of(char.ToUpperInvariant(value.Text[0]) + value.Text.Substring(1)));
    });

    /// <summary>An activation.</summary>
    /// <param name="key">Keras' key.</param>
    /// <param name="flag">Gen's flag.</param>
    /// <param name="absent">The default, as Gen calls it.</param>
    public static KerasFlag Activation(string key, string flag, string absent) => new(key, (value, layer) =>
    {
        if (KerasFunctions.Of(key, value, layer) is var function && function != absent)
            layer.Set(flag, FlagValue.Of(function));
    });

    /// <summary>What a weight starts with: a flag of the layer, or a modifier where it has arguments. Of no concern where weights are imported, so one that Gen does not have is left aside.</summary>
    public static KerasFlag Initializer(string key, string absent, string weight) => new(key, (value, layer) =>
    {
        if (value.IsNull)
            return;
        if (KerasFunctions.Initializer(value) is { } plain)
        {
            if (plain != absent)
                layer.Set(weight + LayerWeights.FlagSuffix, FlagValue.Of(plain));
        }
        else
        {
            layer.Modify(key, value, KerasModifiers.Initialize(weight, value));
        }
    });

    /// <summary>The regulariser and the constraint of a weight.</summary>
    public static IEnumerable<KerasFlag> OfWeight(string key, string weight) => new[]
    {
        Regularizer(key + "_regularizer", weight),
        new KerasFlag(key + "_constraint", (value, layer) => layer.Modify(key + "_constraint", value, KerasModifiers.Constrain(weight, value))),
    };

    /// <summary>A penalty on a weight, or on what a layer gives.</summary>
    public static KerasFlag Regularizer(string key, string weight) => new(key, (value, layer) => layer.Modify(key, value, KerasModifiers.Regularize(weight, value)));

    /// <summary>A number, or the only one of a list.</summary>
    public static double Single(string key, KerasValue value, KerasReading layer)
    {
        KerasValue one = value.Kind == KerasValueKind.List && value.Items.Count == 1 ? value.Items[0] : value;
        return one.Kind == KerasValueKind.Number ? one.Number : throw layer.Refused(key, value);
    }
}
