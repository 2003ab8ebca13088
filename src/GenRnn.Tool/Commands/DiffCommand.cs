using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using GenRnn.Tool.Importing;
using GenRnn.Tool.Reading;

namespace GenRnn.Tool.Commands;

/// <summary><c>dotnet gen diff A B</c>.</summary>
internal static class DiffCommand
{
    public static Command Create()
    {
        var first = new Argument<string>("a") { Description = "A model or weights." };
        var second = new Argument<string>("b") { Description = "Another one." };
        var command = new Command("diff", "Compares the weights of two files, tensor by tensor: by name where both have the same names, else in order. Exit code 0: the same, 1: they differ, 2: not comparable.") { first, second };
        command.SetAction(parsed =>
        {
            string a = parsed.GetRequiredValue(first), b = parsed.GetRequiredValue(second);
            WeightTable? left = null;
            int code = Failures.Catch(parsed, a, ExitCode.Usage, () =>
            {
                left = WeightTable.Read(a);
                return ExitCode.Done;
            });
            return left is null ? code : Failures.Catch(parsed, b, ExitCode.Usage, () => Compare(left, WeightTable.Read(b), parsed.InvocationConfiguration.Output));
        });
        return command;
    }

    private static int Compare(WeightTable a, WeightTable b, TextWriter output)
    {
        var names = b.Tensors.GroupBy(t => t.Name).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        bool byName = a.Tensors.Count == b.Tensors.Count && a.Tensors.All(t => names.ContainsKey(t.Name));
        var rows = new List<string[]>();
        bool isSame = true;
        for (int i = 0; i < Math.Max(a.Tensors.Count, b.Tensors.Count); i++)
        {
            StoredTensor? left = i < a.Tensors.Count ? a.Tensors[i] : null;
            StoredTensor? right = byName ? names[left!.Name] : i < b.Tensors.Count ? b.Tensors[i] : null;
            (string text, bool areSame) = Difference(left, right);
            isSame &= areSame;
            rows.Add([left?.Name ?? "-", byName || right is null ? "" : right.Name, left is null ? "-" : WeightTable.Shape(left), right is null ? "-" : WeightTable.Shape(right), text]);
        }

        NetworkTable.Write(["tensor of a", byName ? "" : "tensor of b", "shape in a", "shape in b", "largest difference"], rows, output);
        output.WriteLine(isSame ? "the same weights" : "the weights differ");
        return isSame ? ExitCode.Done : ExitCode.Refused;
    }

    private static (string Text, bool AreSame) Difference(StoredTensor? a, StoredTensor? b)
    {
        if (a is null || b is null)
            return ("only in one", false);
        if (!a.Shape.AsSpan().SequenceEqual(b.Shape))
            return ("other shapes", false);
        double[] x = WeightTable.Values(a), y = WeightTable.Values(b);
        double largest = 0;
        for (int i = 0; i < x.Length; i++)
        {
            // Equal values, infinities and NaNs in the same places are no difference.
            if (!x[i].Equals(y[i]))
                largest = Math.Max(largest, double.IsNaN(x[i] - y[i]) ? double.PositiveInfinity : Math.Abs(x[i] - y[i]));
        }

        return (largest.ToString("G3", CultureInfo.InvariantCulture), largest == 0);
    }
}
