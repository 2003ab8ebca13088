using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;

namespace GenRnn.Compiler.Scheduling.Kernels;

/// <summary>What a reader of a kernel calls a value: x for the input, the state's own name, z for a product.</summary>
internal static class ValueNames
{
    public static string Of(Region region, Value value) => value.Op switch
    {
        OpCode.Input => Of(region.Inputs[value.Index].Source),
        OpCode.State => region.States[value.Index].Name,
        OpCode.Slice => Of(region, value.Operands[0]),
        _ when region.States.FirstOrDefault(s => s.Next == value) is { } state => state.Name + "Next",
        OpCode.Linear => value.Name.Length > 0 ? value.Name : "z",
        // A local has the name itself.
        _ when value.Name.Length > 0 => "saved_" + value.Name,
        _ => Names.Of(value.Op.ToString().ToLowerInvariant(), value.Id),
    };

    // Upstream gradients and saved values are told apart from the layer's input.
    private static string Of(Sequence source) => source.Name.StartsWith("d_", System.StringComparison.Ordinal) ? "dy"
        : source.Name.Contains(".v") ? (source.ValueName.Length > 0 ? "saved_" + source.ValueName : "saved")
        : "x";
}
