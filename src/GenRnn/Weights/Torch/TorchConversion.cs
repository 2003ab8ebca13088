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
    /// <summary>Fills the variables of one layer.</summary>
    /// <param name="layer">What the file has.</param>
    /// <param name="variables">What the model has, in Keras' order.</param>
    /// <param name="parameters">The model's parameters, to be written at the variables' offsets.</param>
    /// <exception cref="System.IO.InvalidDataException">They do not fit.</exception>
    public static void Fill<T>(StoredLayer layer, IReadOnlyList<VariableInfo> variables, Span<T> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (layer.Tensors.Any(t => TorchLayers.IsRecurrent(TorchLayers.LastOf(t.Name))))
        {
            FillRecurrent(layer, variables, parameters);
            return;
        }

        foreach (VariableInfo variable in variables)
        {
            string name = RoleOf(variable) switch
            {
                "kernel" or "embeddings" or "gamma" => "weight",
                "bias" or "beta" => "bias",
                "moving_mean" => "running_mean",
                "moving_variance" => "running_var",
                var other => throw FileFault.Refused($"'{other}' of the model, which PyTorch has no counterpart for"),
            };
            StoredTensor tensor = layer.Tensors.FirstOrDefault(t => TorchLayers.LastOf(t.Name) == name) ?? throw Misfit(layer, variable, $"no '{name}'");
            // Embedding tables have the same layout; a kernel's axes are reversed: [out, in] and [out, in, taps].
            bool isReversed = RoleOf(variable) == "kernel";
            if (!tensor.Shape.SequenceEqual(variable.Shape.Select(d => (long)d).Order(isReversed)))
                throw Misfit(layer, variable, $"'{name}' of the shape [{string.Join(", ", tensor.Shape)}]");
            Span<T> target = parameters.Slice(variable.Offset, variable.Length);
            tensor.CopyTo(target);
            if (isReversed)
                ReverseAxes(target, variable.Shape);
        }

        int used = variables.Count;
        if (used != layer.Tensors.Count)
            throw FileFault.Refused($"{layer.Tensors.Count} tensors of {FileFault.Quote(layer.Name)} where the model has {used} variables");
    }

    private static void FillRecurrent<T>(StoredLayer layer, IReadOnlyList<VariableInfo> variables, Span<T> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        List<StoredTensor>[] directions = [layer.Tensors.Where(t => !TorchLayers.IsReverse(t.Name)).ToList(), layer.Tensors.Where(t => TorchLayers.IsReverse(t.Name)).ToList()];
        int count = directions[1].Count > 0 ? 2 : 1;
        int each = variables.Count / count;
        if (variables.Count % count != 0 || each is not (2 or 3) || directions.Take(count).Any(d => d.Count != (each == 2 ? 2 : 4)))
            throw FileFault.Refused($"{layer.Tensors.Count} tensors of {FileFault.Quote(layer.Name)} where the model has {variables.Count} variables");
        for (int direction = 0; direction < count; direction++)
        {
            List<StoredTensor> tensors = directions[direction];
            List<VariableInfo> own = variables.Skip(direction * each).Take(each).ToList();
            int units = own[1].Shape[0], gates = own[1].Shape[1] / units;
            for (int i = 0; i < 2; i++)
            {
                if (!tensors[i].Shape.SequenceEqual(own[i].Shape.Reverse().Select(d => (long)d)))
                    throw Misfit(layer, own[i], $"'{TorchLayers.LastOf(tensors[i].Name)}' of the shape [{string.Join(", ", tensors[i].Shape)}]");
                Span<T> target = parameters.Slice(own[i].Offset, own[i].Length);
                tensors[i].CopyTo(target);
                ReverseAxes(target, own[i].Shape);
                SwapGates(target, gates, units);
            }

            if (each == 2)
                continue;
            var input = new T[gates * units];
            var recurrent = new T[gates * units];
            foreach ((StoredTensor tensor, T[] values) in new[] { (tensors[2], input), (tensors[3], recurrent) })
            {
                if (tensor.Count != values.Length)
                    throw Misfit(layer, own[2], $"'{TorchLayers.LastOf(tensor.Name)}' of the shape [{string.Join(", ", tensor.Shape)}]");
                tensor.CopyTo(values.AsSpan());
                SwapGates(values.AsSpan(), gates, units);
            }

            Span<T> bias = parameters.Slice(own[2].Offset, own[2].Length);
            if (bias.Length == 2 * gates * units)
            {
                input.CopyTo(bias);
                recurrent.CopyTo(bias[input.Length..]);
                continue;
            }

            if (gates == 3)
                throw FileFault.Refused($"two biases of {FileFault.Quote(layer.Name)} where the model's GRU has one; PyTorch's formula is that of ResetAfter = true");
            for (int i = 0; i < bias.Length; i++)
                bias[i] = input[i] + recurrent[i];
        }
    }

    private static string RoleOf(VariableInfo variable) => variable.Path[(variable.Path.LastIndexOf('/') + 1)..];

    private static IEnumerable<long> Order(this IEnumerable<long> shape, bool isReversed) => isReversed ? shape.Reverse() : shape;

    private static System.IO.InvalidDataException Misfit(StoredLayer layer, VariableInfo variable, string found) =>
        FileFault.Refused($"{FileFault.Quote(layer.Name)} has {found} for '{variable.Path}' of the shape [{string.Join(", ", variable.Shape)}]");

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
    private static void SwapGates<T>(Span<T> rows, int gates, int units)
    {
        if (gates != 3)
            return;
        for (int start = 0; start < rows.Length; start += gates * units)
        {
            for (int i = start; i < start + units; i++)
                (rows[i], rows[i + units]) = (rows[i + units], rows[i]);
        }
    }
}
