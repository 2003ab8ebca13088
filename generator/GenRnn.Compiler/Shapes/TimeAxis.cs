using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Shapes;

/// <summary>Where a chain of layers loses its time steps.</summary>
public static class TimeAxis
{
    /// <summary>The layer in front of <paramref name="item"/> that returned only its last step; -1 if the chain never had steps.</summary>
    public static int LastDropped(ModelSpec spec, int item)
    {
        for (int index = item - 1; index >= 0; index--)
        {
            ItemSpec candidate = spec.Items[index];
            if (candidate.Kind == "Input" && Branches.StartsChain(spec, index))
                return -1;
            bool canReturnSequences = LayerRegistry.Find(candidate.Kind)?.Definition.Find("ReturnSequences") is not null;
            if (canReturnSequences && !candidate.GetBoolean("ReturnSequences"))
                return index;
        }

        return -1;
    }
}
