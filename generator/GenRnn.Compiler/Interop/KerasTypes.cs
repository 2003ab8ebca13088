using System;

namespace GenRnn.Compiler.Interop;

/// <summary>What a layer computes in.</summary>
internal static class KerasTypes
{
    /// <summary>Whether a layer computes in double; false where it does not say.</summary>
    /// <exception cref="ForeignModelException">It computes in what Gen does not have.</exception>
    public static bool IsDouble(string layerClass, string name, KerasValue config)
    {
        if (config["dtype"] is not { IsNull: false } type)
            return false;
        string text = type.Kind == KerasValueKind.Text ? type.Text : type["config"]?["name"]?.Text ?? "";
        if (type["class_name"]?.Text.StartsWith("Quantized", StringComparison.Ordinal) == true || text.StartsWith("int8", StringComparison.Ordinal) || text.StartsWith("int4", StringComparison.Ordinal))
            throw new ForeignModelException("the layer '" + name + "' of the class " + layerClass + " has quantised weights");
        return text switch
        {
            "float64" => true,
            // An embedding may say what its ids are.
            "float32" or "int32" or "int64" or "" => false,
            _ => throw new ForeignModelException("the layer '" + name + "' of the class " + layerClass + " computes in " + text + "; Gen computes in float32 or float64, and its outputs would differ"),
        };
    }
}
