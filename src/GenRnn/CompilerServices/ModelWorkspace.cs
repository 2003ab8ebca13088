using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Numerics;
using GenRnn.CompilerServices;

namespace GenRnn;

/// <summary>
/// The memory of one training pass: the arena that the compiled passes run in, and the gradients. One workspace serves
/// one pass at a time: a second call meanwhile throws <see cref="InvalidOperationException"/>. Threads that train apart need one each.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
public abstract class ModelWorkspace<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _gradients;
    private readonly T[] _outputMask;
    private readonly T[] _penalties;
    private readonly AlignedBuffer<T>? _logits;
    private readonly AlignedBuffer<T>? _logitsGradient;

    /// <summary>Allocates the memory. Called by generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected ModelWorkspace(ModelInfo info, int arenaLength)
    {
        ArgumentNullException.ThrowIfNull(info);
        Info = info;
        Progress = new PassProgress(info.Batch, info.MixesRows);
        Arena = new AlignedBuffer<T>(arenaLength);
        _gradients = new AlignedBuffer<T>(info.ParameterCount);
        _outputMask = info.HasOutputMask ? new T[checked(info.Batch * info.Outputs[0].TimeSteps)] : [];
        _penalties = info.HasActivityPenalty ? new T[info.Batch] : [];
        if (info.Outputs[0].Activation != Activation.Linear)
        {
            _logits = new AlignedBuffer<T>(checked(info.Batch * info.Outputs[0].Length));
            _logitsGradient = new AlignedBuffer<T>(_logits.Span.Length);
        }
    }

    /// <summary>The model that this workspace belongs to.</summary>
    public ModelInfo Info { get; }

    /// <summary>
    /// Gradients of all parameters, in the order of <see cref="IModel{T}.Parameters"/>, with zeros for non-trainable ones;
    /// written by <see cref="IModel{T}.Backward"/>.
    /// </summary>
    public Span<T> Gradients => _gradients.Span;

    /// <summary>Which steps of the first output count after the last forward pass, one number for each step of each row, in the model's layout:
    /// 1, or 0 for a masked step, which weighs nothing in a loss. Empty if the model masks none.</summary>
    public ReadOnlySpan<T> OutputMask => WritableOutputMask;

    /// <summary>
    /// What penalties on what layers give (<c>[Regularize(Weight.Activity)]</c>) add to the loss of the last forward pass, divided by its rows; 0 if there are none. A backward pass has their gradient in
    /// its own. <c>Fit</c> and <c>Evaluate</c> add it to the loss; a training loop of one's own does that itself.
    /// </summary>
    public double ActivityPenalty
    {
        get
        {
            double sum = 0;
            foreach (T penalty in WritablePenalties)
                sum += double.CreateTruncating(penalty);
            return Rows == 0 ? 0 : sum / Rows;
        }
    }

    /// <summary>
    /// What the sigmoid or softmax behind the first output was given in the last forward pass, in the shape and layout of that output; empty if the model ends in neither
    /// (<see cref="TensorInfo.Activation"/>). Where the function saturates, nothing of it is left in the output: a loss that is taken of this has a gradient there too.
    /// </summary>
    public ReadOnlySpan<T> Logits => WritableLogits;

    /// <summary>
    /// The gradient of a loss by <see cref="Logits"/>, which a backward pass adds to what comes from the gradients of the outputs. Zeros after each forward pass: whoever takes a loss of the logits writes it in
    /// between and hands zeros to <see cref="IModel{T}.Backward"/> for the first output. <c>Fit</c> does so for cross-entropies.
    /// </summary>
    public Span<T> LogitsGradient => _logitsGradient is null ? default : _logitsGradient.Span[..(Rows * Info.Outputs[0].Length)];

    /// <summary>Rows of the last forward pass; 0 before the first.</summary>
    public int Rows => Progress.Rows;

    /// <summary>
    /// Where the random masks and the noise of training come from: equal seeds give equal numbers, on any machine. 0 unless set.
    /// <see cref="FitOptions.Seed"/> sets that of the trainer's workspace.
    /// </summary>
    public int Seed { get; set; }

    /// <summary>
    /// Forward passes in training mode so far. Each draws its masks anew, from seed and count; setting the count back repeats them, and
    /// a training that goes on from a checkpoint sets what it had reached.
    /// </summary>
    public long TrainingCalls { get; set; }

    /// <summary>Whether there is a forward pass to differentiate. A backward pass overwrites what the forward pass kept, so each is differentiated once.</summary>
    public bool HasForward => Progress.HasForward;

    /// <summary>Copies of the gradients of the trainable variables, one array a variable, in Keras' order and layout.</summary>
    public T[][] GetGradients()
    {
        var gradients = new List<T[]>(Info.Variables.Count);
        foreach (VariableInfo variable in Info.Variables)
        {
            if (variable.IsTrainable)
                gradients.Add(Gradients.Slice(variable.Offset, variable.Length).ToArray());
        }

        return gradients.ToArray();
    }

    /// <summary>Where the compiled passes keep their values: see <see cref="WorkspaceMemory"/>.</summary>
    internal AlignedBuffer<T> Arena { get; }

    /// <summary>Which pieces of a pass have run.</summary>
    internal PassProgress Progress { get; }

    /// <summary><see cref="OutputMask"/>, for passes to write.</summary>
    internal Span<T> WritableOutputMask => _outputMask.AsSpan(0, Rows * (_outputMask.Length / Info.Batch));

    /// <summary>The penalty of each row of the last forward pass, for passes to write.</summary>
    internal Span<T> WritablePenalties => _penalties.AsSpan(0, Math.Min(Rows, _penalties.Length));

    /// <summary><see cref="Logits"/>, for passes to write.</summary>
    internal Span<T> WritableLogits => _logits is null ? default : _logits.Span[..(Rows * Info.Outputs[0].Length)];

    /// <summary>Whether a call works in it.</summary>
    internal bool IsInUse { get; set; }

    /// <summary>Counts a forward pass that begins.</summary>
    internal void Begin(int rows, bool training)
    {
        Progress.BeginForward(rows);
        _logitsGradient?.Span.Clear();
        if (training)
            TrainingCalls++;
    }
}
