using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Interop;

/// <summary>What a declaration shall be called, and what the file does not say.</summary>
/// <param name="Name">The class's name.</param>
public sealed record ImportRequest(string Name)
{
    /// <summary>The class's namespace; empty for the global one.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The number of time steps where the file leaves it open; 0 if it is not said.</summary>
    public int TimeSteps { get; init; }

    /// <summary>Whether the model computes in double whatever the file says.</summary>
    public bool IsDouble { get; init; }
}

/// <summary>A layer that was imported.</summary>
/// <param name="Name">What it is called in the file.</param>
/// <param name="Class">Its class there.</param>
/// <param name="Item">What it has become.</param>
public sealed record ImportedLayer(string Name, string Class, ItemSpec Item)
{
    /// <summary>What was left aside of it.</summary>
    public IReadOnlyList<string> Aside { get; init; } = new string[0];

    /// <summary>Whether it computes in double.</summary>
    public bool IsDouble { get; init; }

    /// <summary>The axis that a normalisation or softmax says, counted from the batch; -1 for the last.</summary>
    public int Axis { get; init; } = -1;

    /// <summary>The layer where its input's last axis is <paramref name="last"/>: one over time is a flag, a normalisation over another axis than the last is refused.</summary>
    /// <exception cref="ForeignModelException">Gen does not have it.</exception>
    public ImportedLayer OverAxis(int last)
    {
        if (Axis <= 0 || Axis == last)
            return this;
        if (Item.Kind == "Softmax" && Axis == 1)
            return this with { Item = Item with { Flags = Item.Flags.Prepend(new FlagSpec("OverTime", FlagValue.Of(true))).ToEquatableArray() } };
        throw new ForeignModelException("the layer '" + Name + "': " + Class + ".axis = " + Axis + " where the last axis is " + last);
    }
}

/// <summary>A network of another tool as a declaration.</summary>
/// <param name="Spec">The declaration: an input, then an item a layer.</param>
/// <param name="Layers">Where its layers come from, in order.</param>
public sealed record ImportedModel(ModelSpec Spec, IReadOnlyList<ImportedLayer> Layers)
{
    /// <summary>What is otherwise than in the file, or was not in it.</summary>
    public IReadOnlyList<string> Notes { get; init; } = new string[0];

    /// <summary>What the last layer gives.</summary>
    internal Shape OutputShape { get; init; }

    /// <summary>A chain of layers behind one input.</summary>
    /// <exception cref="ForeignModelException">Their shapes do not fit, or a normalisation is over another axis than the last.</exception>
    internal static ImportedModel Of(ItemSpec input, IReadOnlyList<ImportedLayer> layers, ImportRequest request)
    {
        ClassSpec declared = new(request.Namespace, default, "class", request.Name, "", request.Namespace.Length == 0 ? request.Name : request.Namespace + "." + request.Name);
        ModelSpec spec = new(declared, new[] { input }.Concat(layers.Select(l => l.Item)).ToEquatableArray());
        ModelShapes shapes = ShapeInference.Infer(spec);
        if (shapes.HasErrors)
            throw new ForeignModelException(string.Join(" ", shapes.Findings.Where(f => f.IsError).Select(f => f.Message)));
        layers = layers.Select((layer, i) => layer.OverAxis(shapes.Items[i].IsVector ? 1 : 2)).ToList();
        spec = spec with { Items = new[] { input }.Concat(layers.Select(l => l.Item)).ToEquatableArray() };
        return new ImportedModel(spec, layers) { OutputShape = shapes.Items[shapes.Items.Count - 1] };
    }
}
