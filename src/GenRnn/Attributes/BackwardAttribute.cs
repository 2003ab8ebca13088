using System;

namespace GenRnn;

/// <summary>
/// Modifier of the next layer: it is the one that runs backwards in the <see cref="BidirectionalAttribute"/> layer before it, Keras'
/// <c>Bidirectional(layer, backward_layer=...)</c>. Without it, a copy of that layer does.
/// </summary>
/// <remarks>
/// The layer may be another one, with units, flags and initialisers of its own. It reads the sequence from its last step by itself: <c>GoBackwards = true</c>,
/// which Keras asks for, is allowed and changes nothing. <c>ReturnSequences</c>, <c>ReturnState</c> and <c>Stateful</c> must be those of the forward layer,
/// and with another merge mode than <see cref="MergeMode.Concat"/> the widths too. With <c>Concat</c> the output is as wide as both together. Variables and states: the forward
/// layer's, then the backward layer's.
/// </remarks>
/// <example><code>
/// [Input(TimeSteps = 20, Features = 3)]
/// [Bidirectional]
/// [Lstm(16, ReturnSequences = true)]
/// [Backward]
/// [Gru(8, ReturnSequences = true)]
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class BackwardAttribute : Attribute;
