using System;

namespace GenRnn;

/// <summary>
/// Modifier of the next layer, a recurrent one, Keras' <c>Bidirectional</c>: two copies of it with weights of their own, one of which reads
/// the sequence from its last step to its first.
/// </summary>
/// <remarks>
/// With <c>ReturnSequences</c> both sequences are in the order of time and are merged step by step; without, the forward copy's output at the
/// last step is merged with the backward copy's at the first. Variables: the forward copy's, then the backward copy's. States: likewise,
/// so an LSTM has four. A model with this layer does not stream.
/// </remarks>
/// <example><code>
/// [Input(TimeSteps = 20, Features = 3)]
/// [Bidirectional]
/// [Lstm(8, ReturnSequences = true)]
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class BidirectionalAttribute : Attribute
{
    /// <summary>Declares the modifier.</summary>
    /// <param name="mergeMode">How the two outputs become one.</param>
    public BidirectionalAttribute(MergeMode mergeMode = MergeMode.Concat) => MergeMode = mergeMode;

    /// <summary>How the two outputs become one.</summary>
    public MergeMode MergeMode { get; }
}
