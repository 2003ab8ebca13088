using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
using System.Text;

namespace GenRnn.CompilerServices;

/// <summary>A model as Keras' <c>summary()</c> prints it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ModelSummary
{
    // Keras' widths at its default line length, borders and padding included.
    private static readonly int[] s_widths = [38, 29, 17];

    /// <summary>The table of layers with their output shapes and parameters, and the totals. Lines end with '\n'.</summary>
    public static string Format(ModelInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        var rows = new List<string[]>(info.Layers.Count);
        foreach (LayerInfo layer in info.Layers)
            rows.Add([$"{layer.Name} ({layer.Type})", layer.OutputShape, Count(layer.ParameterCount)]);

        string[] head = ["Layer (type)", "Output Shape", "Param #"];
        var widths = (int[])s_widths.Clone();
        foreach (string[] row in rows)
        {
            for (int column = 0; column < widths.Length; column++)
                widths[column] = Math.Max(widths[column], row[column].Length + 2);
        }

        var text = new StringBuilder();
        text.Append("Model: \"").Append(info.Name).Append("\"\n");
        AppendRule(text, widths, '┏', '━', '┳', '┓');
        AppendRow(text, widths, head, '┃');
        AppendRule(text, widths, '┡', '━', '╇', '┩');
        for (int i = 0; i < rows.Count; i++)
        {
            if (i > 0)
                AppendRule(text, widths, '├', '─', '┼', '┤');
            AppendRow(text, widths, rows[i], '│');
        }

        AppendRule(text, widths, '└', '─', '┴', '┘');

        long trainable = 0;
        foreach (VariableInfo variable in info.Variables)
            trainable += variable.IsTrainable ? variable.Length : 0;
        int bytes = info.Precision == Precision.Double ? sizeof(double) : sizeof(float);
        AppendTotal(text, "Total", info.ParameterCount, bytes);
        AppendTotal(text, "Trainable", trainable, bytes);
        AppendTotal(text, "Non-trainable", info.ParameterCount - trainable, bytes);
        return text.ToString();
    }

    private static void AppendRule(StringBuilder text, int[] widths, char left, char line, char cross, char right)
    {
        for (int column = 0; column < widths.Length; column++)
            text.Append(column == 0 ? left : cross).Append(line, widths[column]);
        text.Append(right).Append('\n');
    }

    private static void AppendRow(StringBuilder text, int[] widths, string[] cells, char border)
    {
        for (int column = 0; column < widths.Length; column++)
        {
            int room = widths[column] - 2;
            // Numbers stand to the right, as Keras has them.
            string cell = column == widths.Length - 1 ? cells[column].PadLeft(room) : cells[column].PadRight(room);
            text.Append(border).Append(' ').Append(cell).Append(' ');
        }

        text.Append(border).Append('\n');
    }

    private static void AppendTotal(StringBuilder text, string what, long parameters, int bytesPerValue) =>
        text.Append(' ').Append(what).Append(" params: ").Append(Count(parameters))
            .Append(" (").Append(Size(parameters * bytesPerValue)).Append(")\n");

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Size(double bytes)
    {
        string[] units = ["B", "KB", "MB", "GB", "TB"];
        int unit = 0;
        while (bytes >= 1024 && unit < units.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }

        return bytes.ToString("F2", CultureInfo.InvariantCulture) + " " + units[unit];
    }
}
