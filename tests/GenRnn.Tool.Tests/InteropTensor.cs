using System;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace GenRnn.Tool.Tests;

/// <summary>An input or output of a case.</summary>
/// <param name="Shape">Its shape.</param>
/// <param name="Values">Its values, row-major.</param>
internal sealed record InteropTensor(int[] Shape, float[] Values)
{
    private static readonly string[] s_order = ["rows", "rowsandsteps", "steps", "directions", "features"];

    public static InteropTensor Of(JsonElement? tensor) => tensor is { } value && value.TryGetProperty("f32", out JsonElement data)
        ? new InteropTensor([.. value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())], MemoryMarshal.Cast<byte, float>(data.GetBytesFromBase64()).ToArray())
        : new InteropTensor([], []);

    /// <summary>The values with rows in front, then steps, then features.</summary>
    /// <param name="source">The source file that was imported, whose note says how the axes stand where they do not stand so.</param>
    /// <param name="what">Of which the note is: <c>the input</c>.</param>
    public float[] RowsFirst(string source, string what)
    {
        string note = what + " has the axes [";
        int at = source.IndexOf(note, StringComparison.Ordinal);
        if (at < 0)
            return Values;
        string[] axes = source[(at + note.Length)..].Split(']')[0].Split(", ");
        int[] order = [.. Enumerable.Range(0, axes.Length).OrderBy(i => Array.IndexOf(s_order, axes[i]))];
        int[] shape = [.. order.Select(i => Shape[i])], index = new int[shape.Length];
        var values = new float[Values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int place = 0;
            for (int axis = 0; axis < Shape.Length; axis++)
                place = place * Shape[axis] + index[Array.IndexOf(order, axis)];
            values[i] = Values[place];
            for (int axis = shape.Length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--)
                index[axis] = 0;
        }

        return values;
    }
}
