using System.Collections.Generic;
using System.Globalization;
using GenRnn.Compiler.Graph;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Hands out Keras' default names: the first object of a class has its plain name, the next ones a number.</summary>
internal sealed class LayerNames
{
    private readonly Dictionary<string, int> _counts;

    /// <summary>Names for what a class makes for itself, where these names are given to a copy; null if they are new ones.</summary>
    private readonly LayerNames? _parts;

    public LayerNames()
        : this(new Dictionary<string, int>(), null)
    {
    }

    private LayerNames(Dictionary<string, int> counts, LayerNames? parts)
    {
        _counts = counts;
        _parts = parts;
    }

    /// <summary>The name of the next object of a class, and how many there were before.</summary>
    public (string Name, int Number) Next(string kerasName)
    {
        _counts.TryGetValue(kerasName, out int number);
        _counts[kerasName] = number + 1;
        return (number == 0 ? kerasName : string.Format(CultureInfo.InvariantCulture, "{0}_{1}", kerasName, number), number);
    }

    /// <summary>The names of the next layer: Keras', and that of its member among the weights. One with a Name has that, and takes none from the others.</summary>
    public (string Name, string View) Of(ItemSpec item, Layer layer)
    {
        if (item.Find(ItemFlags.Name)?.Text is { } given)
            return (given, given);
        (string name, int number) = Next(layer.KerasName);
        return (name, string.Format(CultureInfo.InvariantCulture, "{0}{1}", layer.ViewKind, number + 1));
    }

    /// <summary>The names of a node. One that runs a layer again makes no object, so it takes no name from those that do.</summary>
    public (string Name, string View) Of(GraphNode node, Layer layer)
    {
        if (node.SharedWith is not { } source)
            return Of(node.Item, layer);
        string name = node.Name.Length > 0 ? node.Name : string.Format(CultureInfo.InvariantCulture, "{0}_{1}", source.Name, node.CallNumber);
        return (name, name);
    }

    /// <summary>The name of the next object of a class that the class around it makes: a copy of that has new ones.</summary>
    public string NextPart(string kerasName)
    {
        string name = Next(kerasName).Name;
        return _parts is null ? name : _parts.Next(kerasName).Name;
    }

    /// <summary>The names from here on, to be handed out apart.</summary>
    /// <param name="parts">If they are for a copy: names of what its classes make anew.</param>
    public LayerNames Fork(LayerNames? parts = null) => new(new Dictionary<string, int>(_counts), parts);
}
