using GenRnn.Compiler.Language;

namespace GenRnn.Compiler.Layers;

/// <summary>Flags of layers that scale what they normalised, and shift it.</summary>
internal static class ScaleFlags
{
    public static Flag<bool> Center { get; } = Flag.Boolean("Center", true) with { Keeps = "Beta" };

    public static Flag<bool> Scale { get; } = Flag.Boolean("Scale", true) with { Keeps = "Gamma" };

    public static Flag<string> BetaInitializer { get; } = Flag.Initializer("Beta", "Zeros");

    public static Flag<string> GammaInitializer { get; } = Flag.Initializer("Gamma", "Ones");
}
