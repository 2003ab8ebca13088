using System;

namespace GenRnn;

/// <summary>
/// An earlier layer once more: with its flags and its weights, on what this item reads. Keras: the same layer object called again.
/// </summary>
/// <remarks>
/// States, masks and dropout are of each place. The item reads what stands in front of it, or what <c>[From]</c> says; <c>[InitialState]</c> and <c>[Output]</c> may stand in front as well, and
/// nothing else. Sequences of other lengths are legal, other features are not. The gradient of a weight is the sum over all places. Stateful layers and BatchNormalization cannot be shared.
/// </remarks>
/// <example><code>
/// [Input(TimeSteps = 6, Features = 3, Name = "Left")]
/// [Input(TimeSteps = 6, Features = 3, Name = "Right")]
/// [From("Left")]
/// [Lstm(5, Name = "Encoder")]
/// [From("Right")]
/// [Shared("Encoder", Name = "RightEncoder")]
/// [From("Encoder", "RightEncoder")]
/// [Subtract]
/// [Dense(1, Activation = Activation.Sigmoid)]
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class SharedAttribute : Attribute
{
    /// <summary>Declares the item.</summary>
    /// <param name="source">Name of a layer that stands above.</param>
    public SharedAttribute(string source) => Source = source;

    /// <summary>Name of a layer that stands above.</summary>
    public string Source { get; }

    /// <summary>The name of what the layer gives here: a valid C# identifier, unique in the model.</summary>
    public string? Name { get; set; }
}
