namespace GenRnn.Compiler.Language;

/// <summary>A flag with the type of its values: what an attribute says of it is <c>item[Units]</c>, and there is no other place for its default.</summary>
/// <typeparam name="T">The type; texts and members of enums are strings, lists are lists of strings.</typeparam>
/// <param name="Name">Its .NET name.</param>
/// <param name="Type">Kind of value.</param>
/// <param name="Absent">What is read where it was not set.</param>
public sealed record Flag<T>(string Name, FlagType Type, T Absent) : FlagDefinition(Name, Type);

/// <summary>Makes flags. One without a default has no value that means the same as its absence: a width that must be said, a limit that there may not be.</summary>
public static class Flag
{
    /// <summary>What the flag of a weight ends with: <c>KernelInitializer</c>.</summary>
    public const string InitializerSuffix = "Initializer";

    public static Flag<int> Integer(string name) => new(name, FlagType.Integer, 0);

    public static Flag<int> Integer(string name, int @default) => new(name, FlagType.Integer, @default) { Default = (double)@default };

    public static Flag<long> LongInteger(string name) => new(name, FlagType.LongInteger, 0);

    public static Flag<double> Number(string name) => new(name, FlagType.Number, 0);

    public static Flag<double> Number(string name, double @default) => new(name, FlagType.Number, @default) { Default = @default };

    public static Flag<bool> Boolean(string name, bool @default) => new(name, FlagType.Boolean, @default) { Default = @default };

    public static Flag<string> Text(string name) => new(name, FlagType.Text, "");

    /// <param name="name">The flag.</param>
    /// <param name="type">The enum's name.</param>
    public static Flag<string> Enum(string name, string type) => new(name, FlagType.Enum, "") { EnumName = type };

    /// <param name="name">The flag.</param>
    /// <param name="type">The enum's name.</param>
    /// <param name="default">One of its members.</param>
    public static Flag<string> Enum(string name, string type, string @default) => new(name, FlagType.Enum, @default) { EnumName = type, Default = @default };

    public static Flag<EquatableArray<string>> Texts(string name) => new(name, FlagType.TextList, default);

    public static Flag<EquatableArray<string>> Integers(string name) => new(name, FlagType.IntegerList, default);

    public static Flag<EquatableArray<string>> Types(string name) => new(name, FlagType.TypeList, default);

    /// <summary>How a weight starts, which is a flag of its name: <c>KernelInitializer</c>.</summary>
    /// <param name="weight">The weight, as modifiers name it.</param>
    /// <param name="default">Keras' default.</param>
    public static Flag<string> Initializer(string weight, string @default) =>
        Enum(weight + InitializerSuffix, "Initializer", @default) with { Effect = FlagEffect.Start, Starts = weight };
}
