using GenRnn.Compiler.Language;

namespace GenRnn.Compiler.Spec;

/// <summary>One attribute of a declaration: its name and the flags that were set.</summary>
/// <param name="Kind">The attribute's name without the suffix.</param>
/// <param name="Flags">The flags that were set, positional arguments under their parameter's flag name, in the order of their definitions. Not set means absent.</param>
public abstract record AttributeSpec(string Kind, EquatableArray<FlagSpec> Flags)
{
    /// <summary>What was set; null for nothing.</summary>
    public FlagValue? Find(string flag)
    {
        foreach (FlagSpec candidate in Flags)
        {
            if (candidate.Name == flag)
                return candidate.Value;
        }

        return null;
    }

    /// <summary>What was set; null for nothing.</summary>
    public FlagValue? Find(FlagDefinition flag) => Find(flag.Name);

    public bool Has(FlagDefinition flag) => Find(flag) is not null;

    /// <summary>What a flag says, by its absence if it was not set.</summary>
    public bool this[Flag<bool> flag] => Find(flag)?.Boolean ?? flag.Absent;

    public int this[Flag<int> flag] => Find(flag) is { } value ? (int)value.Number : flag.Absent;

    public double this[Flag<double> flag] => Find(flag)?.Number ?? flag.Absent;

    public string this[Flag<string> flag] => Find(flag)?.Text ?? flag.Absent;

    public EquatableArray<string> this[Flag<EquatableArray<string>> flag] => Find(flag)?.List ?? flag.Absent;

    public bool GetBoolean(string flag, bool absent = false) => Find(flag)?.Boolean ?? absent;

    public int GetInteger(string flag, int absent = 0) => Find(flag) is { } value ? (int)value.Number : absent;

    public double GetNumber(string flag, double absent = 0) => Find(flag)?.Number ?? absent;

    public string GetText(string flag, string absent = "") => Find(flag)?.Text ?? absent;
}
