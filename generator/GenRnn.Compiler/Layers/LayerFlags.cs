using GenRnn.Compiler.Language;

namespace GenRnn.Compiler.Layers;

/// <summary>Flags that several layers have.</summary>
public static class LayerFlags
{
    public static Flag<int> Units { get; } = Flag.Integer("Units") with { IsPositional = true };

    public static Flag<string> Activation { get; } = Flag.Enum("Activation", "Activation", "Linear");

    /// <summary>Whether there is a bias.</summary>
    public static Flag<bool> UseBias { get; } = Flag.Boolean("UseBias", true) with { Keeps = "Bias" };

    public static Flag<string> KernelInitializer { get; } = Flag.Initializer("Kernel", "GlorotUniform");

    public static Flag<string> BiasInitializer { get; } = Flag.Initializer("Bias", "Zeros");

    /// <summary>The number in an activation that has one.</summary>
    /// <param name="name">The flag.</param>
    /// <param name="activation">The flag that says which activation.</param>
    public static Flag<double> AlphaOf(string name, Flag<string> activation) => Flag.Number(name) with { AlphaOf = activation.Name };
}
