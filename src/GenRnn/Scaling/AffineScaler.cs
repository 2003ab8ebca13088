using System;
using System.Text.Json;

namespace GenRnn;

/// <summary>(x - shift) / scale.</summary>
internal sealed class AffineScaler(string kind, int[] columns, double[] shifts, double[] scales) : FittedScaler(kind, columns)
{
    public override void Apply(ScaledTable table)
    {
        for (int i = 0; i < Columns.Length; i++)
        {
            for (int row = table.First; row < table.Rows; row++)
                table[row, Columns[i]] = (table[row, Columns[i]] - shifts[i]) / scales[i];
        }
    }

    public override void Undo(int place, Span<double> values, ReadOnlySpan<double> before)
    {
        foreach (ref double value in values)
            value = value * scales[place] + shifts[place];
    }

    public override void Write(Utf8JsonWriter writer)
    {
        WriteNumbers(writer, "shift", shifts);
        WriteNumbers(writer, "scale", scales);
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, double[] numbers)
    {
        writer.WriteStartArray(name);
        foreach (double number in numbers)
            writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }
}
