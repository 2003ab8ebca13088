namespace GenRnn.Compiler.Language;

/// <summary><c>[Initialize]</c>: how a weight starts, with numbers. Defaults are Keras'; which numbers an initialiser has is its own affair.</summary>
public static class InitializeItem
{
    public const string Kind = "Initialize";

    public static Flag<string> Weight { get; } = Flag.Enum("Weight", "Weight") with { IsPositional = true, Effect = FlagEffect.Start };

    public static Flag<string> Initializer { get; } = Flag.Enum("Initializer", "Initializer") with { IsPositional = true, Effect = FlagEffect.Start };

    public static Flag<double> Gain { get; } = Flag.Number("Gain", 1) with { Effect = FlagEffect.Start };

    public static Flag<double> Value { get; } = Flag.Number("Value", 0) with { Effect = FlagEffect.Start };

    public static Flag<double> Mean { get; } = Flag.Number("Mean", 0) with { Effect = FlagEffect.Start };

    public static Flag<double> StandardDeviation { get; } = Flag.Number("StandardDeviation", 0.05) with { Effect = FlagEffect.Start };

    public static Flag<double> Minimum { get; } = Flag.Number("Minimum", -0.05) with { Effect = FlagEffect.Start };

    public static Flag<double> Maximum { get; } = Flag.Number("Maximum", 0.05) with { Effect = FlagEffect.Start };

    public static Flag<double> Scale { get; } = Flag.Number("Scale", 1) with { Effect = FlagEffect.Start };

    public static Flag<string> Mode { get; } = Flag.Enum("Mode", "FanMode", "FanIn") with { Effect = FlagEffect.Start };

    public static Flag<bool> IsUniform { get; } = Flag.Boolean("IsUniform", false) with { Effect = FlagEffect.Start };

    public static ItemDefinition Definition { get; } = new(
        Kind, ItemRole.Modifier, new FlagDefinition[] { Weight, Initializer, Gain, Value, Mean, StandardDeviation, Minimum, Maximum, Scale, Mode, IsUniform });
}
