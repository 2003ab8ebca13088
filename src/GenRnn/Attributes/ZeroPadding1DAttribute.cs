using System;

namespace GenRnn;

/// <summary>
/// Steps of zeros in front of a sequence and behind it, Keras' <c>ZeroPadding1D</c>: <c>[rows, T, F]</c> becomes <c>[rows, front + T + back, F]</c>.
/// As in Keras, a mask ends here. A model with this layer does not stream.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class ZeroPadding1DAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="front">Steps in front, 0 or more.</param>
    /// <param name="back">Steps behind, 0 or more.</param>
    public ZeroPadding1DAttribute(int front, int back)
    {
        Front = front;
        Back = back;
    }

    /// <summary>Steps in front.</summary>
    public int Front { get; }

    /// <summary>Steps behind.</summary>
    public int Back { get; }

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>zero_padding1d</c>) unless set.</summary>
    public string? Name { get; set; }
}
