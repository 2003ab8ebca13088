using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace GenRnn;

/// <summary>
/// TensorFlow 1's cells in Keras' layout. A joint kernel has the rows of the inputs, then those of the state. LSTM's gates i, j, f, o become i, f, j, o; GRU's
/// r, u become u, r, and its candidate, a kernel of its own, the third. What TensorFlow adds to the forget gate when it runs is the layer's ForgetBias.
/// </summary>
internal static class JointConversion
{
    /// <summary>Why a layer of a file is none of the model; null if it is one.</summary>
    public static string? Mismatch(StoredLayer layer, IReadOnlyList<VariableInfo> variables)
    {
        int used = 0;
        foreach ((List<StoredTensor> tensors, List<VariableInfo> own) in Directions(layer, variables))
        {
            foreach (VariableInfo variable in own.Where(v => RoleOf(v) != "recurrent_kernel"))
            {
                foreach ((string role, int[] shape) in Expected(variable, own))
                {
                    StoredTensor? tensor = tensors.FirstOrDefault(t => JointLayers.RoleOf(t.Name) == role);
                    if (tensor is null || !tensor.Shape.SequenceEqual(shape.Select(d => (long)d)))
                        return $"{FileFault.Quote(layer.Name)} has {(tensor is null ? "nothing" : $"[{string.Join(", ", tensor.Shape)}]")} where '{variable.Path}' needs the {role} [{string.Join(", ", shape)}]";
                    if (!NumberTypes.IsFloatingPoint(tensor.Type))
                        return $"{FileFault.Quote(tensor.Name)} is of the type {tensor.Type}: quantised weights";
                    used++;
                }
            }
        }

        return used == layer.Tensors.Count ? null : $"{FileFault.Quote(layer.Name)} has {layer.Tensors.Count} tensors where the model needs {used}";
    }

    /// <summary>Fills the variables of one layer, which <see cref="Mismatch"/> has found to be the model's.</summary>
    public static void Fill<T>(StoredLayer layer, IReadOnlyList<VariableInfo> variables, Span<T> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach ((List<StoredTensor> tensors, List<VariableInfo> own) in Directions(layer, variables))
        {
            T[] Values(string role)
            {
                StoredTensor tensor = tensors.First(t => JointLayers.RoleOf(t.Name) == role);
                var values = new T[tensor.Count];
                tensor.CopyTo(values.AsSpan());
                return values;
            }

            foreach (VariableInfo variable in own.Where(v => RoleOf(v) != "recurrent_kernel"))
            {
                Span<T> target = parameters.Slice(variable.Offset, variable.Length);
                List<(string Role, int[] Shape)> parts = Expected(variable, own);
                if (RecurrentOf(own) is not { } recurrent || RoleOf(variable) is not ("kernel" or "bias"))
                {
                    Values(parts[0].Role).CopyTo(target);
                    continue;
                }

                int lanes = recurrent.Shape[1], units = lanes / GatesOf(own);
                T[] joint = parts.Count == 1 ? Values(parts[0].Role) : SideBySide(Values(parts[0].Role), 2 * units, Values(parts[1].Role), units);
                Reorder(joint, lanes, units);
                joint.AsSpan(0, target.Length).CopyTo(target);
                if (RoleOf(variable) == "kernel")
                    joint.AsSpan(target.Length).CopyTo(parameters.Slice(recurrent.Offset, recurrent.Length));
            }
        }
    }

    /// <summary>The tensors that a variable, with the recurrent kernel where it is the kernel, is stored as.</summary>
    private static List<(string Role, int[] Shape)> Expected(VariableInfo variable, List<VariableInfo> own)
    {
        string role = RoleOf(variable);
        if (role is "kernel" or "bias" && RecurrentOf(own) is { } state)
        {
            int lanes = state.Shape[1], units = lanes / GatesOf(own);
            int[] Of(int columns) => role == "bias" ? [columns] : [variable.Shape[0] + state.Shape[0], columns];
            return GatesOf(own) == 3 ? [("gates/" + role, Of(2 * units)), ("candidate/" + role, Of(units))] : [(role, Of(lanes))];
        }

        string name = role switch
        {
            "forget_peephole" => "w_f_diag",
            "input_peephole" => "w_i_diag",
            "output_peephole" => "w_o_diag",
            "projection_kernel" => "projection/kernel",
            _ => role,
        };
        return [(name, variable.Shape)];
    }

    private static VariableInfo? RecurrentOf(List<VariableInfo> own) => own.FirstOrDefault(v => RoleOf(v) == "recurrent_kernel");

    /// <summary>4, 3 or 1: the recurrent kernel has as many blocks of a unit each; a projected state has another width.</summary>
    private static int GatesOf(List<VariableInfo> own)
    {
        VariableInfo recurrent = RecurrentOf(own)!;
        int units = own.FirstOrDefault(v => RoleOf(v) == "projection_kernel")?.Shape[0] ?? recurrent.Shape[0];
        return units > 0 ? recurrent.Shape[1] / units : 1;
    }

    private static List<(List<StoredTensor> Tensors, List<VariableInfo> Variables)> Directions(StoredLayer layer, IReadOnlyList<VariableInfo> variables)
    {
        List<StoredTensor> forward = layer.Tensors.Where(t => !JointLayers.IsBackward(t.Name)).ToList(), backward = layer.Tensors.Where(t => JointLayers.IsBackward(t.Name)).ToList();
        if (backward.Count == 0)
            return [(forward, variables.ToList())];
        int each = variables.Count / 2;
        return [(forward, variables.Take(each).ToList()), (backward, variables.Skip(each).ToList())];
    }

    private static T[] SideBySide<T>(T[] left, int leftWidth, T[] right, int rightWidth)
    {
        int rows = left.Length / leftWidth;
        var joined = new T[left.Length + right.Length];
        for (int row = 0; row < rows; row++)
        {
            left.AsSpan(row * leftWidth, leftWidth).CopyTo(joined.AsSpan(row * (leftWidth + rightWidth)));
            right.AsSpan(row * rightWidth, rightWidth).CopyTo(joined.AsSpan(row * (leftWidth + rightWidth) + leftWidth));
        }

        return joined;
    }

    /// <summary>Of four gates the second and third change places, of three the first and second.</summary>
    private static void Reorder<T>(T[] values, int lanes, int units)
    {
        int first = lanes == 4 * units ? 1 : 0;
        if (lanes == units)
            return;
        for (int start = first * units; start < values.Length; start += lanes)
        {
            for (int i = start; i < start + units; i++)
                (values[i], values[i + units]) = (values[i + units], values[i]);
        }
    }

    private static string RoleOf(VariableInfo variable) => variable.Path[(variable.Path.LastIndexOf('/') + 1)..];
}
