using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using GenRnn.Compiler.Interop;

namespace GenRnn.Tool.Importing;

/// <summary>Tables on the console.</summary>
internal static class NetworkTable
{
    /// <summary>A network's layers: what they are called and are in the file, what they have become, their shapes and sizes.</summary>
    public static void Write(ImportedNetwork network, TextWriter output)
    {
        Write(
            ["layer", "class", "in Gen", "output", "parameters"],
            network.Model.Layers.Select((layer, i) => new[]
            {
                layer.Name, layer.Class, string.Join(' ', DeclarationPrinter.Lines(layer.Item)), network.Info.Layers[i].OutputShape,
                network.Info.Layers[i].ParameterCount.ToString("N0", CultureInfo.InvariantCulture),
            }),
            output);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{network.Info.ParameterCount:N0} parameters in {network.Info.Variables.Count} variables"));
    }

    /// <summary>A table with a line under its header.</summary>
    public static void Write(IReadOnlyList<string> header, IEnumerable<string[]> rows, TextWriter output)
    {
        List<string[]> cells = rows.Select(row => Array.ConvertAll(row, cell => ForeignText.Quote(cell, 120))).ToList();
        int[] widths = header.Select((title, i) => cells.Select(row => row[i].Length).Append(title.Length).Max()).ToArray();
        string Line(IEnumerable<string> row) => string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd();
        output.WriteLine(Line(header));
        output.WriteLine(Line(widths.Select(w => new string('-', w))));
        foreach (string[] row in cells)
            output.WriteLine(Line(row));
    }
}
