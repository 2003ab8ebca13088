using System;

namespace GenRnn;

/// <summary>
/// The steps of a sequence side by side, first step first, Keras' <c>Flatten</c>: <c>[rows, T, F]</c> becomes <c>[rows, T F]</c>; a vector stays as it is.
/// A model with this layer does not stream.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class FlattenAttribute : Attribute
{
    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>flatten</c>, <c>flatten_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
