namespace GenRnn.Compiler.Language;

/// <summary>Flags that every item has, or every layer with weights.</summary>
public static class ItemFlags
{
    public static Flag<string> Name { get; } = Flag.Text("Name") with { Effect = FlagEffect.Name };

    /// <summary>Whether the optimiser updates the layer's weights.</summary>
    public static Flag<bool> Trainable { get; } = Flag.Boolean("Trainable", true) with { Effect = FlagEffect.Training };
}
