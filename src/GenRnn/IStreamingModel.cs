using System;
using System.Numerics;

namespace GenRnn;

/// <summary>
/// A model that also runs one time step at a time: as soon as a step's input is there, its output is. Implemented by the source generator on every model whose layers are causal and give one
/// output step for each input step, or a vector of the last one; not on any other.
/// </summary>
/// <typeparam name="T">The element type of the model: <see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IStreamingModel<T> : IModel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Values of one time step's inputs for one row.</summary>
    int StepInputLength { get; }

    /// <summary>Values of one time step's outputs for one row.</summary>
    int StepOutputLength { get; }

    /// <summary>One time step of inference for each row of <paramref name="state"/>: what a pass over the sequence so far would give if it ended here, bit for bit.</summary>
    /// <param name="inputs">[rows, <see cref="StepInputLength"/>]; several inputs are packed item after item.</param>
    /// <param name="outputs">[rows, <see cref="StepOutputLength"/>]; several outputs are packed item after item.</param>
    /// <param name="state">What is carried from step to step, made by <see cref="IModel{T}.CreateState"/>; updated. It says how many rows there are.</param>
    /// <exception cref="ArgumentException">A span does not fit the rows, outputs share memory with each other or the state, or the state is another model's; nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">Another call uses the state.</exception>
    void Step(ReadOnlySpan<T> inputs, Span<T> outputs, ModelState<T> state);
}
