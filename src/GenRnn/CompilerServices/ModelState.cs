using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using GenRnn.CompilerServices;

namespace GenRnn;

/// <summary>
/// What a recurrent network carries from one call to the next: zero at first. One state serves one sequence (or one batch
/// of them), and one call at a time: a second call meanwhile throws
/// <see cref="InvalidOperationException"/>. A model itself remembers nothing.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
public abstract class ModelState<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // "GenS" and the version of the form, rows, bytes per value, bytes of the architecture hash that follows.
    private const uint Magic = 0x536E6547;
    private const int Version = 1;
    private const int FixedHeaderLength = 5 * sizeof(int);

    private readonly byte[] _hash;

    // Of the rules before: states that were written with it are read still.
    private readonly byte[] _formerHash;
    private readonly long _byteCount;
    private ulong _steps;

    /// <summary>Allocates the memory. Called by generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected ModelState(ModelInfo info, int rows, StateLayout layout)
    {
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        Info = info;
        Rows = rows;
        Slots = layout.Slots;
        Names = Array.ConvertAll(Slots, slot => slot.Name);
        Arena = new AlignedBuffer<T>(layout.ArenaLength);
        _hash = Encoding.UTF8.GetBytes(info.ArchitectureHash);
        _formerHash = Encoding.UTF8.GetBytes(info.FormerArchitectureHash);
        _byteCount = FixedHeaderLength + _hash.Length;
        foreach (StateSlot slot in Slots)
            _byteCount += (long)rows * slot.Length * Unsafe.SizeOf<T>();
    }

    /// <summary>The model that this state belongs to.</summary>
    public ModelInfo Info { get; }

    /// <summary>Number of rows: sequences that are carried side by side.</summary>
    public int Rows { get; }

    /// <summary>Names of the states that there are, for <see cref="GetValues"/> and <see cref="SetValues"/>; empty for a model that carries nothing.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of bytes that <see cref="Write"/> needs.</summary>
    /// <exception cref="InvalidOperationException">They are more than a span can hold.</exception>
    public int ByteCount => _byteCount <= int.MaxValue ? (int)_byteCount : throw new InvalidOperationException(
        FormattableString.Invariant($"The state takes {_byteCount} bytes; a span holds at most {int.MaxValue}. Copy it by GetValues, one value at a time."));

    /// <summary>Back to zeros.</summary>
    /// <exception cref="InvalidOperationException">A call uses the state.</exception>
    public void Reset()
    {
        RequireIdle();
        Arena.Span.Clear();
        _steps = 0;
    }

    /// <summary>Back to zeros in one row: its sequence has ended, the others go on.</summary>
    /// <param name="row">Which row.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="InvalidOperationException">A call uses the state.</exception>
    public void Reset(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows);
        RequireIdle();
        foreach (ref readonly StateSlot slot in Slots.AsSpan())
        {
            for (int index = 0; index < slot.Length; index++)
                Set(slot, row, index, T.Zero);
        }
    }

    /// <summary>Copies all values to another state of the same model with the same number of rows.</summary>
    /// <exception cref="ArgumentException">The other state is of another model or has other rows; nothing was copied.</exception>
    public void CopyTo(ModelState<T> destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        Check.SameModel(Info, destination.Info, nameof(destination));
        Check.StateRows(destination.Rows, Rows, nameof(destination));
        RequireIdle();
        destination.RequireIdle();
        Arena.Span.CopyTo(destination.Arena.Span);
        destination._steps = _steps;
    }

    /// <summary>Writes the state, little endian: a header with rows and architecture, then each state as <see cref="GetValues"/> gives it.</summary>
    /// <param name="destination">At least <see cref="ByteCount"/> bytes.</param>
    /// <returns>The number of bytes written, <see cref="ByteCount"/>.</returns>
    /// <exception cref="ArgumentException">The destination is too short; nothing was written.</exception>
    public int Write(Span<byte> destination)
    {
        if (destination.Length < ByteCount)
            throw new ArgumentException($"Found {destination.Length} bytes; the state needs {ByteCount}.", nameof(destination));
        Overlap.RefuseMemory(destination, MemoryMarshal.AsBytes(Arena.Span), nameof(destination));
        RequireIdle();

        BinaryPrimitives.WriteUInt32LittleEndian(destination, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(destination[4..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(destination[8..], Rows);
        BinaryPrimitives.WriteInt32LittleEndian(destination[12..], Unsafe.SizeOf<T>());
        BinaryPrimitives.WriteInt32LittleEndian(destination[16..], _hash.Length);
        _hash.CopyTo(destination[FixedHeaderLength..]);

        Span<byte> values = destination[(FixedHeaderLength + _hash.Length)..];
        foreach (StateSlot slot in Slots)
        {
            for (int row = 0; row < Rows; row++)
            {
                for (int index = 0; index < slot.Length; index++)
                {
                    LittleEndian.Write(values, Get(slot, row, index));
                    values = values[Unsafe.SizeOf<T>()..];
                }
            }
        }

        return ByteCount;
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">These are not the bytes of a state of this model with this number of rows; nothing was changed.</exception>
    public void Read(ReadOnlySpan<byte> source)
    {
        if (source.Length < FixedHeaderLength || BinaryPrimitives.ReadUInt32LittleEndian(source) != Magic)
            throw new InvalidDataException("These are not the bytes of a saved state.");
        Require("version", BinaryPrimitives.ReadInt32LittleEndian(source[4..]), Version);
        Require("rows", BinaryPrimitives.ReadInt32LittleEndian(source[8..]), Rows);
        Require("bytes per value", BinaryPrimitives.ReadInt32LittleEndian(source[12..]), Unsafe.SizeOf<T>());
        int hashLength = BinaryPrimitives.ReadInt32LittleEndian(source[16..]);
        byte[] hash = hashLength == _formerHash.Length && hashLength > 0 ? _formerHash : _hash;
        Require("length of the architecture hash", hashLength, hash.Length);
        Require("length in bytes", source.Length, ByteCount - _hash.Length + hash.Length);
        if (!source.Slice(FixedHeaderLength, hash.Length).SequenceEqual(hash))
            throw new InvalidDataException($"The saved state is of another architecture than the model '{Info.Name}' ({Info.ArchitectureHash}).");

        RequireIdle();
        ReadOnlySpan<byte> values = Overlap.Apart<byte, T>(source, Arena.Span)[(FixedHeaderLength + hash.Length)..];
        foreach (StateSlot slot in Slots)
        {
            for (int row = 0; row < Rows; row++)
            {
                for (int index = 0; index < slot.Length; index++)
                {
                    Set(slot, row, index, LittleEndian.Read<T>(values));
                    values = values[Unsafe.SizeOf<T>()..];
                }
            }
        }
    }

    /// <summary>A copy of one state, dense, <c>[Rows, width]</c>; the history of a sequence is <c>[Rows, steps, width]</c>, the oldest step first.</summary>
    /// <param name="name">The state's name.</param>
    /// <exception cref="ArgumentException">There is no such state.</exception>
    public T[] GetValues(string name)
    {
        StateSlot slot = Find(name);
        RequireIdle();
        var values = new T[checked(Rows * slot.Length)];
        for (int row = 0; row < Rows; row++)
        {
            for (int index = 0; index < slot.Length; index++)
                values[row * slot.Length + index] = Get(slot, row, index);
        }

        return values;
    }

    /// <summary>Replaces one state.</summary>
    /// <param name="name">The state's name.</param>
    /// <param name="values">The values, as <see cref="GetValues"/> gives them.</param>
    /// <exception cref="ArgumentException">There is no such state, or the length is wrong; nothing was changed.</exception>
    public void SetValues(string name, ReadOnlySpan<T> values)
    {
        StateSlot slot = Find(name);
        Check.Length(values.Length, Rows, slot.Length, nameof(values));
        RequireIdle();
        values = Overlap.Apart<T, T>(values, Arena.Span);
        for (int row = 0; row < Rows; row++)
        {
            for (int index = 0; index < slot.Length; index++)
                Set(slot, row, index, values[row * slot.Length + index]);
        }
    }

    /// <summary>Where the compiled passes keep the values: see <see cref="StateMemory"/>.</summary>
    internal AlignedBuffer<T> Arena { get; }

    /// <summary>Which states there are, and where in the arena.</summary>
    internal StateSlot[] Slots { get; }

    /// <summary>Whether a call works in it.</summary>
    internal bool IsInUse { get; set; }

    /// <summary>Counts a step that begins: the number of steps before it since the rings stood at their first slots.</summary>
    internal ulong NextStep() => _steps++;

    /// <summary>The slot of a ring of <paramref name="steps"/> steps at which the oldest one stands; those after it follow.</summary>
    internal int RingStart(int steps) => (int)(_steps % (ulong)steps);

    /// <summary>From now on all rings stand at their first slots.</summary>
    internal void RestartRings() => _steps = 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void RequireIdle()
    {
        if (IsInUse)
            Check.ThrowInUse("state");
    }

    private T Get(in StateSlot slot, int row, int index) => Element(slot, RingStart(slot.Steps) + index / slot.Width, row, index % slot.Width);

    private void Set(in StateSlot slot, int row, int index, T value)
    {
        int step = RingStart(slot.Steps) + index / slot.Width;
        Element(slot, step, row, index % slot.Width) = value;
        // What lies beyond a ring's end is found at its front once the ring has come round.
        if (step >= slot.Steps)
            Element(slot, step - slot.Steps, row, index % slot.Width) = value;
    }

    private ref T Element(in StateSlot slot, int step, int row, int lane) =>
        ref Arena.Span[slot.Offset + step * slot.StepStride + row * slot.RowStride + lane * slot.LaneStride];

    private StateSlot Find(string name)
    {
        foreach (StateSlot slot in Slots)
        {
            if (slot.Name == name)
                return slot;
        }

        throw new ArgumentException(
            $"Found no state '{name}'; the model '{Info.Name}' carries {(Names.Count == 0 ? "none" : string.Join(", ", Names))}.",
            nameof(name));
    }

    private void Require(string what, int found, int expected)
    {
        if (found != expected)
            throw new InvalidDataException(FormattableString.Invariant($"The saved state does not fit the model '{Info.Name}': found {what} {found}, expected {expected}."));
    }
}
