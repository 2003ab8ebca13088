using System;

namespace GenRnn;

/// <summary>
/// Modifier of the next layer: what it gives is an output of the model, besides what the last layer gives. Outputs stand in order of declaration, and each has a Name, which the parameters of
/// <c>Predict</c> and <c>Forward</c>, its target, its loss and its metrics are called by.
/// </summary>
/// <remarks>Other layers may read it as well, by <c>[From]</c>: nothing stands in front of the layer below an output.</remarks>
/// <example><code>
/// [Input(TimeSteps = 6, Features = 3)]
/// [Gru(5, Name = "Body")]
/// [Output]
/// [Dense(2, Name = "Price")]
/// [From("Body")]
/// [Dense(3, Activation = Activation.Softmax, Name = "Regime")]
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class OutputAttribute : Attribute
{
}
