using System;
using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Generator.Parsing;

/// <summary>The names that a declaration gives its items: parameters and members are called after them.</summary>
internal sealed class ItemNames
{
    /// <summary>Names of parameters and variables that stand beside those of the inputs in Predict, Forward and Backward.</summary>
    private static readonly string[] s_reserved =
    {
        "Output", "State", "Workspace", "Training", "OutputGradient", "InputGradient",
        "Arena", "Count", "InUse", "Memory", "Origin", "OutputLength", "Panels", "Row", "Rows",
    };

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);
    private int _namelessInputs;

    /// <summary>Whether the parameters of Predict could not be told apart.</summary>
    public bool HasAmbiguousInputs => _namelessInputs > 1;

    /// <summary>Counts an input without a name; whether it is the second, from which on they cannot be told apart.</summary>
    public bool AddNamelessInput() => ++_namelessInputs == 2;

    /// <summary>Takes a name; what is wrong with it, or null.</summary>
    public string? Add(string name, bool isInput)
    {
        if (!Identifiers.IsPlainIdentifier(name))
            return "is not an identifier of C#; members of the class are called after it";
        if (Identifiers.IsKeyword(name))
            return "is a keyword of C#; members of the class are called after it";
        if (isInput && s_reserved.Contains(name, StringComparer.OrdinalIgnoreCase))
            return "is the name of another parameter or variable in Predict, Forward or Backward";
        return _taken.Add(name) ? null : "is taken; names differ in more than case, because parameters and members are called after them";
    }
}
