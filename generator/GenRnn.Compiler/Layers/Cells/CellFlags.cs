using System.Collections.Generic;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers.Cells;

/// <summary>Flags that cells share, in Keras' order.</summary>
internal static class CellFlags
{
    /// <summary>Units and activations, bias, the cell's own switches, then initialisers and dropout.</summary>
    /// <param name="isGated">Whether gates have an activation of their own.</param>
    /// <param name="own">The cell's own switches.</param>
    public static IReadOnlyList<FlagDefinition> With(bool isGated, params FlagDefinition[] own)
    {
        List<FlagDefinition> flags = new() { new("Units", FlagType.Integer, IsPositional: true), new("Activation", FlagType.Enum, "Activation") { Default = "Tanh" } };
        if (isGated)
            flags.Add(new("RecurrentActivation", FlagType.Enum, "Activation") { Default = "Sigmoid" });
        flags.Add(new("UseBias", FlagType.Boolean) { Default = true });
        flags.AddRange(own);
        flags.Add(new("KernelInitializer", FlagType.Enum, "Initializer") { Effect = FlagEffect.Start });
        flags.Add(new("RecurrentInitializer", FlagType.Enum, "Initializer") { Effect = FlagEffect.Start });
        flags.Add(new("BiasInitializer", FlagType.Enum, "Initializer") { Effect = FlagEffect.Start });
        flags.AddRange(CellDropout.Flags);
        return flags;
    }
}
