using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Spec;

namespace GenRnn.Generator.Parsing;

/// <summary>Whose option a flag is that stands at the wrong attribute: Keras users give <c>return_sequences</c> to the layer that needs it.</summary>
public static class FlagOwner
{
    private const int MostNamed = 4;

    /// <summary>The nearest item in front that has the flag; -1 if none has.</summary>
    /// <param name="written">The flag as written.</param>
    /// <param name="before">The items in front of the attribute.</param>
    /// <param name="flag">The flag under its right name; empty if none has it.</param>
    public static int Find(string written, IReadOnlyList<ItemSpec> before, out string flag)
    {
        for (int item = before.Count - 1; item >= 0; item--)
        {
            if (Match(written, before[item].Kind) is { } match)
            {
                flag = match;
                return item;
            }
        }

        flag = "";
        return -1;
    }

    /// <summary>The end of a message, after a semicolon; empty if no other attribute has such a flag.</summary>
    internal static string Describe(string written, string kind, IReadOnlyList<ItemSpec> before)
    {
        // A second spelling of a flag that is set already.
        if (Match(written, kind) is not null)
            return "";

        int item = Find(written, before, out string flag);
        if (item >= 0)
            return "; " + (flag == written ? "it" : "'" + flag + "'") + " belongs to " + before[item].Describe() + " before it";

        List<string> kinds = Catalogue.Items.Where(i => Match(written, i.Kind) is not null).Select(i => i.Kind).ToList();
        return kinds.Count == 0 ? "" : "; it is one of " + string.Join(", ", kinds.Take(MostNamed)) + (kinds.Count > MostNamed ? ", ..." : "");
    }

    private static string? Match(string written, string kind) => Catalogue.Find(kind) is { } definition
        ? Spelling.FindNearest(written, definition.Flags.Where(f => !f.IsPositional).Select(f => f.Name))
        : null;
}
