using System;

namespace GenRnn;

/// <summary>
/// Says that a class is a recurrent cell of one's own: a part that Keras has (<see cref="SimpleRnnCellAttribute"/>,
/// <see cref="LstmCellAttribute"/>, <see cref="GruCellAttribute"/>), then layers that its output goes through step by step, such as
/// <see cref="LayerNormalizationAttribute"/>, <see cref="ActivationAttribute"/> or <see cref="DenseAttribute"/>. What comes out is the cell's output and its new
/// h. Several parts of this kind after each other are a stack. A model runs it by <see cref="RnnAttribute"/>.
/// </summary>
/// <remarks>
/// With <see cref="Features"/> the class stands alone and is stepped by hand: it is partial, and gets what a model of a single time step has, with
/// <c>Step</c>, <c>ZeroState</c> and a <c>State</c> whose properties are the states, dense <c>[rows, width]</c>; of several parts they are numbered (<c>H1</c>, <c>C1</c>, <c>H2</c>, ...).
/// </remarks>
/// <example><code>
/// [Cell]                                                        // h' = tanh(LN(x K + b + h R))
/// [SimpleRnnCell(20, Activation = Activation.Linear)]
/// [LayerNormalization]
/// [Activation(Activation.Tanh)]
/// public class LNSimpleRnnCell;
///
/// [Cell(Features = 100, Batch = 8)]                             // stepped by hand
/// [LstmCell(64)]
/// public partial class Memory;
///
/// var cell = new Memory(seed: 1);
/// var state = cell.ZeroState();                                 // state.H and state.C, [8, 64] each
/// cell.Step(x, state);                                          // x [8, 100]; the output is state.H
///
/// [Cell(16)]                                                    // written in C#: one state of width 16
/// public static class MinimalGatedCell
/// {
///     public static Vec Step(CellWeights w, Vec x, Vec h)
///     {
///         Vec f = Vec.Sigmoid(w.Linear("forget", 16, x, h));
///         Vec c = Vec.Tanh(w.Linear("candidate", 16, x, f * h));
///         return (1f - f) * h + f * c;
///     }
/// }
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CellAttribute : Attribute
{
    /// <summary>Declares a cell that is made of parts, or one that is written in C#.</summary>
    /// <param name="stateWidths">Widths of the states of a cell that is written in C#, in the order of the parameters of its method <c>Step</c>; none for one that is made of parts.</param>
    public CellAttribute(params int[] stateWidths) => StateWidths = stateWidths;

    /// <summary>Widths of the states of a cell that is written in C#.</summary>
    public int[] StateWidths { get; }

    /// <summary>Values of one row's input, at least 1, for a cell that is stepped by hand.</summary>
    public int Features { get; set; }

    /// <summary>Rows of a step, at least 1; 32 unless set. Only with <see cref="Features"/>.</summary>
    public int Batch { get; set; } = 32;

    /// <summary>Element type; <see cref="Precision.Single"/> unless set. Only with <see cref="Features"/>.</summary>
    public Precision Precision { get; set; } = Precision.Single;
}
