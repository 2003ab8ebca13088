using System;
using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GenRnn.CompilerServices;

/// <summary>
/// Copies between the caller's spans ([rows, time, features] or [time, rows, features]) and the arena of a pass. Called by generated
/// code a few times per pass; sizes are checked, since the loops inside are not.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Staging
{
    /// <summary>Gathers rows [firstRow, firstRow + rows) of <paramref name="source"/> into the arena.</summary>
    /// <param name="source">The caller's span: element (step, row, lane) at step sourceSlotStride + row sourceRowStride + lane.</param>
    /// <param name="sourceSlotStride">Elements from one step to the next.</param>
    /// <param name="sourceRowStride">Elements from one row to the next.</param>
    /// <param name="firstRow">First row to take.</param>
    /// <param name="rows">Number of rows to take.</param>
    /// <param name="target">The arena from the buffer's start on.</param>
    /// <param name="slotStride">Elements from one step to the next in the arena.</param>
    /// <param name="rowStride">Elements from one row to the next in the arena.</param>
    /// <param name="laneStride">Elements from one lane to the next in the arena.</param>
    /// <param name="steps">Time steps; 1 for a vector.</param>
    /// <param name="width">Values per step.</param>
    /// <param name="storedRows">Rows that the arena holds; those beyond <paramref name="rows"/> are padding.</param>
    /// <param name="repeats">Padding repeats the first row (inputs, so that it stays finite where the data is) rather than zero (upstream gradients, so that it weighs nothing).</param>
    public static void CopyIn<T>(
        ReadOnlySpan<T> source, int sourceSlotStride, int sourceRowStride, int firstRow, int rows,
        Span<T> target, int slotStride, int rowStride, int laneStride, int steps, int width, int storedRows, bool repeats)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireSizes(rows, storedRows, sourceSlotStride | sourceRowStride | firstRow | slotStride | rowStride | laneStride | width);
        for (int step = 0; step < steps; step++)
        {
            ReadOnlySpan<T> from = source.Slice(checked(step * sourceSlotStride + firstRow * sourceRowStride), checked((rows - 1) * sourceRowStride + width));
            Span<T> to = target.Slice(checked(step * slotStride), checked((storedRows - 1) * rowStride + (width - 1) * laneStride + 1));
            if (laneStride != 1)
            {
                CopyAcross(ref MemoryMarshal.GetReference(from), sourceRowStride, 1, ref MemoryMarshal.GetReference(to), rowStride, laneStride, rows, width);
                if (rows < storedRows)
                    PadAcross(to, rowStride, laneStride, rows, width, storedRows, repeats);
                continue;
            }

            for (int row = 0; row < storedRows; row++)
            {
                Span<T> place = to.Slice(row * rowStride, width);
                if (row < rows || repeats)
                    from.Slice((row < rows ? row : 0) * sourceRowStride, width).CopyTo(place);
                else
                    place.Clear();
            }
        }
    }

    /// <summary>Fills the rows that pad a state, which lie side by side, with copies of the first.</summary>
    /// <param name="target">The arena from the state's first slot on.</param>
    /// <param name="slotStride">Elements from one slot to the next.</param>
    /// <param name="laneStride">Elements from one lane to the next.</param>
    /// <param name="slots">Slots of the state.</param>
    /// <param name="width">Values of a row in each.</param>
    /// <param name="rows">Rows of the state.</param>
    /// <param name="storedRows">Rows that the arena holds.</param>
    public static void RepeatFirstRow<T>(Span<T> target, int slotStride, int laneStride, int slots, int width, int rows, int storedRows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int slot = 0; slot < slots; slot++)
            PadAcross(target[(slot * slotStride)..], 1, laneStride, rows, width, storedRows, repeats: true);
    }

    /// <summary>Writes 1 for each row of a call and 0 for each that pads the batch.</summary>
    public static void MarkRows<T>(Span<T> target, int rowStride, int storedRows, int rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int row = 0; row < storedRows; row++)
            target[row * rowStride] = row < rows ? T.One : T.Zero;
    }

    /// <summary>Writes 1 / rows for each row of a call and 0 for each that pads the batch: the gradient of a mean over the rows.</summary>
    public static void ShareAmongRows<T>(Span<T> target, int rowStride, int storedRows, int rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T share = T.One / T.CreateTruncating(rows);
        for (int row = 0; row < storedRows; row++)
            target[row * rowStride] = row < rows ? share : T.Zero;
    }

    /// <summary>Moves moving statistics towards those of a batch: moving = moving momentum + batch (1 - momentum), each operation rounded.</summary>
    public static void Follow<T>(Span<T> moving, ReadOnlySpan<T> batch, double momentum)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T kept = T.CreateTruncating(momentum), taken = T.CreateTruncating(1 - momentum);
        for (int i = 0; i < moving.Length; i++)
        {
            T old = moving[i] * kept;
            moving[i] = old + batch[i] * taken;
        }
    }

    /// <summary>Gathers the lengths of rows [firstRow, firstRow + rows) into the arena: a vector of one value; parameters as for the values of an input.</summary>
    public static void CopyIn<T>(
        RowLengths<T> source, int sourceSlotStride, int sourceRowStride, int firstRow, int rows,
        Span<T> target, int slotStride, int rowStride, int laneStride, int steps, int width, int storedRows, bool repeats)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int row = 0; row < storedRows; row++)
            target[row * rowStride] = source[firstRow + (row < rows ? row : 0)];
    }

    /// <summary>Scatters rows of the arena to rows [firstRow, firstRow + rows) of <paramref name="target"/>; the strides are those of CopyIn.</summary>
    public static void CopyOut<T>(
        ReadOnlySpan<T> source, int slotStride, int rowStride, int laneStride, int steps, int width,
        Span<T> target, int targetSlotStride, int targetRowStride, int firstRow, int rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireSizes(rows, rows, slotStride | rowStride | laneStride | width | targetSlotStride | targetRowStride | firstRow);
        for (int step = 0; step < steps; step++)
        {
            ReadOnlySpan<T> from = source.Slice(checked(step * slotStride), checked((rows - 1) * rowStride + (width - 1) * laneStride + 1));
            Span<T> to = target.Slice(checked(step * targetSlotStride + firstRow * targetRowStride), checked((rows - 1) * targetRowStride + width));
            if (laneStride != 1)
            {
                CopyAcross(ref MemoryMarshal.GetReference(from), rowStride, laneStride, ref MemoryMarshal.GetReference(to), targetRowStride, 1, rows, width);
                continue;
            }

            for (int row = 0; row < rows; row++)
                from.Slice(row * rowStride, width).CopyTo(to.Slice(row * targetRowStride, width));
        }
    }

    /// <summary>Adds a staged parameter gradient, [rows] with a padded pitch, to what stands in its place among the dense gradients, or to +0: a sum whose terms
    /// vanished may end as -0 or +0, depending on how many rows of zero gradient padded the pass, and is +0 either way.</summary>
    /// <param name="source">The arena from the staged gradient on.</param>
    /// <param name="pitch">Elements from one staged row to the next.</param>
    /// <param name="rows">Rows of the gradient.</param>
    /// <param name="columns">Columns of the gradient.</param>
    /// <param name="target">The dense gradients from the first element on.</param>
    /// <param name="rowStride">Elements from one row to the next there.</param>
    /// <param name="columnStride">Elements from one column to the next there.</param>
    /// <param name="adds">Whether an earlier gradient of the same parameter is already there.</param>
    public static void CopyGradient<T>(
        ReadOnlySpan<T> source, int pitch, int rows, int columns, Span<T> target, int rowStride, int columnStride, bool adds)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<T> values = source.Slice(row * pitch, columns);
            if (columnStride == 1)
            {
                AddRow(ref MemoryMarshal.GetReference(values), ref MemoryMarshal.GetReference(target.Slice(row * rowStride, columns)), columns, adds);
                continue;
            }

            for (int column = 0; column < columns; column++)
            {
                ref T gradient = ref target[row * rowStride + column * columnStride];
                gradient = (adds ? gradient : T.Zero) + values[column];
            }
        }
    }

    // Every gradient of a step goes through here, so it is machine code from its first call on: as a loop over spans, which waits for its turn
    // to be optimised, it took 3% of a step.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRow<T>(ref T values, ref T gradients, nint columns, bool adds)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        nint column = 0;
        for (; column <= columns - Vector<T>.Count; column += Vector<T>.Count)
        {
            Vector<T> before = adds ? Vector.LoadUnsafe(ref Unsafe.Add(ref gradients, column)) : Vector<T>.Zero;
            (before + Vector.LoadUnsafe(ref Unsafe.Add(ref values, column))).StoreUnsafe(ref Unsafe.Add(ref gradients, column));
        }

        for (; column < columns; column++)
            Unsafe.Add(ref gradients, column) = (adds ? Unsafe.Add(ref gradients, column) : T.Zero) + Unsafe.Add(ref values, column);
    }

    // With these and the slices, everything that is read and written lies inside the slices.
    private static void RequireSizes(int rows, int storedRows, int othersTogether)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, storedRows);
        ArgumentOutOfRangeException.ThrowIfNegative(othersTogether);
    }

    // The arena's rows lie side by side here and the caller's do not. One element at a time through checked spans cost a
    // sixth of a small model's pass: the slices that the callers took are the checks, and the inner loop is over the rows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyAcross<T>(
        ref T source, nint sourceRowStride, nint sourceLaneStride, ref T target, nint targetRowStride, nint targetLaneStride, nint rows, nint width)
        where T : unmanaged
    {
        for (nint lane = 0; lane < width; lane++)
        {
            ref T from = ref Unsafe.Add(ref source, lane * sourceLaneStride);
            ref T to = ref Unsafe.Add(ref target, lane * targetLaneStride);
            for (nint row = 0; row < rows; row++)
                Unsafe.Add(ref to, row * targetRowStride) = Unsafe.Add(ref from, row * sourceRowStride);
        }
    }

    private static void PadAcross<T>(Span<T> target, int rowStride, int laneStride, int rows, int width, int storedRows, bool repeats)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int lane = 0; lane < width; lane++)
        {
            T value = repeats ? target[lane * laneStride] : T.Zero;
            for (int row = rows; row < storedRows; row++)
                target[row * rowStride + lane * laneStride] = value;
        }
    }
}
