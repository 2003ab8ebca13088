using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace GenRnn.Tool.Reading.Onnx;

/// <summary>Computes what nodes make of constants: the glue that exporters write around weights, shapes and zero states.</summary>
internal sealed class OnnxFolding
{
    private long _left;

    /// <param name="fileLength">Length of the file, which bounds what is made.</param>
    public OnnxFolding(long fileLength) => _left = 2 * fileLength + (1 << 20);

    /// <summary>A node's value; null if it computes what is not glue.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or makes more than any weights need.</exception>
    public OnnxConstant? Fold(OnnxNode node, IReadOnlyList<OnnxConstant?> inputs)
    {
        long[]? Numbers(int input, string attribute) => inputs.ElementAtOrDefault(input)?.Integers ?? node.Attributes.GetValueOrDefault(attribute)?.Items.Select(i => (long)i.Number).ToArray();
        double Attribute(string name, double absent) => node.Attributes.GetValueOrDefault(name)?.Number ?? absent;
        try
        {
            return (node.Type, inputs) switch
            {
                ("Identity" or "Cast", [{ } x, ..]) => x,
                ("Squeeze", [{ } x, ..]) => Reshaped(x, WithoutAxes(x.Shape, Numbers(1, "axes"))),
                ("Unsqueeze", [{ } x, ..]) when Numbers(1, "axes") is { } axes => Reshaped(x, WithAxes(x.Shape, axes)),
                ("Reshape", [{ } x, { } shape]) => Reshaped(x, Resolve(x.Shape, shape.Integers)),
                ("Transpose", [{ } x]) => Transposed(x, Numbers(1, "perm") ?? [.. Enumerable.Range(0, x.Shape.Length).Reverse().Select(i => (long)i)]),
                ("Concat", [{ }, ..]) when inputs.All(i => i is not null) => Joined([.. inputs.Select(i => i!)], (int)Attribute("axis", 0)),
                ("Gather", [{ } x, { } at]) => Gathered(x, at, (int)Attribute("axis", 0)),
                ("Slice", [{ } x, ..]) when Numbers(1, "starts") is { } starts && Numbers(2, "ends") is { } ends => Sliced(x, starts, ends, Numbers(3, "axes"), inputs.ElementAtOrDefault(4)?.Integers),
                ("Expand", [{ } x, { } shape]) when x.IsZero => Filled(shape.Integers, 0),
                ("ConstantOfShape", [{ } shape]) => Filled(shape.Integers, node.Tensor is { } value ? OnnxConstant.Of(value).Values[0] : 0),
                ("Add", [{ } x, { } y]) => Paired(x, y, (a, b) => a + b),
                ("Sub", [{ } x, { } y]) => Paired(x, y, (a, b) => a - b),
                ("Mul", [{ } x, { } y]) => Paired(x, y, (a, b) => a * b),
                ("Div", [{ } x, { } y]) => Paired(x, y, (a, b) => a / b),
                _ => null,
            };
        }
        catch (Exception exception) when (exception is IndexOutOfRangeException or OverflowException or ArgumentException or DivideByZeroException)
        {
            throw new InvalidDataException($"The file is damaged: {node.Title} has other shapes than it can.", exception);
        }
    }

    private double[] New(IEnumerable<long> shape)
    {
        long count = 1;
        foreach (long axis in shape)
            count = checked(count * (axis >= 0 && axis <= int.MaxValue ? axis : throw new OverflowException()));
        _left -= count;
        return _left >= 0 ? new double[count] : throw new InvalidDataException("The file uses what Gen does not read: nodes that make more of its constants than it holds.");
    }

    private static OnnxConstant Reshaped(OnnxConstant x, long[] shape) =>
        shape.Aggregate(1L, (a, b) => checked(a * b)) == x.Values.Length ? x with { Shape = shape } : throw new OverflowException();

    private static long[] WithoutAxes(long[] shape, long[]? axes) =>
        [.. shape.Where((size, i) => axes is null ? size != 1 : !axes.Contains(i) && !axes.Contains(i - shape.Length))];

    private static long[] WithAxes(long[] shape, long[] axes)
    {
        int rank = shape.Length + axes.Length, next = 0;
        return [.. Enumerable.Range(0, rank).Select(i => axes.Contains(i) || axes.Contains(i - rank) ? 1 : shape[next++])];
    }

    private static long[] Resolve(long[] shape, long[] wanted)
    {
        long[] resolved = [.. wanted.Select((size, i) => size == 0 ? shape[i] : size)];
        int open = Array.IndexOf(resolved, -1);
        if (open >= 0)
            resolved[open] = shape.Aggregate(1L, (a, b) => checked(a * b)) / -resolved.Aggregate(1L, (a, b) => checked(a * b));
        return resolved;
    }

    private OnnxConstant Transposed(OnnxConstant x, long[] order)
    {
        long[] shape = [.. order.Select(axis => x.Shape[axis])];
        return Selected(x, shape, index => [.. Enumerable.Range(0, order.Length).Select(axis => index[Array.IndexOf(order, axis)])]);
    }

    private OnnxConstant Sliced(OnnxConstant x, long[] starts, long[] ends, long[]? axes, long[]? steps)
    {
        if (steps is not null && steps.Any(s => s != 1))
            throw new InvalidDataException("The file uses what Gen does not read: a Slice of constants with steps.");
        long[] first = new long[x.Shape.Length], shape = [.. x.Shape];
        for (int i = 0; i < starts.Length; i++)
        {
            long axis = axes is null ? i : axes[i] < 0 ? axes[i] + x.Shape.Length : axes[i], size = x.Shape[axis];
            long Within(long place) => Math.Clamp(place < 0 ? place + size : place, 0, size);
            first[axis] = Within(starts[i]);
            shape[axis] = Math.Max(0, Within(ends[i]) - first[axis]);
        }

        return Selected(x, shape, index => [.. index.Select((place, axis) => place + first[axis])]);
    }

    private OnnxConstant Gathered(OnnxConstant x, OnnxConstant at, int axis)
    {
        axis = axis < 0 ? axis + x.Shape.Length : axis;
        long[] shape = [.. x.Shape[..axis], .. at.Shape, .. x.Shape[(axis + 1)..]], places = at.Integers;
        return Selected(x, shape, index =>
        {
            long place = 0;
            for (int i = 0; i < at.Shape.Length; i++)
                place = place * at.Shape[i] + index[axis + i];
            long found = places[place];
            return [.. index[..axis], found < 0 ? found + x.Shape[axis] : found, .. index[(axis + at.Shape.Length)..]];
        });
    }

    private OnnxConstant Joined(OnnxConstant[] parts, int axis)
    {
        axis = axis < 0 ? axis + parts[0].Shape.Length : axis;
        long[] shape = [.. parts[0].Shape];
        shape[axis] = parts.Sum(p => p.Shape[axis]);
        double[] values = New(shape);
        long inner = parts[0].Shape.Skip(axis + 1).Aggregate(1L, (a, b) => a * b), outer = parts[0].Shape.Take(axis).Aggregate(1L, (a, b) => a * b), to = 0;
        for (long row = 0; row < outer; row++)
        {
            foreach (OnnxConstant part in parts)
            {
                long length = part.Shape[axis] * inner;
                part.Values.AsSpan(checked((int)(row * length)), checked((int)length)).CopyTo(values.AsSpan((int)to));
                to += length;
            }
        }

        return new OnnxConstant(shape, values);
    }

    private OnnxConstant Filled(long[] shape, double value)
    {
        double[] values = New(shape);
        Array.Fill(values, value);
        return new OnnxConstant(shape, values);
    }

    private OnnxConstant Paired(OnnxConstant x, OnnxConstant y, Func<double, double, double> function)
    {
        OnnxConstant wide = x.Values.Length >= y.Values.Length ? x : y;
        if (x.Values.Length != y.Values.Length && x.Values.Length != 1 && y.Values.Length != 1)
            throw new OverflowException();
        double[] values = New(wide.Shape);
        for (int i = 0; i < values.Length; i++)
            values[i] = function(x.Values[x.Values.Length == 1 ? 0 : i], y.Values[y.Values.Length == 1 ? 0 : i]);
        return new OnnxConstant(wide.Shape, values);
    }

    /// <summary>A tensor of another shape, whose elements stand in <paramref name="x"/> where a function of their index says.</summary>
    private OnnxConstant Selected(OnnxConstant x, long[] shape, Func<long[], long[]> place)
    {
        double[] values = New(shape);
        var index = new long[shape.Length];
        for (int i = 0; i < values.Length; i++)
        {
            long at = 0;
            long[] source = place(index);
            for (int axis = 0; axis < source.Length; axis++)
                at = source[axis] >= 0 && source[axis] < x.Shape[axis] ? at * x.Shape[axis] + source[axis] : throw new OverflowException();
            values[i] = x.Values[at];
            for (int axis = shape.Length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--)
                index[axis] = 0;
        }

        return new OnnxConstant(shape, values);
    }
}
