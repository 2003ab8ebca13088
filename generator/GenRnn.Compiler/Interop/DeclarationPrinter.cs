using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using GenRnn.Compiler.CSharp;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Interop;

/// <summary>Writes a declaration as C#: the attributes that a person would have written.</summary>
public static class DeclarationPrinter
{
    /// <summary>A source file.</summary>
    /// <param name="spec">The declaration. Cells of one's own are not written.</param>
    /// <param name="comment">Lines above the usings.</param>
    public static string Print(ModelSpec spec, IEnumerable<string> comment)
    {
        StringBuilder text = new();
        foreach (string line in comment)
            text.Append(("// " + line).TrimEnd()).Append('\n');
        text.Append("using GenRnn;\n\n");
        if (spec.Class.Namespace.Length > 0)
            text.Append("namespace ").Append(spec.Class.Namespace).Append(";\n\n");
        foreach (string line in spec.Items.SelectMany(Lines))
            text.Append(line).Append('\n');
        return text.Append("public partial class ").Append(spec.Class.Name).Append(";\n").ToString();
    }

    /// <summary>The attributes of an item, one a line: modifiers, its own, and then those of a backward half.</summary>
    public static IEnumerable<string> Lines(ItemSpec item)
    {
        foreach (ModifierSpec modifier in item.Modifiers.Where(m => m.Layer is null))
            yield return Attribute(modifier.Kind, modifier.Flags);
        yield return Attribute(item.Kind, item.Flags);
        if (BackwardHalf.Of(item) is not { } half)
            yield break;
        yield return Attribute(BackwardHalf.Kind, default);
        foreach (string line in Lines(half))
            yield return line;
    }

    /// <summary>The arguments of an item's own attribute, those without a name first.</summary>
    public static IEnumerable<(FlagDefinition Flag, string Value)> Arguments(ItemSpec item) => Arguments(item.Kind, item.Flags);

    /// <summary>An attribute of arguments that are written already.</summary>
    public static string Written(string kind, IEnumerable<string> arguments)
    {
        string all = string.Join(", ", arguments);
        return "[" + kind + (all.Length == 0 ? "" : "(" + all + ")") + "]";
    }

    private static string Attribute(string kind, EquatableArray<FlagSpec> flags) =>
        Written(kind, Arguments(kind, flags).Select(a => (a.Flag.IsPositional ? "" : a.Flag.Name + " = ") + a.Value));

    private static IEnumerable<(FlagDefinition Flag, string Value)> Arguments(string kind, EquatableArray<FlagSpec> flags)
    {
        ItemDefinition definition = Catalogue.Find(kind)!;
        return flags.Select(f => (Flag: definition.Find(f.Name)!, f.Value)).OrderBy(f => f.Flag.IsPositional ? 0 : 1).Select(f => (f.Flag, Value(f.Flag, f.Value)));
    }

    private static string Value(FlagDefinition flag, FlagValue value) => flag.Type switch
    {
        FlagType.Boolean => value.Boolean ? "true" : "false",
        FlagType.Enum => flag.EnumName + "." + value.Text,
        FlagType.Text => Literals.String(value.Text ?? ""),
        FlagType.TypeList => string.Join(", ", value.List.Select(type => "typeof(" + type + ")")),
        FlagType.IntegerList => string.Join(", ", value.List),
        FlagType.TextList => string.Join(", ", value.List.Select(Literals.String)),
        FlagType.Integer when flag.Name == "Unroll" => value.Number == -1 ? "Unroll.Full" : value.Number.ToString(CultureInfo.InvariantCulture),
        _ => value.Number.ToString("R", CultureInfo.InvariantCulture),
    };
}
