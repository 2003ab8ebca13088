using System;
using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Tool.Reading.Onnx;

/// <summary>A value that is known: a constant of the graph, or what nodes make of constants and shapes.</summary>
/// <param name="Shape">Its axes.</param>
/// <param name="Values">Its values, row-major. A float or an index is a double without loss.</param>
internal sealed record OnnxConstant(long[] Shape, double[] Values)
{
    public static OnnxConstant Of(OnnxTensor tensor)
    {
        var values = new double[tensor.Count];
        tensor.CopyTo<double>(values);
        return new OnnxConstant(tensor.Shape, values);
    }

    public static OnnxConstant List(IEnumerable<long> values)
    {
        double[] list = [.. values.Select(v => (double)v)];
        return new OnnxConstant([list.Length], list);
    }

    public long[] Integers => Array.ConvertAll(Values, v => (long)v);

    public bool IsZero => Array.TrueForAll(Values, v => v == 0);
}
