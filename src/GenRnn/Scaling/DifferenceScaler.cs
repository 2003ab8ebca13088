using System;
using System.Text.Json;

namespace GenRnn;

/// <summary>x(t) - x(t - lag).</summary>
internal sealed class DifferenceScaler(int[] columns, int lag) : FittedScaler("difference", columns)
{
    public override int Lag => lag;

    public override void Apply(ScaledTable table)
    {
        foreach (int column in Columns)
        {
            for (int row = table.Rows - 1; row >= table.First + lag; row--)
                table[row, column] -= table[row - lag, column];
        }

        table.First = Math.Min(table.First + lag, table.Rows);
    }

    public override void Undo(int place, Span<double> values, ReadOnlySpan<double> before)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] += i < lag ? before[before.Length - lag + i] : values[i - lag];
    }

    public override void Write(Utf8JsonWriter writer) => writer.WriteNumber("lag", lag);
}
