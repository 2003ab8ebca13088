using System.Collections.Generic;
using GenRnn.Compiler.Language;

namespace GenRnn.Compiler.Layers.Cells;

/// <summary>Flags that cells share.</summary>
public static class CellFlags
{
    public static Flag<string> Activation { get; } = Flag.Enum("Activation", "Activation", "Tanh");

    /// <summary>The activation of gates.</summary>
    public static Flag<string> RecurrentActivation { get; } = Flag.Enum("RecurrentActivation", "Activation", "Sigmoid");

    public static Flag<string> RecurrentInitializer { get; } = Flag.Initializer("Recurrent", "Orthogonal");

    /// <summary>Rate of the input.</summary>
    public static Flag<double> Dropout { get; } = Flag.Number("Dropout", 0) with { Effect = FlagEffect.Training };

    /// <summary>Rate of the state before the step.</summary>
    public static Flag<double> RecurrentDropout { get; } = Flag.Number("RecurrentDropout", 0) with { Effect = FlagEffect.Training };

    /// <summary>In Keras' order: units and activations, bias, the cell's own switches, then initialisers and dropout.</summary>
    /// <param name="isGated">Whether gates have an activation of their own.</param>
    /// <param name="own">The cell's own switches.</param>
    public static IReadOnlyList<FlagDefinition> With(bool isGated, params FlagDefinition[] own)
    {
        List<FlagDefinition> flags = new() { LayerFlags.Units, Activation };
        if (isGated)
            flags.Add(RecurrentActivation);
        flags.Add(LayerFlags.UseBias);
        flags.AddRange(own);
        flags.AddRange(new FlagDefinition[] { LayerFlags.KernelInitializer, RecurrentInitializer, LayerFlags.BiasInitializer, Dropout, RecurrentDropout });
        return flags;
    }
}
