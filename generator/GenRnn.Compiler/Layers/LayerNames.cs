using System.Collections.Generic;
using System.Globalization;

namespace GenRnn.Compiler.Layers;

/// <summary>Hands out Keras' default names: the first object of a class has its plain name, the next ones a number.</summary>
internal sealed class LayerNames
{
    private readonly Dictionary<string, int> _counts = new();

    /// <summary>The name of the next object of a class, and how many there were before.</summary>
    public (string Name, int Number) Next(string kerasName)
    {
        _counts.TryGetValue(kerasName, out int number);
        _counts[kerasName] = number + 1;
        return (number == 0 ? kerasName : string.Format(CultureInfo.InvariantCulture, "{0}_{1}", kerasName, number), number);
    }
}
