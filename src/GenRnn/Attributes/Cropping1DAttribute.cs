using System;

namespace GenRnn;

/// <summary>
/// A sequence without its first and last steps, Keras' <c>Cropping1D</c>: <c>[rows, T, F]</c> becomes <c>[rows, T - front - back, F]</c>, of which at least one step must be left.
/// As in Keras, a mask ends here. A model with this layer does not stream.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class Cropping1DAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="front">Steps to leave out at the front, 0 or more.</param>
    /// <param name="back">Steps to leave out at the back, 0 or more.</param>
    public Cropping1DAttribute(int front, int back)
    {
        Front = front;
        Back = back;
    }

    /// <summary>Steps to leave out at the front.</summary>
    public int Front { get; }

    /// <summary>Steps to leave out at the back.</summary>
    public int Back { get; }

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>cropping1d</c>) unless set.</summary>
    public string? Name { get; set; }
}
