using GenRnn.Compiler.Language;

namespace GenRnn.Compiler.Layers;

/// <summary>Flags of layers that look at windows of steps.</summary>
internal static class WindowFlags
{
    public static Flag<int> KernelSize { get; } = Flag.Integer("KernelSize") with { IsPositional = true };

    public static Flag<int> Strides { get; } = Flag.Integer("Strides", 1);

    public static Flag<string> Padding { get; } = Flag.Enum("Padding", "Padding", "Valid");

    public static Flag<int> DilationRate { get; } = Flag.Integer("DilationRate", 1);
}
