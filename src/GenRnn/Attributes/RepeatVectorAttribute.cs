using System;

namespace GenRnn;

/// <summary>
/// A vector at each of n steps, Keras' <c>RepeatVector</c>: <c>[rows, F]</c> becomes <c>[rows, n, F]</c>. It stands between an encoder and its decoder.
/// A model with this layer does not stream.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class RepeatVectorAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="n">Number of steps, at least 1.</param>
    public RepeatVectorAttribute(int n) => N = n;

    /// <summary>Number of steps.</summary>
    public int N { get; }

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>repeat_vector</c>, <c>repeat_vector_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
