using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Pages;

/// <summary>Called by the compiled blocks of a page: what a comment says must be so.</summary>
public static partial class ShapeCheck
{
    /// <summary>An array has as many elements as the shape that is stated for it.</summary>
    public static void Array(string name, int length, params int[] shape)
    {
        int expected = shape.Aggregate(1, (product, axis) => product * axis);
        Assert.True(length == expected, $"{name} is stated to be [{string.Join(", ", shape)}], {expected} values; it has {length}.");
    }

    /// <summary>A model's inputs and outputs have the shapes of a comment (lengths of rows are not in it), <c>// [32, 10, 8] -> [32, 10, 4], [32, 4]</c>.</summary>
    public static void Model(ModelInfo info, string comment)
    {
        string[] sides = comment.Split("->");
        Assert.Equal(Stated(sides[0]), Shapes(info, info.Inputs.Where(i => !i.IsLengths)));
        Assert.Equal(Stated(sides[1]), Shapes(info, info.Outputs));
    }

    private static string Stated(string text) => string.Join(", ", Shape().Matches(text).Select(m => m.Value));

    private static string Shapes(ModelInfo info, IEnumerable<TensorInfo> tensors) => string.Join(", ", tensors.Select(t =>
        t.TimeSteps == 0 ? $"[{info.Batch}, {t.Features}]"
        : info.Layout == DataLayout.TimeMajor ? $"[{t.TimeSteps}, {info.Batch}, {t.Features}]"
        : $"[{info.Batch}, {t.TimeSteps}, {t.Features}]"));

    [GeneratedRegex(@"\[\d+(, \d+)*\]")]
    private static partial Regex Shape();
}
