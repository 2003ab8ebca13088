using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using GenRnn.Compiler.Spec;

namespace GenRnn.Tool.Importing;

/// <summary>Names of classes: made of a file's, or checked.</summary>
internal static class ClassNames
{
    private static readonly HashSet<string> s_keywords =
    [
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default", "delegate", "do", "double", "else",
        "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long",
        "namespace", "new", "null", "object", "operator", "out", "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof",
        "stackalloc", "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void",
        "volatile", "while", "record", "partial", "var", "dynamic", "required", "file", "scoped", "field",
    ];

    /// <summary><c>my-forecaster.v2.keras</c> is <c>MyForecasterV2</c>: of letters, digits and underscores.</summary>
    public static string Of(string path)
    {
        var name = new StringBuilder();
        bool beginsWord = true;
        foreach (char c in StemOf(path))
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                beginsWord = true;
                continue;
            }

            name.Append(beginsWord ? char.ToUpperInvariant(c) : c);
            beginsWord = false;
        }

        if (name.Length == 0 || char.IsAsciiDigit(name[0]))
            name.Insert(0, "Model");
        return IsTaken(name.ToString()) ? name.Append("Model").ToString() : name.ToString();
    }

    /// <summary>A file's name without what its kind is called by.</summary>
    public static string StemOf(string path)
    {
        string name = Path.GetFileName(path);
        foreach (string ending in new[] { ".config.json", ".weights.h5", ".keras", ".hdf5", ".h5", ".json" })
        {
            if (name.Length > ending.Length && name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                return name[..^ending.Length];
        }

        return Path.GetFileNameWithoutExtension(name) is { Length: > 0 } stem ? stem : name;
    }

    /// <summary>What is wrong with the name of a class; null if nothing is.</summary>
    public static string? Problem(string name) =>
        !IsIdentifier(name) ? $"'{ForeignText.Quote(name)}' is no name of a class." : IsTaken(name) ? $"'{name}' is a type of Gen's; the class needs another name." : null;

    public static string? NamespaceProblem(string name) =>
        name.Length == 0 || name.Split('.').All(IsIdentifier) ? null : $"'{ForeignText.Quote(name)}' is no namespace.";

    private static bool IsIdentifier(string name) =>
        name.Length > 0 && (char.IsLetter(name[0]) || name[0] == '_') && name.All(c => char.IsLetterOrDigit(c) || c == '_') && !s_keywords.Contains(name);

    /// <summary>Whether the declaration's own words would mean the class: its enums and attributes.</summary>
    private static bool IsTaken(string name) =>
        name is "Unroll" or "GenRnn" || Catalogue.Items.Any(i => i.Kind == name || i.Kind + "Attribute" == name || i.Flags.Any(f => f.EnumName == name));
}
