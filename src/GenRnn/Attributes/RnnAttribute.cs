using System;

namespace GenRnn;

/// <summary>
/// Runs cells of one's own over time, Keras' <c>RNN</c>. Several cells are stacked in one loop, each fed by the one before it at the same step
/// (Keras' <c>StackedRNNCells</c>, TensorFlow 1's <c>MultiRNNCell</c>); a class that is named twice has separate weights each time.
/// </summary>
/// <remarks>
/// Takes a sequence <c>[rows, T, D]</c>. Gives the last cell's output, <c>[rows, units]</c>, the last step, or with
/// <see cref="ReturnSequences"/> every step, <c>[rows, T, units]</c>. Variables and states: those of the cells, in order.
/// </remarks>
/// <example><code>
/// [Input(TimeSteps = 50, Features = 1)]
/// [Rnn(typeof(LNSimpleRnnCell), ReturnSequences = true)]
/// [Rnn(typeof(LNSimpleRnnCell), typeof(LNSimpleRnnCell))]
/// [Dense(1)]
/// public partial class Forecaster;
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class RnnAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="cells">Classes with <see cref="CellAttribute"/> of the same project, from the input to the output.</param>
    public RnnAttribute(params Type[] cells) => Cells = cells;

    /// <summary>The cells.</summary>
    public Type[] Cells { get; }

    /// <inheritdoc cref="LstmAttribute.ReturnSequences"/>
    public bool ReturnSequences { get; set; }

    /// <summary>Whether the final states of all cells, in order, are further outputs of the model; false unless set.</summary>
    public bool ReturnState { get; set; }

    /// <inheritdoc cref="LstmAttribute.GoBackwards"/>
    public bool GoBackwards { get; set; }

    /// <inheritdoc cref="LstmAttribute.Stateful"/>
    public bool Stateful { get; set; }

    /// <inheritdoc cref="LstmAttribute.ZeroOutputForMask"/>
    public bool ZeroOutputForMask { get; set; }

    /// <inheritdoc cref="LstmAttribute.Unroll"/>
    public int Unroll { get; set; } = GenRnn.Unroll.Auto;

    /// <summary>Whether the optimiser updates the weights of its cells; true unless set. If not, their gradients are not computed at all, and penalties and constraints leave them alone.</summary>
    public bool Trainable { get; set; } = true;

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>rnn</c>, <c>rnn_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
