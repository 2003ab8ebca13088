namespace GenRnn.Compiler.Spec;

/// <summary>An initialiser by its name in the runtime's enum, with the arguments that were given; the others keep Keras' defaults.</summary>
public sealed record InitializerSpec(string Kind, EquatableArray<FlagSpec> Arguments = default);
