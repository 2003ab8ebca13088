using GenRnn.Compiler.Layers.Cells;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>All layers, as one that is made of others asks for them: it knows none by name.</summary>
public interface ILayers
{
    /// <summary>The layer that an attribute names by itself; null if none is called so.</summary>
    Layer? Find(string kind);

    /// <summary>The layer that an item is, inside the wrappers in front of it.</summary>
    Layer? Of(ItemSpec item);

    /// <summary>The cell that an attribute of a cell class names; null if none is called so.</summary>
    Cell? FindCell(string kind);
}
