using System;
using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace GenRnn;

/// <summary>ln(x + offset).</summary>
internal sealed class LogScaler(int[] columns, double offset) : FittedScaler("log", columns)
{
    public override void Apply(ScaledTable table)
    {
        foreach (int column in Columns)
        {
            for (int row = table.First; row < table.Rows; row++)
            {
                ref double value = ref table[row, column];
                if (value + offset <= 0)
                    throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Row {row}, column '{table.Names[column]}': {value} + {offset} has no logarithm; expected more than 0."));
                value = Functions.Log(value + offset);
            }
        }
    }

    public override void Undo(int place, Span<double> values, ReadOnlySpan<double> before)
    {
        foreach (ref double value in values)
            value = Functions.Exp(new Vector<double>(value))[0] - offset;
    }

    public override void Write(Utf8JsonWriter writer) => writer.WriteNumber("offset", offset);
}
