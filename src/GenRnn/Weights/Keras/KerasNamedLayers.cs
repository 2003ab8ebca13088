using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GenRnn;

/// <summary>
/// Weights of the old <c>.h5</c> (whole models and weights alone, Keras 1 to 3): <c>layer_names</c> lists the layers in order, each a group whose
/// <c>weight_names</c> are paths below it.
/// </summary>
internal static class KerasNamedLayers
{
    /// <summary>The layers that have weights, in the order of the model, with Keras 1's single gates joined.</summary>
    public static IReadOnlyList<StoredLayer> Read(KerasContainer container)
    {
        Hdf5Object group = container.Named;
        var layers = new List<StoredLayer>();
        foreach (string name in Names(group, "layer_names"))
        {
            // A layer's name may hold a '/', which HDF5 takes for groups in groups.
            Hdf5Object layer = group.Find(name) ?? throw FileFault.Damaged($"'layer_names' names {FileFault.Quote(name)}, and there is no such group");
            var tensors = new List<StoredTensor>();
            foreach (string weight in Names(layer, "weight_names"))
            {
                Hdf5Object dataset = layer.Find(weight) ?? throw FileFault.Damaged($"'weight_names' of {FileFault.Quote(name)} names {FileFault.Quote(weight)}, and there is no such dataset");
                tensors.Add(new Hdf5Tensor(name + "/" + weight, dataset));
            }

            if (tensors.Count > 0)
                layers.Add(new StoredLayer(name, Keras1Gates.Joined(tensors)));
        }

        return layers;
    }

    /// <summary>A list of texts; a long one is cut into <c>X0</c>, <c>X1</c>, …</summary>
    private static string[] Names(Hdf5Object group, string attribute)
    {
        if (group.Attributes.TryGetValue(attribute, out Hdf5Value? whole))
            return whole.Texts();
        var names = new List<string>();
        for (int i = 0; group.Attributes.TryGetValue(attribute + i.ToString(CultureInfo.InvariantCulture), out Hdf5Value? part); i++)
            names.AddRange(part.Texts());
        return names.Count > 0 ? names.ToArray() : throw FileFault.Damaged($"the group {FileFault.Quote(group.Name)} has no '{attribute}'");
    }
}
