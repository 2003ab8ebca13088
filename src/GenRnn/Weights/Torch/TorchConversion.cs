using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace GenRnn;

/// <summary>
/// PyTorch's tensors in Keras' layout. Products are the other way round there (W x instead of x W), LSTM's gates stand in the same order (i, f, g, o),
/// GRU's are r, z, n where Keras has z, r, h; there are two biases, of which all but GRU's are only ever added.
/// </summary>
internal static class TorchConversion
{
    /// <summary>Why a layer of a file is none of the model; null if it is one.</summary>
    /// <param name="layer">What the file has.</param>
    /// <param name="variables">What the model has, in Keras' order.</param>
    public static string? Mismatch(StoredLayer layer, IReadOnlyList<VariableInfo> variables)
    {
        List<(StoredTensor? Tensor, VariableInfo Variable, int[] Shape)> expected = IsRecurrent(layer) ? RecurrentShapes(layer, variables) : PlainShapes(layer, variables);
        if (expected.Count != layer.Tensors.Count)
            return $"{FileFault.Quote(layer.Name)} has {layer.Tensors.Count} tensors where the model has {string.Join(", ", variables)}";
        foreach ((StoredTensor? tensor, VariableInfo variable, int[] shape) in expected)
        {
            if (tensor is null || !tensor.Shape.SequenceEqual(shape.Select(d => (long)d)))
                return $"{FileFault.Quote(layer.Name)} has {(tensor is null ? "nothing" : $"[{string.Join(", ", tensor.Shape)}]")} where {variable} needs [{string.Join(", ", shape)}]";
            if (!NumberTypes.IsFloatingPoint(tensor.Type))
                return $"{FileFault.Quote(tensor.Name)} is of the type {tensor.Type}: quantised weights";
        }

        return null;
    }

    /// <summary>Fills the variables of one layer, which <see cref="Mismatch"/> has found to be the model's.</summary>
    /// <param name="layer">What the file has.</param>
    /// <param name="variables">What the model has, in Keras' order.</param>
    /// <param name="parameters">The model's parameters, to be written at the variables' offsets.</param>
    public static void Fill<T>(StoredLayer layer, IReadOnlyList<VariableInfo> variables, Span<T> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (IsRecurrent(layer))
        {
            FillRecurrent(layer, variables, parameters);
            return;
        }

        foreach ((StoredTensor? tensor, VariableInfo variable, _) in PlainShapes(layer, variables))
        {
            Span<T> target = parameters.Slice(variable.Offset, variable.Length);
            tensor!.CopyTo(target);
            if (RoleOf(variable) == "kernel")
                ReverseAxes(target, variable.Shape);
        }
    }

    private static bool IsRecurrent(StoredLayer layer) => layer.Tensors.Any(t => TorchLayers.IsRecurrent(TorchLayers.LastOf(t.Name)));

    /// <summary>Embedding tables have Keras' layout; a kernel's axes are reversed: [out, in] and [out, in, taps].</summary>
    private static List<(StoredTensor?, VariableInfo, int[])> PlainShapes(StoredLayer layer, IReadOnlyList<VariableInfo> variables) => variables.Select(variable =>
    {
        string name = RoleOf(variable) switch
        {
            "kernel" or "embeddings" or "gamma" => "weight",
            "bias" or "beta" => "bias",
            "moving_mean" => "running_mean",
            "moving_variance" => "running_var",
            _ => "",
        };
        StoredTensor? tensor = layer.Tensors.FirstOrDefault(t => TorchLayers.LastOf(t.Name) == name);
        return (tensor, variable, RoleOf(variable) == "kernel" ? Enumerable.Reverse(variable.Shape).ToArray() : variable.Shape);
    }).ToList();

    private static List<(StoredTensor?, VariableInfo, int[])> RecurrentShapes(StoredLayer layer, IReadOnlyList<VariableInfo> variables)
    {
        var shapes = new List<(StoredTensor?, VariableInfo, int[])>();
        foreach ((List<StoredTensor> tensors, List<VariableInfo> own) in Directions(layer, variables))
        {
            if (own.Count is not (2 or 3) || own[1].Shape.Length != 2)
                return [];
            int lanes = own[1].Shape[1];
            shapes.Add((tensors.ElementAtOrDefault(0), own[0], Enumerable.Reverse(own[0].Shape).ToArray()));
            shapes.Add((tensors.ElementAtOrDefault(1), own[1], Enumerable.Reverse(own[1].Shape).ToArray()));
            // PyTorch's GRU is that of two biases; another has no place for the second.
            bool isOneBias = own.Count == 3 && own[2].Shape.Length == 1 && lanes == 3 * own[1].Shape[0];
            for (int i = 2; own.Count == 3 && i < 4; i++)
                shapes.Add((isOneBias ? null : tensors.ElementAtOrDefault(i), own[2], [lanes]));
        }

        return shapes;
    }

    /// <summary>Forward, and backward if there is one: tensors with their variables.</summary>
    private static List<(List<StoredTensor> Tensors, List<VariableInfo> Variables)> Directions(StoredLayer layer, IReadOnlyList<VariableInfo> variables)
    {
        List<StoredTensor> forward = layer.Tensors.Where(t => !TorchLayers.IsReverse(t.Name)).ToList(), backward = layer.Tensors.Where(t => TorchLayers.IsReverse(t.Name)).ToList();
        if (backward.Count == 0)
            return [(forward, variables.ToList())];
        int each = variables.Count / 2;
        return [(forward, variables.Take(each).ToList()), (backward, variables.Skip(each).ToList())];
    }

    private static void FillRecurrent<T>(StoredLayer layer, IReadOnlyList<VariableInfo> variables, Span<T> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach ((List<StoredTensor> tensors, List<VariableInfo> own) in Directions(layer, variables))
        {
            int units = own[1].Shape[0], lanes = own[1].Shape[1];
            for (int i = 0; i < 2; i++)
            {
                Span<T> target = parameters.Slice(own[i].Offset, own[i].Length);
                tensors[i].CopyTo(target);
                ReverseAxes(target, own[i].Shape);
                SwapGates(target, lanes, units);
            }

            if (own.Count == 2)
                continue;
            T[] input = new T[lanes], recurrent = new T[lanes];
            tensors[2].CopyTo(input.AsSpan());
            tensors[3].CopyTo(recurrent.AsSpan());
            SwapGates<T>(input, lanes, units);
            SwapGates<T>(recurrent, lanes, units);
            Span<T> bias = parameters.Slice(own[2].Offset, own[2].Length);
            if (bias.Length == 2 * lanes)
            {
                input.CopyTo(bias);
                recurrent.CopyTo(bias[lanes..]);
                continue;
            }

            for (int i = 0; i < bias.Length; i++)
                bias[i] = input[i] + recurrent[i];
        }
    }

    private static string RoleOf(VariableInfo variable) => variable.Path[(variable.Path.LastIndexOf('/') + 1)..];

    /// <summary>Values of the reversed shape, row-major, in this shape.</summary>
    private static void ReverseAxes<T>(Span<T> values, int[] shape)
    {
        T[] source = values.ToArray();
        Span<int> index = stackalloc int[shape.Length];
        index.Clear();
        for (int i = 0; i < values.Length; i++)
        {
            int place = 0;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
                place = place * shape[axis] + index[axis];
            values[i] = source[place];
            for (int axis = shape.Length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--)
                index[axis] = 0;
        }
    }

    /// <summary>Of three gates, r and z change places; of others none does.</summary>
    private static void SwapGates<T>(Span<T> rows, int lanes, int units)
    {
        if (lanes != 3 * units)
            return;
        for (int start = 0; start < rows.Length; start += lanes)
        {
            for (int i = start; i < start + units; i++)
                (rows[i], rows[i + units]) = (rows[i + units], rows[i]);
        }
    }
}
