using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Interop;

/// <summary>Makes a declaration of a Keras model that is a chain of layers.</summary>
public static class KerasChain
{
    /// <summary>The declaration that a person would have written for the model.</summary>
    /// <param name="model">Keras' configuration of the whole model.</param>
    /// <param name="version">The version that wrote it: it decides between formulas.</param>
    /// <param name="request">What the file does not say.</param>
    /// <exception cref="ForeignModelException">The model is no chain of layers that Gen has; the message names the layer and the flag.</exception>
    public static ImportedModel Read(KerasValue model, KerasVersion version, ImportRequest request)
    {
        IReadOnlyList<KerasEntry> entries = KerasGraph.ChainOf(model);
        List<KerasEntry> layers = entries.Where(e => !e.IsInput).ToList();
        List<ImportedLayer> imported = layers.Select(e => KerasWrappers.Read(version, e.Class, e.Config)).ToList();
        ItemSpec input = InputOf(model, entries, imported, request);
        ClassSpec declared = new(request.Namespace, default, "class", request.Name, "", request.Namespace.Length == 0 ? request.Name : request.Namespace + "." + request.Name);
        ModelSpec spec = new(declared, new[] { input }.Concat(imported.Select(l => l.Item)).ToEquatableArray());
        ModelShapes shapes = ShapeInference.Infer(spec);
        if (shapes.HasErrors)
            throw new ForeignModelException(string.Join(" ", shapes.Findings.Where(f => f.IsError).Select(f => f.Message)));
        imported = imported.Select((layer, i) => layer.OverAxis(shapes.Items[i].IsVector ? 1 : 2)).ToList();
        spec = spec with { Items = new[] { input }.Concat(imported.Select(l => l.Item)).ToEquatableArray() };
        return new ImportedModel(spec, imported);
    }

    private static ItemSpec InputOf(KerasValue model, IReadOnlyList<KerasEntry> entries, List<ImportedLayer> layers, ImportRequest request)
    {
        (KerasValue shape, bool saysBatch) = ShapeOf(model, entries);
        bool isIds = layers[0].Item.Kind == "Embedding";
        int axes = shape.Items.Count;
        if (axes is < 2 or > 3 || (isIds && axes != 2))
            throw new ForeignModelException("the input has the shape " + shape + (isIds ? "; ids have [rows, steps]" : "; Gen has [rows, features] and [rows, steps, features]"));
        List<FlagSpec> flags = new();
        void Set(string flag, double value) => flags.Add(new FlagSpec(flag, FlagValue.Of(value)));
        if (isIds || axes == 3)
            Set("TimeSteps", Steps(shape.Items[1], request));
        if (!isIds)
            Set("Features", shape.Items[axes - 1].Number is >= 1 and <= int.MaxValue and var features ? features : throw new ForeignModelException("the input's number of features is not in the file"));
        if (saysBatch && shape.Items[0].Number is >= 1 and <= int.MaxValue and var batch)
            Set("Batch", batch);
        if (request.IsDouble || layers.Any(l => l.IsDouble))
            flags.Add(new FlagSpec("Precision", FlagValue.Of("Double")));
        return new ItemSpec("Input", flags.ToEquatableArray(), default);
    }

    private static double Steps(KerasValue axis, ImportRequest request)
    {
        if (axis.Number is >= 1 and <= int.MaxValue and var steps)
            return request.TimeSteps > 0 && request.TimeSteps != steps
                ? throw new ForeignModelException("--time-steps " + request.TimeSteps + " where the file says " + axis + " time steps")
                : steps;
        return request.TimeSteps > 0 ? request.TimeSteps : throw new ForeignModelException("the number of time steps is not in the file: say it with --time-steps N");
    }

    /// <summary>The input's shape with the batch in front, and whether its batch is what the model was declared with, not only called with.</summary>
    private static (KerasValue Shape, bool SaysBatch) ShapeOf(KerasValue model, IReadOnlyList<KerasEntry> entries)
    {
        KerasEntry first = entries.FirstOrDefault(e => e.IsInput) ?? entries[0];
        foreach (KerasValue? config in new[] { first.Config, first.Config["layer"]?["config"] })
        {
            foreach (string key in new[] { "batch_shape", "batch_input_shape" })
            {
                if (config?[key] is { IsNull: false } shape)
                    return (shape, true);
            }

            // Keras 1 may say the sizes one by one.
            if (config is not null && first.Class != "Embedding" && config["input_dim"] is { IsNull: false } features)
            {
                bool isRecurrent = config["return_sequences"] is not null || config["filter_length"] is not null;
                return (KerasValue.Of(isRecurrent ? new[] { KerasValue.Null, config["input_length"] ?? KerasValue.Null, features } : new[] { KerasValue.Null, features }), false);
            }
        }

        if (first.Class == "Embedding" && first.Config["input_length"] is { } length)
            return (KerasValue.Of(new[] { KerasValue.Null, length }), false);
        return model["config"]?["build_input_shape"] is { IsNull: false } built ? (built, false)
            : model["build_config"]?["input_shape"] is { IsNull: false } whole ? (whole, false)
            : entries[0].Entry["build_config"]?["input_shape"] is { IsNull: false } layer ? (layer, false)
            : throw new ForeignModelException("the input's shape is not in the file");
    }
}
