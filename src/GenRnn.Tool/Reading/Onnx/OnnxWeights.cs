using System;
using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Tool.Reading.Onnx;

/// <summary>A layer's variables as its node has them.</summary>
/// <param name="variables">The layer's variables, in Keras' order.</param>
/// <param name="parameters">All parameters of the model.</param>
internal delegate void OnnxFilling(IReadOnlyList<VariableInfo> variables, Span<double> parameters);

/// <summary>
/// ONNX' weights in Keras' layout. Recurrent ones are [directions, gates units, inputs]; LSTM's gates i, o, f, c become i, f, c, o, GRU's stand in the same order
/// (z, r, h); of the two biases LSTM's and RNN's are added, and GRU's where the reset gate works in front of the product.
/// </summary>
internal static class OnnxWeights
{
    // Where Keras' gate stands in ONNX.
    private static readonly int[] s_lstm = [0, 2, 3, 1];

    public static OnnxFilling Recurrent(string type, OnnxConstant kernel, OnnxConstant recurrent, OnnxConstant? bias, OnnxConstant? peepholes) => (variables, parameters) =>
    {
        int directions = (int)kernel.Shape[0], each = variables.Count / directions, units = (int)recurrent.Shape[2], lanes = (int)kernel.Shape[1];
        int[] gates = type == "LSTM" ? s_lstm : [.. Enumerable.Range(0, lanes / units)];
        for (int i = 0; i < variables.Count; i++)
        {
            VariableInfo variable = variables[i];
            int direction = i / each;
            Span<double> target = parameters.Slice(variable.Offset, variable.Length);
            switch (RoleOf(variable))
            {
                case "kernel": Transpose(kernel, direction, gates, units, target); break;
                case "recurrent_kernel": Transpose(recurrent, direction, gates, units, target); break;
                case "bias": Bias(bias!, direction, gates, units, target); break;
                // P has those of i, o, f.
                case "input_peephole": peepholes!.Values.AsSpan((3 * direction + 0) * units, units).CopyTo(target); break;
                case "output_peephole": peepholes!.Values.AsSpan((3 * direction + 1) * units, units).CopyTo(target); break;
                case "forget_peephole": peepholes!.Values.AsSpan((3 * direction + 2) * units, units).CopyTo(target); break;
                default: throw new InvalidOperationException($"'{variable.Path}' is no variable of an ONNX node.");
            }
        }
    };

    /// <summary>A product whose weights are [in, out], or [out, in] where they are transposed.</summary>
    public static OnnxFilling Product(OnnxConstant kernel, bool isTransposed, Func<OnnxConstant?> bias) => (variables, parameters) =>
    {
        foreach (VariableInfo variable in variables)
        {
            Span<double> target = parameters.Slice(variable.Offset, variable.Length);
            if (RoleOf(variable) != "kernel")
                bias()!.Values.CopyTo(target);
            else if (isTransposed)
                Reverse(kernel, target);
            else
                kernel.Values.CopyTo(target);
        }
    };

    /// <summary>A convolution's [filters, features, taps] as [taps, features, filters].</summary>
    public static OnnxFilling Convolution(OnnxConstant kernel, OnnxConstant? bias) => Product(kernel, isTransposed: true, () => bias);

    /// <summary>Vectors by their roles.</summary>
    public static OnnxFilling Vectors(params (string Role, OnnxConstant? Value)[] values) => (variables, parameters) =>
    {
        foreach (VariableInfo variable in variables)
            values.First(v => v.Role == RoleOf(variable)).Value!.Values.CopyTo(parameters.Slice(variable.Offset, variable.Length));
    };

    private static string RoleOf(VariableInfo variable) => variable.Path[(variable.Path.LastIndexOf('/') + 1)..];

    private static void Transpose(OnnxConstant weights, int direction, int[] gates, int units, Span<double> target)
    {
        int lanes = gates.Length * units, inputs = (int)weights.Shape[2];
        for (int input = 0; input < inputs; input++)
        {
            for (int lane = 0; lane < lanes; lane++)
                target[input * lanes + lane] = weights.Values[(direction * lanes + gates[lane / units] * units + lane % units) * inputs + input];
        }
    }

    private static void Bias(OnnxConstant bias, int direction, int[] gates, int units, Span<double> target)
    {
        int lanes = gates.Length * units;
        for (int lane = 0; lane < lanes; lane++)
        {
            int place = direction * 2 * lanes + gates[lane / units] * units + lane % units;
            double input = bias.Values[place], recurrent = bias.Values[place + lanes];
            if (target.Length == 2 * lanes)
                (target[lane], target[lanes + lane]) = (input, recurrent);
            else
                target[lane] = input + recurrent;
        }
    }

    private static void Reverse(OnnxConstant kernel, Span<double> target)
    {
        var index = new long[kernel.Shape.Length];
        foreach (double value in kernel.Values)
        {
            long at = 0;
            for (int axis = index.Length - 1; axis >= 0; axis--)
                at = at * kernel.Shape[axis] + index[axis];
            target[(int)at] = value;
            for (int axis = index.Length - 1; axis >= 0 && ++index[axis] == kernel.Shape[axis]; axis--)
                index[axis] = 0;
        }
    }
}
