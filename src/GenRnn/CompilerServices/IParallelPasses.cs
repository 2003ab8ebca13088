using System;
using System.ComponentModel;
using System.Numerics;

namespace GenRnn.CompilerServices;

/// <summary>
/// <see cref="IModel{T}.Forward"/> and <see cref="IModel{T}.Backward"/> of a model cut into pieces that several threads run on one workspace, with a barrier between them. The trainer calls it where
/// <see cref="FitOptions.Threads"/> asks for more than one thread; every generated model implements it.
/// </summary>
/// <typeparam name="T">The element type of the model.</typeparam>
/// <remarks>
/// Each piece of a pass checks its place: an <see cref="ArgumentException"/> for a span, a range or a part that does not fit, or memory that another
/// model made; an <see cref="InvalidOperationException"/> for a piece whose turn it is not. What throws has changed nothing.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IParallelPasses<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>First piece of the forward pass: checks and stages the inputs.</summary>
    void BeginForward(ReadOnlySpan<T> inputs, ModelState<T>? state, ModelWorkspace<T> workspace, bool training);

    /// <summary>Runs rows [first, first + count) of the staged pass, and nothing beyond the call's rows and what pads them. Ranges start at multiples of 16; only the last may be shorter than one.
    /// If <see cref="ModelInfo.MixesRows"/> is set, all rows are one range, here and in <see cref="BackwardRows"/>.</summary>
    void ForwardRows(ModelWorkspace<T> workspace, int first, int count);

    /// <summary>Last piece of the forward pass, after all rows of the call: copies outputs and final states out.</summary>
    void EndForward(Span<T> outputs, ModelState<T>? state, ModelWorkspace<T> workspace);

    /// <summary>First piece of the backward pass: checks and stages the upstream gradient.</summary>
    void BeginBackward(ReadOnlySpan<T> outputGradients, ModelWorkspace<T> workspace, bool inputGradient);

    /// <summary>Runs the reverse scans of rows [first, first + count), each once: they overwrite what they read.</summary>
    void BackwardRows(ModelWorkspace<T> workspace, int first, int count);

    /// <summary>Computes part <paramref name="part"/> of <paramref name="parts"/> of the parameter gradients, after all rows of the
    /// reverse scans. Outputs are split, never sums, so any number of parts gives the same bits.</summary>
    void ParameterGradients(ModelWorkspace<T> workspace, int part, int parts);

    /// <summary>Last piece of the backward pass, after all parts: gathers the gradients in Keras' layout and the input gradient, if asked for.</summary>
    void EndBackward(Span<T> inputGradients, ModelWorkspace<T> workspace);
}
