using System;

namespace GenRnn;

/// <summary>
/// Marks steps to leave out, Keras' <c>Masking</c>: step t of a row counts if any of its values differs from the given one,
/// <c>mask[t] = any(x[t] != maskValue)</c>; the others become zero. <c>[rows, T, F]</c> stays <c>[rows, T, F]</c>.
/// </summary>
/// <remarks>
/// The mask goes on beside the sequence. At a masked step a recurrent layer keeps its states and gives the output of the step before, zeros before the
/// first step that counts (or always zeros, with <c>ZeroOutputForMask</c>); layers that work step by step pass it on;
/// <see cref="GlobalAveragePooling1DAttribute"/> averages over the steps that count; a layer that gives a vector ends it, and others lose it.
/// A loss is the mean over the steps that count. A row that a model carries on in a <c>State</c> continues as if it had come in one piece.
/// </remarks>
/// <example><code>
/// [Input(TimeSteps = 50, Features = 3)]
/// [Masking(-1)]
/// [Lstm(20)]
/// [Dense(1)]
/// public partial class Forecaster;
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class MaskingAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="maskValue">What all values of a masked step equal; 0 unless given.</param>
    public MaskingAttribute(double maskValue = 0) => MaskValue = maskValue;

    /// <summary>What all values of a masked step equal.</summary>
    public double MaskValue { get; }

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>masking</c>, <c>masking_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
