using GenRnn.Compiler.Language;

namespace GenRnn.Compiler.Spec;

/// <summary>An initialiser by its name in the runtime's enum, with the arguments that were given; the others keep Keras' defaults.</summary>
public sealed record InitializerSpec(string Kind, EquatableArray<FlagSpec> Arguments = default)
{
    /// <summary>First element of a block that starts as ones instead (a forget gate's bias).</summary>
    public int OnesStart { get; init; }

    /// <summary>Length of that block; 0 for none.</summary>
    public int OnesLength { get; init; }
}
