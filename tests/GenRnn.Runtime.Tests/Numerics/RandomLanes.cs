using System;
using System.Numerics;
using System.Runtime.InteropServices;
using GenRnn.CompilerServices;

namespace GenRnn.Runtime.Tests;

/// <summary>Masks and noise as kernels ask for them, as arrays [rows, positions].</summary>
internal static class RandomLanes
{
    /// <summary>Factors of dropout, positions in the lanes.</summary>
    public static float[] Keep(Workspace workspace, double rate, int rows, int positions, int layer = 0, int mask = 0, bool training = true)
    {
        float[] key = Key(workspace, layer, mask, training);
        return ByPosition(rows, positions, (position, row) => PortableSingle.Keep(ref key[0], position, row, Dropped(rate), Scale(rate)));
    }

    /// <summary>The same with rows in the lanes.</summary>
    public static float[] KeepByRows(Workspace workspace, double rate, int rows, int positions)
    {
        float[] key = Key(workspace, 0, 0, training: true);
        var values = new float[rows * positions];
        for (int position = 0; position < positions; position++)
        {
            for (int row = 0; row < rows; row += Vector<float>.Count)
            {
                Vector<float> lanes = PortableSingle.Keep(ref key[0], VectorRandom.All(position), VectorRandom.From(row), Dropped(rate), Scale(rate));
                for (int i = 0; i < Math.Min(Vector<float>.Count, rows - row); i++)
                    values[(row + i) * positions + position] = lanes[i];
            }
        }

        return values;
    }

    /// <summary>Normal noise of deviation 1, positions in the lanes.</summary>
    public static float[] Normal(Workspace workspace, int rows, int positions, int layer = 0, int mask = 0, bool training = true)
    {
        float[] key = Key(workspace, layer, mask, training);
        return ByPosition(rows, positions, (position, row) => PortableSingle.Normal(ref key[0], position, row, 1f));
    }

    /// <summary>The same in double, with the key that the same workspace gives a float model.</summary>
    public static double[] Double(Workspace workspace, double? rate, int rows, int positions)
    {
        double[] key = MemoryMarshal.Cast<float, double>(Key(workspace, 0, 0, training: true)).ToArray();
        var values = new double[rows * positions];
        for (int row = 0; row < rows; row++)
        {
            for (int position = 0; position < positions; position += Vector<double>.Count)
            {
                Vector<double> lanes = rate is { } r
                    ? PortableDouble.Keep(ref key[0], VectorRandom.From(position), VectorRandom.All(row), Dropped(r), 1 / (1 - r))
                    : PortableDouble.Normal(ref key[0], VectorRandom.From(position), VectorRandom.All(row), 1d);
                for (int i = 0; i < Math.Min(Vector<double>.Count, positions - position); i++)
                    values[row * positions + position + i] = lanes[i];
            }
        }

        return values;
    }

    private static float[] Key(Workspace workspace, int layer, int mask, bool training)
    {
        var key = new float[4];
        VectorRandom.WriteKey<float>(key, workspace, layer, mask, training);
        return key;
    }

    private static int Dropped(double rate) => (int)(Math.Floor(rate * 4294967296.0 + 0.5) - 1 - 2147483648.0);

    private static float Scale(double rate) => rate < 1 ? (float)(1 / (1 - rate)) : 0;

    private static float[] ByPosition(int rows, int positions, Func<LaneIndex, LaneIndex, Vector<float>> draw)
    {
        var values = new float[rows * positions];
        for (int row = 0; row < rows; row++)
        {
            for (int position = 0; position < positions; position += Vector<float>.Count)
            {
                Vector<float> lanes = draw(VectorRandom.From(position), VectorRandom.All(row));
                for (int i = 0; i < Math.Min(Vector<float>.Count, positions - position); i++)
                    values[row * positions + position + i] = lanes[i];
            }
        }

        return values;
    }
}
