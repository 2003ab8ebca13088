using System;
using System.ComponentModel;
using System.Numerics;

namespace GenRnn.CompilerServices;

/// <summary>How many time steps each row has: integers, as a caller gives them, or numbers of the element type, as they stand in a packed buffer.</summary>
/// <typeparam name="T">The element type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct RowLengths<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ReadOnlySpan<int> _integers;
    private readonly ReadOnlySpan<T> _numbers;

    private RowLengths(ReadOnlySpan<int> integers, ReadOnlySpan<T> numbers)
    {
        _integers = integers;
        _numbers = numbers;
    }

    /// <summary>Number of rows.</summary>
    public int Length => _integers.Length + _numbers.Length;

    /// <summary>Length of a row.</summary>
    public T this[int row] => _integers.IsEmpty ? _numbers[row] : T.CreateTruncating(_integers[row]);

    /// <summary>The same lengths, copied if an output would be written over them: see <see cref="Overlap"/>.</summary>
    public RowLengths<T> Apart(ReadOnlySpan<T> output) => new(Overlap.Apart(_integers, output), Overlap.Apart(_numbers, output));

    /// <summary>The lengths that a caller gives.</summary>
    public static implicit operator RowLengths<T>(ReadOnlySpan<int> integers) => new(integers, default);

    /// <summary>The lengths in a packed buffer.</summary>
    public static implicit operator RowLengths<T>(ReadOnlySpan<T> numbers) => new(default, numbers);
}
