using System;
using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace GenRnn;

/// <summary>A scaler with its numbers.</summary>
/// <param name="kind">Its name in files.</param>
/// <param name="columns">The columns that it scales.</param>
internal abstract class FittedScaler(string kind, int[] columns)
{
    public string Kind { get; } = kind;

    public int[] Columns { get; } = columns;

    /// <summary>Rows that are lost at the start.</summary>
    public virtual int Lag => 0;

    /// <summary>Scales a table in place.</summary>
    public abstract void Apply(ScaledTable table);

    /// <summary>Takes it back in one column, for values that follow others.</summary>
    /// <param name="place">Which of <see cref="Columns"/>.</param>
    /// <param name="values">The values.</param>
    /// <param name="before">What this scaler was given of the rows right before them, in their order.</param>
    public abstract void Undo(int place, Span<double> values, ReadOnlySpan<double> before);

    /// <summary>Writes the numbers.</summary>
    public abstract void Write(Utf8JsonWriter writer);
}

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
