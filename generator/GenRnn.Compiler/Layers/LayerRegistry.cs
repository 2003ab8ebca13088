using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Compiler.Layers;

/// <summary>All layers. A new layer is a line here.</summary>
public static class LayerRegistry
{
    public static IReadOnlyList<Layer> All { get; } = new Layer[]
    {
        new SimpleRnnLayer(),
        new LstmLayer(),
        new GruLayer(),
        new DenseLayer(),
        new ActivationLayer(),
    };

    public static Layer? Find(string kind) => All.FirstOrDefault(layer => layer.Definition.Kind == kind);
}
