using System;
using System.Numerics;

namespace GenRnn;

/// <summary>The place of one row, for an <see cref="IRowReader{T}"/> to write, and to forget when it returns: the object is used for the next row too.</summary>
/// <typeparam name="T">The element type of the model.</typeparam>
public sealed class DataRow<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RowBlock<T> _block;
    private int _row;

    internal DataRow(RowBlock<T> block) => _block = block;

    /// <summary>The first input: [time][feature], or [feature].</summary>
    public Span<T> Input => InputAt(0);

    /// <summary>The first target: as many values as the loss wants.</summary>
    public Span<T> Target => TargetAt(0);

    /// <summary>The row's weight, if the source <see cref="IRowSource{T}.HasSampleWeights"/>: 1 until it is set.</summary>
    public ref T Weight => ref _block.Weights[_row];

    /// <summary>An input, for a model with several.</summary>
    /// <param name="index">Which one, lengths not counted.</param>
    public Span<T> InputAt(int index) => Part(_block.Inputs[index], _block.InputLengths[index]);

    /// <summary>A target, for a model with several outputs. Empty where nobody asks for targets.</summary>
    /// <param name="index">Which one.</param>
    public Span<T> TargetAt(int index) => _block.Targets.Length == 0 ? default : Part(_block.Targets[index], _block.TargetLengths[index]);

    /// <summary>The number of time steps of an input that is declared with <c>Lengths = true</c>.</summary>
    /// <param name="index">Which input, lengths not counted.</param>
    public ref int Length(int index = 0) => ref _block.Lengths[index][_row];

    /// <summary>The same object, for another row of its block.</summary>
    internal DataRow<T> At(int row)
    {
        _row = row;
        return this;
    }

    /// <summary>Whether the first input's rows have lengths.</summary>
    internal bool HasLengths => _block.Lengths[0].Length > 0;

    private Span<T> Part(T[] values, int length) => values.AsSpan(_row * length, length);
}
