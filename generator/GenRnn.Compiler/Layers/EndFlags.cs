using GenRnn.Compiler.Language;

namespace GenRnn.Compiler.Layers;

/// <summary>Flags of layers that add or leave out steps at the ends of a sequence.</summary>
internal static class EndFlags
{
    public static Flag<int> Front { get; } = Flag.Integer("Front") with { IsPositional = true };

    public static Flag<int> Back { get; } = Flag.Integer("Back") with { IsPositional = true };
}
