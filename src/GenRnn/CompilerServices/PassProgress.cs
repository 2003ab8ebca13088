using System;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Threading;

namespace GenRnn.CompilerServices;

/// <summary>
/// How far the passes in a workspace have come: whoever asks for a piece that is not next, or not there, is refused before anything
/// changes. Several threads may take rows and parts at once; all else is one thread's.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PassProgress
{
    /// <summary>Ranges of rows that threads take start at multiples of this: see <see cref="IParallelPasses{T}.ForwardRows"/>.</summary>
    internal const int RowBlock = 16;

    private readonly int _batch;
    private readonly bool _mixesRows;

    // The pass that each block of rows was last taken for.
    private readonly int[] _takenFor;

    private Stage _stage;
    private int _pass;
    private int _parts;
    private int _partsTaken;

    /// <summary>No pass has run yet.</summary>
    /// <param name="batch">Rows of a compiled pass.</param>
    /// <param name="mixesRows">Whether a pass takes all of them at once.</param>
    internal PassProgress(int batch, bool mixesRows)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batch);
        _batch = batch;
        _mixesRows = mixesRows;
        _takenFor = new int[(int)(((long)batch + RowBlock - 1) / RowBlock)];
    }

    private enum Stage
    {
        Empty,
        ForwardBegun,
        Forward,
        BackwardBegun,
        Differentiated,
    }

    /// <summary>Rows of the last forward pass; 0 if there is none.</summary>
    public int Rows { get; private set; }

    /// <summary>Whether there is a forward pass to differentiate.</summary>
    public bool HasForward => _stage == Stage.Forward;

    /// <summary>Whether the backward pass that was begun computes the gradient of the inputs too.</summary>
    public bool WantsInputGradient { get; private set; }

    /// <summary>The last forward pass is lost: inference is about to run in its memory.</summary>
    public void Discard()
    {
        Rows = 0;
        _stage = Stage.Empty;
    }

    /// <summary>A forward pass begins.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rows are not 1 to the batch.</exception>
    public void BeginForward(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        Check.RowsAtMost(rows, _batch, nameof(rows));
        Begin(Stage.ForwardBegun);
        Rows = rows;
    }

    /// <summary>Takes rows [first, first + count) of the forward pass.</summary>
    /// <exception cref="ArgumentException">They are no range that a pass can run.</exception>
    /// <exception cref="InvalidOperationException">No forward pass was begun, or some were taken already.</exception>
    public void TakeForwardRows(int first, int count) => TakeRows(first, count, Stage.ForwardBegun, "BeginForward");

    /// <summary>Requires that all rows of the forward pass were taken.</summary>
    /// <exception cref="InvalidOperationException">No forward pass was begun, or some were not.</exception>
    public void RequireForwardRows() => RequireRows(Stage.ForwardBegun, "BeginForward", "ForwardRows");

    /// <summary>From now on the forward pass can be differentiated.</summary>
    public void EndForward() => _stage = Stage.Forward;

    /// <summary>Requires a forward pass that has not been differentiated yet.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public void RequireForward()
    {
        if (_stage != Stage.Forward)
            ThrowNoForward(_stage);
    }

    /// <summary>Requires the values that a forward pass left, differentiated or not.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public void RequireOutputs()
    {
        if (_stage is Stage.Empty or Stage.ForwardBegun)
            ThrowNoForward(_stage);
    }

    /// <summary>A backward pass begins: it overwrites what the forward pass kept.</summary>
    public void BeginBackward(bool inputGradient)
    {
        Begin(Stage.BackwardBegun);
        WantsInputGradient = inputGradient;
        _parts = _partsTaken = 0;
    }

    /// <summary>Takes rows [first, first + count) of the reverse scans.</summary>
    /// <exception cref="ArgumentException">They are no range that a pass can run.</exception>
    /// <exception cref="InvalidOperationException">No backward pass was begun, or some were taken already.</exception>
    public void TakeBackwardRows(int first, int count) => TakeRows(first, count, Stage.BackwardBegun, "BeginBackward");

    /// <summary>Takes one part of the parameter gradients.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such part.</exception>
    /// <exception cref="InvalidOperationException">The reverse scans have not run, or the other parts are of another number.</exception>
    public void TakePart(int part, int parts)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(parts);
        ArgumentOutOfRangeException.ThrowIfNegative(part);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(part, parts);
        RequireRows(Stage.BackwardBegun, "BeginBackward", "BackwardRows");
        int known = Interlocked.CompareExchange(ref _parts, parts, 0);
        if (known != 0 && known != parts)
            Throw($"The gradients of this pass are computed in {known} parts; found one of {parts}.");
        Interlocked.Increment(ref _partsTaken);
    }

    /// <summary>Requires that all parts of the parameter gradients were taken.</summary>
    /// <exception cref="InvalidOperationException">No backward pass was begun, or some were not.</exception>
    public void RequireParts()
    {
        RequireRows(Stage.BackwardBegun, "BeginBackward", "BackwardRows");
        if (_parts == 0 || _partsTaken < _parts)
            Throw($"{_partsTaken} of {_parts} parts of the parameter gradients have run: call ParameterGradients for each first.");
    }

    /// <summary>The backward pass is over.</summary>
    public void EndBackward() => _stage = Stage.Differentiated;

    private void Begin(Stage stage)
    {
        _stage = stage;
        _pass = _pass == int.MaxValue ? 1 : _pass + 1;
    }

    private void TakeRows(int first, int count, Stage stage, string begin)
    {
        if (_mixesRows)
            Check.AllRows(first, count, _batch);
        Check.RowRange(first, count, _batch, RowBlock);
        RequireStage(stage, begin);
        int start = first / RowBlock, last = (first + count - 1) / RowBlock;
        for (int block = start; block <= last; block++)
            RequireFree(Volatile.Read(ref _takenFor[block]), block);
        // Two threads that take the same rows at once are found out here, best effort.
        for (int block = start; block <= last; block++)
            RequireFree(Interlocked.Exchange(ref _takenFor[block], _pass), block);
    }

    private void RequireFree(int takenFor, int block)
    {
        if (takenFor == _pass)
            Throw($"Rows from {block * RowBlock} on have run already in this pass.");
    }

    // Rows beyond those of the call are padding.
    private void RequireRows(Stage stage, string begin, string run)
    {
        RequireStage(stage, begin);
        for (int block = 0; block * RowBlock < Rows; block++)
        {
            if (Volatile.Read(ref _takenFor[block]) != _pass)
                Throw($"Rows from {block * RowBlock} on have not run: call {run} for all {Rows} rows first.");
        }
    }

    private void RequireStage(Stage stage, string begin)
    {
        if (_stage != stage)
            Throw($"This piece of a pass comes after {begin}, which was not called with this workspace, or whose pass has ended.");
    }

    [DoesNotReturn]
    private static void ThrowNoForward(Stage stage) => Throw(stage switch
    {
        Stage.Empty => "Backward needs a forward pass to differentiate: call Forward with this workspace first.",
        Stage.ForwardBegun => "The forward pass in this workspace was begun and has not ended: call EndForward first.",
        _ => "This workspace's forward pass has been differentiated already, and its gradients lie where it kept what they need: call Forward again.",
    });

    [DoesNotReturn]
    private static void Throw(string message) => throw new InvalidOperationException(message);
}
