using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using GenRnn.CompilerServices;

namespace GenRnn;

/// <summary>
/// Products of matrices in double: C += A B, each element one chain of fused multiply-adds over ascending k that goes on from what C holds. So neither
/// the vector's width nor the cuts in blocks change a bit.
/// </summary>
internal static class MatrixProduct
{
    /// <summary>Rows of a tile whose sums are in registers; it is three vectors wide.</summary>
    public const int TileRows = 4;

    // Columns that are packed at once where a product takes the place of its right matrix: a multiple of every tile's width.
    private const int Group = 20 * PaddedMatrix.ColumnGrain;

    // Of a packed block's k: a block stays in the first-level cache while all rows of A pass by.
    private const int Depth = 256;

    /// <summary>Adds a product: C[i, j] += A[i, k] B[k, j], or B[j, k] transposed.</summary>
    /// <param name="a">Rows begin at multiples of 4.</param>
    /// <param name="b">The right matrix.</param>
    /// <param name="c">What is added to.</param>
    /// <param name="range">Which of all that.</param>
    public static void Add(PaddedMatrix a, PaddedMatrix b, PaddedMatrix c, in ProductRange range)
    {
        int width = 3 * Vector<double>.Count;
        int blocks = (range.Columns + width - 1) / width;
        double sign = range.IsNegative ? -1 : 1;
        var packed = new AlignedBuffer<double>(Math.Min(Depth, range.Depth) * width * blocks);
        for (int k = 0; k < range.Depth; k += Depth)
        {
            int depth = Math.Min(Depth, range.Depth - k);
            for (int block = 0; block < blocks; block++)
            {
                int column = block * width, used = Math.Min(width, range.Columns - column);
                ref double panel = ref Unsafe.Add(ref packed.Origin, block * depth * width);
                if (range.IsTransposed)
                    PackTransposed(b, range.FirstColumnOfB + column, range.FirstRowOfB + k, used, depth, width, sign, ref panel);
                else
                    Pack(b, range.FirstColumnOfB + column, range.FirstRowOfB + k, used, depth, width, sign, ref panel);
                // Nothing of a tile on the diagonal is left out.
                int first = range.IsLower ? Math.Max(0, range.FirstColumnOfC + column - range.FirstRowOfC) / TileRows * TileRows : 0;
                for (int row = first; row < range.Rows; row += TileRows)
                {
                    Tile(
                        ref a.At(range.FirstRowOfA + row, range.FirstColumnOfA + k), a.Stride,
                        ref panel, depth,
                        ref c.At(range.FirstRowOfC + row, range.FirstColumnOfC + column), c.Stride);
                }
            }
        }
    }

    /// <summary>Multiplies a matrix by a lower triangle, in its place: B = L B.</summary>
    /// <param name="lower">The triangle, with zeros above.</param>
    /// <param name="b">As many rows.</param>
    public static void MultiplyByLower(PaddedMatrix lower, PaddedMatrix b)
    {
        int width = 3 * Vector<double>.Count, rows = b.Rows;
        var packed = new AlignedBuffer<double>(checked(rows * Math.Min(Group, b.Stride)));
        for (int first = 0; first < b.Columns; first += Group)
        {
            int columns = Math.Min(Group, b.Columns - first), blocks = (columns + width - 1) / width;
            for (int block = 0; block < blocks; block++)
                Pack(b, first + block * width, 0, Math.Min(width, columns - block * width), rows, width, 1, ref Unsafe.Add(ref packed.Origin, block * rows * width));
            for (int row = 0; row < rows; row++)
                b.Row(row).Slice(first, columns).Clear();
            for (int k = 0; k < rows; k += Depth)
            {
                for (int block = 0; block < blocks; block++)
                {
                    for (int row = k; row < rows; row += TileRows)
                    {
                        Tile(
                            ref lower.At(row, k), lower.Stride,
                            ref Unsafe.Add(ref packed.Origin, (block * rows + k) * width), Math.Min(Math.Min(Depth, rows - k), row + TileRows - k),
                            ref b.At(row, first + block * width), b.Stride);
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile(ref double a, nint aStride, ref double b, int depth, ref double c, nint cStride)
    {
        ref double a1 = ref Unsafe.Add(ref a, aStride), a2 = ref Unsafe.Add(ref a, 2 * aStride), a3 = ref Unsafe.Add(ref a, 3 * aStride);
        ref double c1 = ref Unsafe.Add(ref c, cStride), c2 = ref Unsafe.Add(ref c, 2 * cStride), c3 = ref Unsafe.Add(ref c, 3 * cStride);
        nuint count = (nuint)Vector<double>.Count;
        Vector<double> s00 = Vector.LoadUnsafe(ref c), s01 = Vector.LoadUnsafe(ref c, count), s02 = Vector.LoadUnsafe(ref c, 2 * count);
        Vector<double> s10 = Vector.LoadUnsafe(ref c1), s11 = Vector.LoadUnsafe(ref c1, count), s12 = Vector.LoadUnsafe(ref c1, 2 * count);
        Vector<double> s20 = Vector.LoadUnsafe(ref c2), s21 = Vector.LoadUnsafe(ref c2, count), s22 = Vector.LoadUnsafe(ref c2, 2 * count);
        Vector<double> s30 = Vector.LoadUnsafe(ref c3), s31 = Vector.LoadUnsafe(ref c3, count), s32 = Vector.LoadUnsafe(ref c3, 2 * count);
        for (nint k = 0; k < depth; k++)
        {
            Vector<double> b0 = Vector.LoadUnsafe(ref b), b1 = Vector.LoadUnsafe(ref b, count), b2 = Vector.LoadUnsafe(ref b, 2 * count);
            b = ref Unsafe.Add(ref b, 3 * Vector<double>.Count);
            Vector<double> x = new(Unsafe.Add(ref a, k));
            s00 = Vector.FusedMultiplyAdd(x, b0, s00);
            s01 = Vector.FusedMultiplyAdd(x, b1, s01);
            s02 = Vector.FusedMultiplyAdd(x, b2, s02);
            x = new(Unsafe.Add(ref a1, k));
            s10 = Vector.FusedMultiplyAdd(x, b0, s10);
            s11 = Vector.FusedMultiplyAdd(x, b1, s11);
            s12 = Vector.FusedMultiplyAdd(x, b2, s12);
            x = new(Unsafe.Add(ref a2, k));
            s20 = Vector.FusedMultiplyAdd(x, b0, s20);
            s21 = Vector.FusedMultiplyAdd(x, b1, s21);
            s22 = Vector.FusedMultiplyAdd(x, b2, s22);
            x = new(Unsafe.Add(ref a3, k));
            s30 = Vector.FusedMultiplyAdd(x, b0, s30);
            s31 = Vector.FusedMultiplyAdd(x, b1, s31);
            s32 = Vector.FusedMultiplyAdd(x, b2, s32);
        }

        s00.StoreUnsafe(ref c);
        s01.StoreUnsafe(ref c, count);
        s02.StoreUnsafe(ref c, 2 * count);
        s10.StoreUnsafe(ref c1);
        s11.StoreUnsafe(ref c1, count);
        s12.StoreUnsafe(ref c1, 2 * count);
        s20.StoreUnsafe(ref c2);
        s21.StoreUnsafe(ref c2, count);
        s22.StoreUnsafe(ref c2, 2 * count);
        s30.StoreUnsafe(ref c3);
        s31.StoreUnsafe(ref c3, count);
        s32.StoreUnsafe(ref c3, 2 * count);
    }

    /// <summary>Copies a block of B as a tile reads it, [k][column]; columns that are not there become zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pack(PaddedMatrix b, int column, int row, int used, int depth, int width, double sign, ref double panel)
    {
        for (int k = 0; k < depth; k++)
        {
            ref double source = ref b.At(row + k, column);
            for (nint j = 0; j < used; j++)
                Unsafe.Add(ref panel, j) = sign * Unsafe.Add(ref source, j);
            for (nint j = used; j < width; j++)
                Unsafe.Add(ref panel, j) = 0;
            panel = ref Unsafe.Add(ref panel, width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackTransposed(PaddedMatrix b, int column, int row, int used, int depth, int width, double sign, ref double panel)
    {
        for (nint j = 0; j < width; j++)
        {
            ref double source = ref b.At(column + Math.Min((int)j, used - 1), row);
            double factor = j < used ? sign : 0;
            for (nint k = 0; k < depth; k++)
                Unsafe.Add(ref panel, k * width + j) = factor * Unsafe.Add(ref source, k);
        }
    }
}

/// <summary>Which parts of three matrices a product is of. First rows are multiples of 4.</summary>
internal readonly record struct ProductRange(int Rows, int Columns, int Depth)
{
    /// <summary>Whether only the lower triangle of C is wanted; what is above is unspecified.</summary>
    public bool IsLower { get; init; }

    /// <summary>Whether B is read as its transpose: its rows are then columns of the product.</summary>
    public bool IsTransposed { get; init; }

    /// <summary>Whether the product is taken away.</summary>
    public bool IsNegative { get; init; }

    public int FirstRowOfA { get; init; }

    public int FirstColumnOfA { get; init; }

    /// <summary>The first k in B.</summary>
    public int FirstRowOfB { get; init; }

    /// <summary>The first column of the product in B.</summary>
    public int FirstColumnOfB { get; init; }

    public int FirstRowOfC { get; init; }

    public int FirstColumnOfC { get; init; }
}
