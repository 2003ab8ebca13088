using System;

namespace GenRnn;

/// <summary>
/// Modifier of the next layer, a recurrent one: its states start from named vector inputs rather than from zeros.
/// </summary>
/// <example><code>
/// [Input(TimeSteps = 20, Features = 3)]
/// [Input(Features = 8, Name = "H0")]
/// [InitialState("H0")]
/// [SimpleRnn(8)]
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class InitialStateAttribute : Attribute
{
    /// <summary>Declares the modifier.</summary>
    /// <param name="sources">One name a state, in the layer's order of states; each source is as wide as its state.</param>
    public InitialStateAttribute(params string[] sources) => Sources = sources;

    /// <summary>One name a state, in the layer's order of states.</summary>
    public string[] Sources { get; }
}
