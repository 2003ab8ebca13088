namespace GenRnn.Compiler.Language;

/// <summary>What kind of value a flag takes.</summary>
public enum FlagType
{
    Integer,
    /// <summary>A whole number of 64 bits.</summary>
    LongInteger,
    Number,
    Boolean,
    Text,
    /// <summary>An enum of the runtime, by member name; <see cref="FlagDefinition.EnumName"/> says which.</summary>
    Enum,
    /// <summary>One or more strings.</summary>
    TextList,
    /// <summary>One or more whole numbers, as text.</summary>
    IntegerList,
    /// <summary>One or more types, by metadata name.</summary>
    TypeList,
}

/// <summary>What a flag has an effect on.</summary>
public enum FlagEffect
{
    /// <summary>What a model with given weights computes; the only one that weights of a file go by.</summary>
    Inference,

    /// <summary>What weights start with.</summary>
    Start,

    /// <summary>What differs in training alone.</summary>
    Training,

    /// <summary>How the same values are computed, kept, or given besides.</summary>
    Running,

    /// <summary>What something is called.</summary>
    Name,
}

/// <summary>One flag of an attribute.</summary>
/// <param name="Name">Its .NET name, the property (or, for positional ones, the parameter) of the attribute.</param>
/// <param name="Type">Kind of value.</param>
/// <param name="EnumName">Name of the enum, or empty.</param>
/// <param name="IsPositional">Whether it is a constructor argument.</param>
/// <param name="IsOptional">Whether a constructor argument may be left out.</param>
public record FlagDefinition(string Name, FlagType Type, string EnumName = "", bool IsPositional = false, bool IsOptional = false)
{
    /// <summary>What it has an effect on.</summary>
    public FlagEffect Effect { get; init; } = FlagEffect.Inference;

    /// <summary>The value that means the same as its absence: a number, a boolean, or an enum's member. Null if no value does.</summary>
    public object? Default { get; init; }

    /// <summary>Of an activation's parameter: the flag that says which activation, which has a default of its own.</summary>
    public string AlphaOf { get; init; } = "";

    /// <summary>The weight that starts as the flag says, as modifiers name it; empty for another flag.</summary>
    public string Starts { get; init; } = "";

    /// <summary>The weight that is there only if the flag was set; empty for another flag.</summary>
    public string Adds { get; init; } = "";

    /// <summary>The weight that is there only if the flag is true; empty for another flag.</summary>
    public string Keeps { get; init; } = "";

    /// <summary>Whether it takes any number of values.</summary>
    public bool IsList => Type is FlagType.TextList or FlagType.TypeList or FlagType.IntegerList;
}
