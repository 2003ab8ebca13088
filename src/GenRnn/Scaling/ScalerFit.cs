using System;
using System.Collections.Generic;

namespace GenRnn;

/// <summary>What a scaler is fitted to: columns of the training part, behind the steps before it.</summary>
/// <param name="kind">The scaler.</param>
/// <param name="table">The training part.</param>
/// <param name="columns">The columns that are scaled.</param>
internal sealed class ScalerFit(string kind, ScaledTable table, int[] columns)
{
    /// <summary>A shift and a scale for each column.</summary>
    /// <param name="measure">Both, of the column's values, sorted.</param>
    public FittedScaler Affine(Func<double[], (double Shift, double Scale)> measure)
    {
        var shifts = new double[columns.Length];
        var scales = new double[columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            double[] values = Sorted(columns[i]);
            (shifts[i], scales[i]) = measure(values);
            // A column that does not vary says nothing about its scale.
            if (values[0] == values[^1] || scales[i] == 0)
                scales[i] = 1;
            if (!double.IsFinite(shifts[i]) || !double.IsFinite(scales[i]))
                throw new ArgumentException($"Column '{table.Names[columns[i]]}' is too large to be scaled.");
        }

        return new AffineScaler(kind, columns, shifts, scales);
    }

    public FittedScaler Log(double offset) => new LogScaler(columns, offset);

    public FittedScaler Difference(int lag) => new DifferenceScaler(columns, lag);

    private double[] Sorted(int column)
    {
        var values = new List<double>();
        for (int row = table.First; row < table.Rows; row++)
        {
            if (double.IsFinite(table[row, column]))
                values.Add(table[row, column]);
        }

        if (values.Count == 0)
            throw new ArgumentException($"Column '{table.Names[column]}' of the training part has no value.");
        values.Sort();
        return [.. values];
    }
}
