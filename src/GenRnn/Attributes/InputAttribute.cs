using System;

namespace GenRnn;

/// <summary>
/// Begins a network: says what one sample looks like. The first attribute of every model, and the marker by which the
/// generator finds models.
/// </summary>
/// <remarks>
/// With <see cref="TimeSteps"/> the input is a sequence, <c>[rows, TimeSteps, Features]</c> (or time first, see
/// <see cref="Layout"/>); without it a vector, <c>[rows, Features]</c>. Without
/// <see cref="Features"/> it is one id a step (or a row) and stands in front of an <see cref="EmbeddingAttribute"/>. A further, named input is a vector that a
/// modifier such as <see cref="InitialStateAttribute"/> refers to. All sizes must be positive.
/// </remarks>
/// <example><code>
/// [Input(TimeSteps = 50, Features = 1, Batch = 32)]
/// [SimpleRnn(20)]
/// [Dense(1)]
/// public partial class Forecaster;
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class InputAttribute : Attribute
{
    /// <summary>Number of time steps of a sequence, at least 1. Not set: the input is a vector.</summary>
    public int TimeSteps { get; set; }

    /// <summary>Values per time step, or of the vector; at least 1. Not set: ids, for an <see cref="EmbeddingAttribute"/>.</summary>
    public int Features { get; set; }

    /// <summary>Whether each row says how many of its time steps there are; false unless set. <c>Predict</c> and <c>Forward</c> then take a
    /// <c>ReadOnlySpan&lt;int&gt;</c> after this input, a length from 1 to <see cref="TimeSteps"/> for each row. What stands behind a row's length is not read: recurrent
    /// layers keep their states there and return zeros (TensorFlow 1's <c>sequence_length</c>, PyTorch's packed sequences), a backward direction starts at the end of each
    /// row, and a layer that returns its last step returns the row's. Needs <see cref="TimeSteps"/>.</summary>
    public bool Lengths { get; set; }

    /// <summary>Rows of one compiled pass, at least 1; 32 unless set. Training takes up to this many rows at a time,
    /// <c>Predict</c> any number. Stands on the first input only. A stateful layer requires it.</summary>
    public int Batch { get; set; } = 32;

    /// <summary>Order of the axes of sequences; <see cref="DataLayout.BatchMajor"/> unless set.</summary>
    public DataLayout Layout { get; set; } = DataLayout.BatchMajor;

    /// <summary>Element type of the whole model; <see cref="Precision.Single"/> unless set. Stands on the first input only.</summary>
    public Precision Precision { get; set; } = Precision.Single;

    /// <summary>A name to refer to this input by: a valid C# identifier, unique in the model. Every input but the first needs one.</summary>
    public string? Name { get; set; }
}
