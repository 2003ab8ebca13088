using System;

namespace GenRnn;

/// <summary>
/// Says that a class is a recurrent cell of one's own: a part that Keras has (<see cref="SimpleRnnCellAttribute"/>,
/// <see cref="LstmCellAttribute"/>, <see cref="GruCellAttribute"/>), then layers that its output goes through step by step, such as
/// <see cref="LayerNormalizationAttribute"/>, <see cref="ActivationAttribute"/> or <see cref="DenseAttribute"/>. What comes out is the cell's output and its new
/// h. Several parts of this kind after each other are a stack. A model runs it by <see cref="RnnAttribute"/>.
/// </summary>
/// <example><code>
/// [Cell]                                                        // h' = tanh(LN(x K + b + h R))
/// [SimpleRnnCell(20, Activation = Activation.Linear)]
/// [LayerNormalization]
/// [Activation(Activation.Tanh)]
/// public class LNSimpleRnnCell;
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CellAttribute : Attribute
{
}
