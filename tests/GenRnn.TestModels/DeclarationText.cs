using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Spec;

namespace GenRnn.TestModels;

/// <summary>The C# that a developer would write for a spec, so that one catalogue serves tests with and without Roslyn.</summary>
public static class DeclarationText
{
    /// <summary>A whole file: using, file-scoped namespace, attributes, partial class.</summary>
    public static string Write(ModelSpec spec)
    {
        StringBuilder text = new("using GenRnn;\n\n");
        if (spec.Class.Namespace.Length > 0)
            text.Append("namespace ").Append(spec.Class.Namespace).Append(";\n\n");
        return text.Append(WriteClass(spec)).ToString();
    }

    /// <summary>Only the class with its attributes.</summary>
    public static string WriteClass(ModelSpec spec)
    {
        StringBuilder text = new();
        foreach (ItemSpec item in spec.Items)
            WriteItem(text, item);

        text.Append("public partial ").Append(spec.Class.Keyword).Append(' ').Append(spec.Class.Name);
        List<CellSpec> cells = spec.Items.SelectMany(CellJoin.CellsOf).Distinct().ToList();
        return text.Append(cells.Count == 0 ? ";\n" : "\n{\n" + string.Join("\n", cells.Select(WriteCell)) + "}\n").ToString();
    }

    private static void WriteItem(StringBuilder text, ItemSpec item)
    {
        foreach (ModifierSpec modifier in item.Modifiers.Where(m => m.Layer is null))
            text.Append(Attribute(modifier.Kind, modifier.Flags)).Append('\n');
        text.Append(Attribute(item.Kind, item.Flags)).Append('\n');
        if (BackwardHalf.Of(item) is { } half)
            WriteItem(text.Append('[').Append(BackwardHalf.Kind).Append("]\n"), half);
    }

    private static string WriteCell(CellSpec cell)
    {
        if (cell.Body is not null)
            return CellWriter.Source(cell);
        StringBuilder text = new("    [Cell]\n");
        foreach (ItemSpec part in cell.Parts)
        {
            foreach (ModifierSpec modifier in part.Modifiers)
                text.Append("    ").Append(Attribute(modifier.Kind, modifier.Flags)).Append('\n');
            text.Append("    ").Append(Attribute(part.Kind, part.Flags)).Append('\n');
        }

        return text.Append("    public class ").Append(cell.Name).Append(";\n").ToString();
    }

    private static string Attribute(string kind, IEnumerable<FlagSpec> flags)
    {
        ItemDefinition definition = Catalogue.Find(kind)!;
        List<string> arguments = new();
        foreach (FlagSpec flag in flags)
        {
            FlagDefinition known = definition.Find(flag.Name)!;
            string value = Value(known, flag.Value);
            arguments.Add(known.IsPositional ? value : known.Name + " = " + value);
        }

        return arguments.Count == 0 ? "[" + kind + "]" : "[" + kind + "(" + string.Join(", ", arguments) + ")]";
    }

    private static string Value(FlagDefinition definition, FlagValue value) => definition.Type switch
    {
        FlagType.Boolean => value.Boolean ? "true" : "false",
        FlagType.Integer => value.Number.ToString(CultureInfo.InvariantCulture),
        FlagType.Number => value.Number.ToString("R", CultureInfo.InvariantCulture),
        FlagType.Enum => definition.EnumName + "." + value.Text,
        FlagType.Text => Quote(value.Text!),
        FlagType.IntegerList => string.Join(", ", value.List),
        FlagType.TypeList => string.Join(", ", value.List.Select(t => "typeof(" + t[(t.LastIndexOf('+') + 1)..] + ")")),
        _ => string.Join(", ", value.List.Select(Quote)),
    };

    private static string Quote(string text) => "\"" + text + "\"";
}
