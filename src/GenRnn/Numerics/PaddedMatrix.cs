using System;
using System.Runtime.CompilerServices;
using GenRnn.CompilerServices;

namespace GenRnn;

/// <summary>A row-major matrix of doubles with room for the tiles of <see cref="MatrixProduct"/> at its lower and right edge, where zeros stand.</summary>
internal sealed class PaddedMatrix
{
    /// <summary>Columns are padded to a multiple of this: three vectors of any width.</summary>
    public const int ColumnGrain = 24;

    private const int RowGrain = MatrixProduct.TileRows;

    private readonly AlignedBuffer<double> _values;

    /// <summary>A matrix of zeros.</summary>
    /// <exception cref="OverflowException">It has more values than an array holds.</exception>
    public PaddedMatrix(int rows, int columns)
    {
        Rows = rows;
        Columns = columns;
        Stride = checked(columns + ColumnGrain - 1) / ColumnGrain * ColumnGrain;
        _values = new AlignedBuffer<double>(checked((rows + RowGrain - 1) / RowGrain * RowGrain * Stride));
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Distance of two rows.</summary>
    public int Stride { get; }

    /// <summary>A value, unchecked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref double At(int row, int column) => ref Unsafe.Add(ref _values.Origin, (nint)row * Stride + column);

    /// <summary>A row, without what pads it.</summary>
    public Span<double> Row(int row) => _values.Span.Slice(row * Stride, Columns);}
