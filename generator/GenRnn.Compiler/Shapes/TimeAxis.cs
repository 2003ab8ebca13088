using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Shapes;

/// <summary>Where a chain of layers loses its time steps.</summary>
public static class TimeAxis
{
    /// <summary>The layer in front of <paramref name="item"/> that returned only its last step; -1 if none did.</summary>
    public static int LastDropped(ModelSpec spec, int item)
    {
        for (int index = item - 1; index >= 0; index--)
        {
            ItemSpec candidate = spec.Items[index];
            if (candidate.Kind == "Input" && Branches.StartsChain(spec, index))
                return -1;
            Layer? layer = LayerRegistry.Find(candidate.Kind);
            if (layer?.EndsSequence(candidate) == true)
                return -1;
            bool canReturnSequences = layer?.Definition.Find("ReturnSequences") is not null;
            if (canReturnSequences && !candidate.GetBoolean("ReturnSequences"))
                return index;
        }

        return -1;
    }

    /// <summary>The layer in front of <paramref name="item"/>, and behind any that returned its last step, that never gives steps; -1 if there is none.</summary>
    public static int LastEnded(ModelSpec spec, int item)
    {
        int start = LastDropped(spec, item);
        for (int index = item - 1; index > start && spec.Items[index].Kind != "Input"; index--)
        {
            if (LayerRegistry.Find(spec.Items[index].Kind)?.EndsSequence(spec.Items[index]) == true)
                return index;
        }

        return -1;
    }
}
