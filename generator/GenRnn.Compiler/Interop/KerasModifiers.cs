using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Interop;

/// <summary>What Keras says of a weight besides its layer's flags, as modifiers of the layer: initialisers with arguments, regularisers, constraints.</summary>
internal static class KerasModifiers
{
    private const double DefaultFactor = 0.01;

    /// <summary>Keras' argument of an initialiser, the one of <c>[Initialize]</c>, and the number that its absence means.</summary>
    private static readonly (string Key, string Flag, double Absent)[] s_numbers =
    {
        ("gain", "Gain", 1), ("value", "Value", 0), ("mean", "Mean", 0), ("stddev", "StandardDeviation", 0.05), ("minval", "Minimum", -0.05), ("maxval", "Maximum", 0.05), ("scale", "Scale", 1),
    };

    /// <summary><c>[Initialize]</c>; null if Gen does not have the initialiser, or an argument of it.</summary>
    public static ModifierSpec? Initialize(string weight, KerasValue value)
    {
        if (KerasFunctions.NameOfInitializer(value) is not { } kind)
            return null;
        List<FlagSpec> flags = new() { new("Weight", FlagValue.Of(weight)), new("Initializer", FlagValue.Of(kind)) };
        foreach (KeyValuePair<string, KerasValue> argument in value["config"]?.Members ?? new KeyValuePair<string, KerasValue>[0])
        {
            if (argument.Value.IsNull || argument.Key is "seed" or "dtype")
                continue;
            (string Key, string Flag, double Absent) number = s_numbers.FirstOrDefault(n => n.Key == argument.Key);
            if (number.Key is not null && argument.Value.Kind == KerasValueKind.Number)
            {
                if (argument.Value.Number != number.Absent)
                    flags.Add(new FlagSpec(number.Flag, FlagValue.Of(argument.Value.Number)));
            }
            else if ((argument.Key, argument.Value.Text) is ("mode", "fan_out" or "fan_avg"))
            {
                flags.Add(new FlagSpec("Mode", FlagValue.Of(argument.Value.Text == "fan_out" ? "FanOut" : "FanAverage")));
            }
            else if ((argument.Key, argument.Value.Text) is ("distribution", "uniform"))
            {
                flags.Add(new FlagSpec("IsUniform", FlagValue.Of(true)));
            }
            else if ((argument.Key, argument.Value.Text) is not (("mode", "fan_in") or ("distribution", "truncated_normal" or "normal")))
            {
                return null;
            }
        }

        return Modifier("Initialize", flags);
    }

    /// <summary><c>[Regularize]</c>; null for a regulariser that Gen does not have, one without flags for one that does nothing.</summary>
    public static ModifierSpec? Regularize(string weight, KerasValue value)
    {
        string kind = value.Kind == KerasValueKind.Text ? value.Text.ToUpperInvariant() : value["class_name"]?.Text ?? "";
        double Factor(string key, double absent) => value["config"]?[key] is { Kind: KerasValueKind.Number } number ? number.Number : absent;
        List<FlagSpec> flags = new() { new("Weight", FlagValue.Of(weight)) };
        void Add(string flag, double factor)
        {
            if (factor != 0)
                flags.Add(new FlagSpec(flag, FlagValue.Of(factor)));
        }

        switch (kind)
        {
            case "L1":
                Add("L1", Factor("l1", DefaultFactor));
                break;
            case "L2":
                Add("L2", Factor("l2", DefaultFactor));
                break;
            case "L1L2":
                Add("L1", Factor("l1", 0));
                Add("L2", Factor("l2", 0));
                break;
            case "OrthogonalRegularizer":
                Add("Orthogonal", Factor("factor", DefaultFactor));
                if (value["config"]?["mode"]?.Text == "columns")
                    flags.Add(new FlagSpec("Mode", FlagValue.Of("Columns")));
                break;
            default:
                return null;
        }

        return Modifier(RegularizerSpec.Kind, flags.Count == 1 ? new List<FlagSpec>() : flags);
    }

    /// <summary><c>[Constrain]</c>; null if Gen does not have the constraint.</summary>
    public static ModifierSpec? Constrain(string weight, KerasValue value)
    {
        string? kind = value["class_name"]?.Text switch
        {
            "MaxNorm" => "MaxNorm",
            "UnitNorm" => "UnitNorm",
            "NonNeg" => "NonNegative",
            "MinMaxNorm" => "MinMaxNorm",
            _ => null,
        };
        if (kind is null)
            return null;
        List<FlagSpec> flags = new() { new("Weight", FlagValue.Of(weight)), new("Kind", FlagValue.Of(kind)) };
        foreach ((string key, string flag, double absent) in new[] { ("min_value", "Min", 0.0), ("max_value", "Max", kind == "MaxNorm" ? 2 : 1), ("rate", "Rate", 1) })
        {
            if (value["config"]?[key] is { Kind: KerasValueKind.Number } number && number.Number != absent)
                flags.Add(new FlagSpec(flag, FlagValue.Of(number.Number)));
        }

        if (value["config"]?["axis"] is { } axis)
        {
            if (axis.Kind == KerasValueKind.List)
                flags.Add(new FlagSpec("Axes", FlagValue.Of(axis.Items.Select(a => a.ToString()))));
            else if (axis.Number != 0)
                flags.Add(new FlagSpec("Axis", FlagValue.Of(axis.Number)));
        }

        return Modifier(ConstraintSpec.Kind, flags);
    }

    /// <summary>With its arguments in the catalogue's order, as the parser gives them.</summary>
    private static ModifierSpec Modifier(string kind, List<FlagSpec> flags) =>
        new(kind, Catalogue.Find(kind)!.Flags.SelectMany(d => flags.Where(f => f.Name == d.Name)).ToEquatableArray());
}
