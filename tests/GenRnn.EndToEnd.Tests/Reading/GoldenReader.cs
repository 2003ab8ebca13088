using System;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace GenRnn.EndToEnd.Tests.Reading;

/// <summary>Reads a golden file into the record of its kind.</summary>
internal static class GoldenReader
{
    public static GoldenCase Read(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        JsonElement json = document.RootElement;
        string name = json.GetProperty("name").GetString()!;
        string source = json.GetProperty("source").GetString()!;
        string kind = json.GetProperty("kind").GetString()!;
        return kind switch
        {
            "model" => new ModelGolden(
                name, source, json.GetProperty("config").Clone(), Tensors(json, "weights"), OneOrMore(json, "x"), OneOrMore(json, "y"),
                OneOrMore(json, "upstream"), Tensors(json, "grad_weights"), OneOrMore(json, "grad_x")),
            "graph" => new ModelGolden(
                name, source, json.GetProperty("config").Clone(), Tensors(json, "weights"), Tensors(json, "x"), OneOrMore(json, "y"),
                OneOrMore(json, "upstream"), Tensors(json, "grad_weights"), TensorsOrNull(json, "grad_x")) { Kind = kind },
            "stateful" => new StatefulGolden(
                name, source, json.GetProperty("config").Clone(), Tensors(json, "weights"), Tensors(json, "x"), Tensors(json, "y"), One(json, "y_after_reset")),
            "initial_state" => new InitialStateGolden(
                name, source, json.GetProperty("class").GetString()!, json.GetProperty("layer").Clone(), Tensors(json, "weights"), One(json, "x"),
                Tensors(json, "initial_state"), Tensors(json, "outputs"), Tensors(json, "upstream"), Tensors(json, "grad_weights"), One(json, "grad_x"),
                Tensors(json, "grad_state")),
            "cell" => new CellGolden(
                name, source, json.GetProperty("class").GetString()!, json.GetProperty("layer").Clone(), Tensors(json, "weights"), One(json, "x"),
                Tensors(json, "state"), One(json, "y"), Tensors(json, "new_state")),
            "training" => Training(name, source, json),
            "fit" => Fit(name, source, json),
            "tf1" => Tf1(name, source, json),
            "torch" => Torch(name, source, json),
            _ => new OtherGolden(name, kind, source, $"the kind {kind}"),
        };
    }

    private static TrainingGolden Training(string name, string source, JsonElement json)
    {
        JsonElement config = json.GetProperty("config");
        // The optimiser's own object has no class name; the compiled model's copy has.
        string optimizerClass = config.GetProperty("compile_config").GetProperty("optimizer").GetProperty("class_name").GetString()!;
        return new TrainingGolden(
            name, source, config.Clone(), optimizerClass, json.GetProperty("optimizer").Clone(), json.GetProperty("loss").Clone(), One(json, "x"),
            One(json, "y_true"), Present(json, "sample_weight") ? One(json, "sample_weight") : null, Tensors(json, "weights"),
            json.GetProperty("losses").EnumerateArray().Select(v => v.GetDouble()).ToArray(), Tensors(json, "final_weights"));
    }

    private static GoldenCase Fit(string name, string source, JsonElement json)
    {
        JsonElement target = json.GetProperty("y_true");
        // One output is a list of one, or itself; several go by their names.
        if (target.ValueKind == JsonValueKind.Array && target.GetArrayLength() == 1)
            target = target[0];
        if (!target.TryGetProperty("f32", out _))
            return new OtherGolden(name, "fit", source, "a graph with several outputs");
        return new FitGolden(
            name, source, json.GetProperty("config").Clone(), json.GetProperty("optimizer_class").GetString()!, json.GetProperty("optimizer").Clone(),
            Present(json, "weight_decay_exclusion") ? [.. json.GetProperty("weight_decay_exclusion").EnumerateArray().Select(w => w.GetString()!)] : null,
            json.GetProperty("compile").Clone(), json.GetProperty("fit").Clone(), json.GetProperty("callbacks").Clone(), One(json, "x"), Tensor.Parse(target),
            Present(json, "sample_weight") ? One(json, "sample_weight") : null, Tensors(json, "weights"), Integers(json, "epochs")!,
            json.GetProperty("history").EnumerateObject().ToDictionary(series => series.Name, series => Numbers(series.Value)),
            Numbers(json.GetProperty("learning_rates")), [.. json.GetProperty("iterations").EnumerateArray().Select(v => v.GetInt64())],
            Present(json, "stopped_epoch") ? json.GetProperty("stopped_epoch").GetInt32() : null, Tensors(json, "final_weights"));
    }

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(v => v.GetDouble())];

    private static Tf1Golden Tf1(string name, string source, JsonElement json)
    {
        Tf1Cell[] cells = json.GetProperty("cells").EnumerateArray().Select(cell => new Tf1Cell(
            cell.GetProperty("class").GetString()!, cell.GetProperty("num_units").GetInt32(), cell.GetProperty("activation").GetString()!,
            Number(cell, "forget_bias"), cell.GetProperty("use_peepholes").GetBoolean(), Number(cell, "cell_clip"), (int?)Number(cell, "num_proj"),
            Number(cell, "proj_clip"))).ToArray();
        return new Tf1Golden(
            name, source, cells, json.GetProperty("bidirectional").GetBoolean(), json.GetProperty("time_major").GetBoolean(),
            Integers(json, "sequence_length"), Present(json, "initial_state") ? Tensors(json, "initial_state") : null, Tensors(json, "weights"),
            One(json, "x"), Tensors(json, "outputs"), Tensors(json, "upstream"), Tensors(json, "grad_weights"), One(json, "grad_x"));
    }

    private static TorchGolden Torch(string name, string source, JsonElement json) => new(
        name, source, json.GetProperty("class").GetString()!, json.GetProperty("hidden_size").GetInt32(), json.GetProperty("num_layers").GetInt32(),
        json.GetProperty("bidirectional").GetBoolean(), json.GetProperty("bias").GetBoolean(), json.GetProperty("batch_first").GetBoolean(),
        json.GetProperty("proj_size").GetInt32(), Present(json, "nonlinearity") ? json.GetProperty("nonlinearity").GetString() : null,
        Integers(json, "lengths"), json.GetProperty("state_dict").EnumerateObject().ToDictionary(p => p.Name, p => Tensor.Parse(p.Value)),
        One(json, "x"), Tensors(json, "outputs"), Tensors(json, "upstream"),
        json.GetProperty("grad_state_dict").EnumerateObject().ToDictionary(p => p.Name, p => Tensor.Parse(p.Value)), One(json, "grad_x"));

    private static bool Present(JsonElement json, string key) => json.TryGetProperty(key, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    private static Tensor One(JsonElement json, string key) => Tensor.Parse(json.GetProperty(key));

    private static Tensor[] Tensors(JsonElement json, string key) => json.GetProperty(key).EnumerateArray().Select(Tensor.Parse).ToArray();

    /// <summary>Where one is null there is no gradient: of ids.</summary>
    private static Tensor?[] TensorsOrNull(JsonElement json, string key) =>
        json.GetProperty(key).EnumerateArray().Select(t => t.ValueKind == JsonValueKind.Null ? null : Tensor.Parse(t)).ToArray();

    private static Tensor[] OneOrMore(JsonElement json, string key)
    {
        if (!Present(json, key))
            return [];
        return json.GetProperty(key).ValueKind == JsonValueKind.Array ? Tensors(json, key) : [One(json, key)];
    }

    private static int[]? Integers(JsonElement json, string key) =>
        Present(json, key) ? json.GetProperty(key).EnumerateArray().Select(v => v.GetInt32()).ToArray() : null;

    private static double? Number(JsonElement json, string key) => Present(json, key) ? json.GetProperty(key).GetDouble() : null;
}
