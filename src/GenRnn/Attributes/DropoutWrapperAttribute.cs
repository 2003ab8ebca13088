using System;

namespace GenRnn;

/// <summary>
/// Modifier of the next layer, a recurrent one, or of the next cell of a class with <see cref="CellAttribute"/>: TensorFlow 1's
/// <c>DropoutWrapper</c> (Zaremba et al. 2014; variational: Gal and Ghahramani 2016). In training <c>x := x m / InputKeep</c> before a step;
/// after it <c>h' := h' m / StateKeep</c> of the states that are carried and <c>y := y m / OutputKeep</c> of the output that is given, with m 1 at
/// the probability of the keep and 0 otherwise; in inference nothing. Shapes and weights stay.
/// </summary>
/// <remarks>
/// The output is dropped after the state was taken from it: what a step carries on is not touched by <see cref="OutputKeep"/>, nor what it gives by
/// <see cref="StateKeep"/>. Of an LSTM's states h is dropped and c, the memory, is not. In front of <c>[Rnn]</c> it wraps all its cells together,
/// TensorFlow's <c>DropoutWrapper(MultiRNNCell(...))</c>; in front of a cell it wraps that and the layers after it, in front of <c>[Cell]</c> the whole class, one that is written in C# too. Masks are a pure function of
/// <see cref="ModelWorkspace{T}.Seed"/>, <see cref="ModelWorkspace{T}.TrainingCalls"/> and the place of a value. A keep outside of 0 to 1, and one of 0, is an error,
/// as is a layer that has no cell.
/// </remarks>
/// <example><code>
/// [Input(TimeSteps = 20, Features = 3)]
/// [DropoutWrapper(InputKeep = 0.8, OutputKeep = 0.5)]
/// [Lstm(8, ReturnSequences = true)]
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class DropoutWrapperAttribute : Attribute
{
    /// <summary>Share of the input's values that training keeps, <c>input_keep_prob</c>: above 0 and up to 1. 1 unless set.</summary>
    public double InputKeep { get; set; } = 1;

    /// <summary>Share of the output's values that training keeps, <c>output_keep_prob</c>: above 0 and up to 1. 1 unless set.</summary>
    public double OutputKeep { get; set; } = 1;

    /// <summary>Share of the carried states' values that training keeps, <c>state_keep_prob</c>: above 0 and up to 1. 1 unless set.</summary>
    public double StateKeep { get; set; } = 1;

    /// <summary>
    /// <c>variational_recurrent</c>: one mask a call for all steps, and for all rows of the batch. False unless set: masks are drawn for every row and step.
    /// </summary>
    public bool Variational { get; set; }
}
