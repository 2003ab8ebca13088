using System;
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
