using System;
using System.Numerics;

namespace GenRnn.Fingerprint;

/// <summary>Makes whole numbers of those packed inputs that are lengths of rows.</summary>
public static class RowLengthValues
{
    /// <summary>Overwrites the lengths by some from 1 to the time steps, different from row to row.</summary>
    /// <param name="info">The model.</param>
    /// <param name="inputs">Packed inputs of <paramref name="rows"/> rows.</param>
    /// <param name="rows">Number of rows.</param>
    /// <returns><paramref name="inputs"/>.</returns>
    public static T[] Apply<T>(ModelInfo info, T[] inputs, int rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int start = 0;
        for (int i = 0; i < info.Inputs.Count; i++)
        {
            for (int row = 0; row < rows && info.Inputs[i].IsLengths; row++)
                inputs[start + row] = T.CreateChecked(1 + (row * 3 + 1) % info.Inputs[i - 1].TimeSteps);
            start += rows * info.Inputs[i].Length;
        }

        return inputs;
    }
}
