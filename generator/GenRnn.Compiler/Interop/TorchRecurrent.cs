using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Interop;

/// <summary>PyTorch's recurrent modules: one of several layers is a layer each, with the dropout between them.</summary>
internal static class TorchRecurrent
{
    /// <summary><c>nn.RNN</c>, <c>nn.LSTM</c>, <c>nn.GRU</c>: every step is returned.</summary>
    public static void ReadLayers(TorchReading r)
    {
        int layers = r.Size("num_layers", r.Module.Shapes.Count == 0 ? 1 : Enumerable.Range(0, r.Module.Shapes.Count).TakeWhile(i => r.Shape("weight_ih_l" + Text(i)) is not null).Count());
        bool isBidirectional = r.Shape("weight_ih_l0_reverse") is not null;
        if (r.Boolean("bidirectional", isBidirectional) != isBidirectional)
            throw new ForeignModelException(r.Module.Title + ": bidirectional, and its weights say otherwise");
        long[]? projection = r.Shape("weight_hr_l0");
        int units = r.Size("hidden_size", projection?[1] ?? r.Shape("weight_hh_l0")?[1]);
        r.Size("input_size", r.Shape("weight_ih_l0")?[1]);
        if (r.Number("proj_size", projection?[0] ?? 0) != (projection?[0] ?? 0))
            throw new ForeignModelException(r.Module.Title + ": proj_size, and its weights say otherwise");
        if (r.Take("batch_first") is { Number: 0 })
            r.Notes.Add(r.Module.Title + " has batch_first = False: PyTorch's input is [steps, rows, features], Gen's [rows, steps, features]");
        double dropout = r.Number("dropout", 0);
        string? function = FunctionOf(r);
        r.Silent("bias", "device", "dtype");
        for (int layer = 0; layer < layers; layer++)
        {
            if (layer > 0 && dropout > 0)
                r.Add(", dropout", "Dropout", ("Rate", FlagValue.Of(dropout)));
            string suffix = layers == 1 ? "" : ", layer " + Text(layer);
            r.Add(suffix, KindOf(r), ("Units", FlagValue.Of((double)units)), ("Activation", function is null ? null : FlagValue.Of(function)),
                ("UseBias", r.Shape("bias_ih_l0") is null ? FlagValue.Of(false) : null), ("Projection", projection is null ? null : FlagValue.Of((double)projection[0])),
                ("ReturnSequences", FlagValue.Of(true)));
            if (isBidirectional)
                Wrap(r, new ModifierSpec("Bidirectional", default));
        }
    }

    /// <summary><c>nn.RNNCell</c>, <c>nn.LSTMCell</c>, <c>nn.GRUCell</c>, which a program steps over a sequence.</summary>
    public static void ReadCell(TorchReading r)
    {
        int units = r.Size("hidden_size", r.Shape("weight_hh")?[1]);
        r.Size("input_size", r.Shape("weight_ih")?[1]);
        string? function = FunctionOf(r);
        r.Silent("bias", "device", "dtype");
        r.Add(KindOf(r), ("Units", FlagValue.Of((double)units)), ("Activation", function is null ? null : FlagValue.Of(function)),
            ("UseBias", r.Shape("bias_ih") is null ? FlagValue.Of(false) : null), ("ReturnSequences", FlagValue.Of(true)));
    }

    private static void Wrap(TorchReading r, ModifierSpec modifier)
    {
        ImportedLayer last = r.Layers[r.Layers.Count - 1];
        r.Layers[r.Layers.Count - 1] = last with { Item = last.Item with { Modifiers = new[] { modifier }.ToEquatableArray() } };
    }

    private static string KindOf(TorchReading r) => r.Module.Class.StartsWith("LSTM", System.StringComparison.Ordinal) ? "Lstm" : r.Module.Class.StartsWith("GRU", System.StringComparison.Ordinal) ? "Gru" : "SimpleRnn";

    /// <summary>The activation where it is not the default; only nn.RNN has a choice.</summary>
    private static string? FunctionOf(TorchReading r) => r.Take("nonlinearity") switch
    {
        null or { Text: "tanh" } => null,
        { Text: "relu" } when KindOf(r) == "SimpleRnn" => "Relu",
        { } other => throw r.Refused("nonlinearity", other),
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
