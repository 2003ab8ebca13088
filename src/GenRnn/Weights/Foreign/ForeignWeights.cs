using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Text;

namespace GenRnn;

/// <summary>
/// Weights of Keras' and PyTorch's own files for a model that is declared already. What a file is, its first bytes say. Layers are paired in
/// order, tensors by their shapes; nothing of a file is executed.
/// </summary>
internal static class ForeignWeights
{
    /// <summary>Whether this reader knows the form of a file.</summary>
    /// <param name="data">The whole file, or at least its first eight bytes.</param>
    public static bool Knows(ReadOnlySpan<byte> data) => Hdf5File.IsOne(data) || StoredZip.IsOne(data) || TorchArchive.IsOldForm(data);

    /// <summary>Reads the parameters of a model.</summary>
    /// <param name="data">The whole file.</param>
    /// <param name="info">The model.</param>
    /// <param name="parameters">All parameters. What they are after a refusal is nobody's weights.</param>
    /// <exception cref="InvalidDataException">The file is damaged, uses what is not read, or holds other layers than the model.</exception>
    public static void Read<T>(ReadOnlyMemory<byte> data, ModelInfo info, Span<T> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        List<(string Layer, List<VariableInfo> Variables)> layers = LayersOf(info);
        if (Hdf5File.IsOne(data.Span))
        {
            FillFromKeras(KerasContainer.Open(data), info, layers, parameters);
        }
        else if (StoredZip.IsOne(data.Span) && StoredZip.Open(data) is var zip && !TorchArchive.IsOne(zip))
        {
            if (KerasContainer.IsOne(zip))
                FillFromKeras(KerasContainer.Open(zip), info, layers, parameters);
            else
                FillInOrder(ArraysOf(zip), layers, parameters);
        }
        else
        {
            FillFromTorch(TorchWeights.Of(TorchArchive.Open(data), data.Length), info, layers, parameters);
        }
    }

    /// <summary>Fills a model from tensors with names, as a safetensors file of another tool has them: Keras' paths, or PyTorch's names.</summary>
    /// <param name="tensors">All tensors, in the order of the file.</param>
    /// <param name="info">The model.</param>
    /// <param name="parameters">All parameters. What they are after a refusal is nobody's weights.</param>
    /// <exception cref="InvalidDataException">They are not those of the model.</exception>
    public static void Read<T>(IReadOnlyList<StoredTensor> tensors, ModelInfo info, Span<T> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        List<(string Layer, List<VariableInfo> Variables)> layers = LayersOf(info);
        if (tensors.Count > 0 && TorchLayers.AreTheirs(tensors.Select(t => t.Name)))
        {
            FillFromTorch(tensors, info, layers, parameters);
            return;
        }

        Dictionary<string, StoredTensor> byName = tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
        var stored = new StoredLayer("all tensors", tensors);
        if (tensors.Count != info.Variables.Count)
            throw FileFault.Refused(SideBySide(info, layers, [stored]));
        foreach (VariableInfo variable in info.Variables)
        {
            if (!byName.TryGetValue(variable.Path, out StoredTensor? tensor) || !FillOne(tensor, variable, parameters))
                throw FileFault.Refused($"'{variable.Path}' is missing or of another shape; {SideBySide(info, layers, [stored])}");
        }
    }

    private static void FillFromTorch<T>(IReadOnlyList<StoredTensor> tensors, ModelInfo info, List<(string Layer, List<VariableInfo> Variables)> layers, Span<T> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IReadOnlyList<StoredLayer> stored = TorchLayers.Read(tensors);
        if (stored.Count != layers.Count)
            throw FileFault.Refused(SideBySide(info, layers, stored));
        IReadOnlyList<StoredLayer> paired = TorchPairs.Of(stored, layers);
        for (int i = 0; i < layers.Count; i++)
            TorchConversion.Fill(paired[i], layers[i].Variables, parameters);
    }

    /// <summary>The model's layers that have variables, with them.</summary>
    private static List<(string Layer, List<VariableInfo> Variables)> LayersOf(ModelInfo info) =>
        info.Layers.Select(l => (l.Name, info.Variables.Where(v => v.Path.StartsWith(l.Name + "/", StringComparison.Ordinal)).ToList())).Where(l => l.Item2.Count > 0).ToList();

    private static void FillFromKeras<T>(KerasContainer container, ModelInfo info, List<(string Layer, List<VariableInfo> Variables)> layers, Span<T> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IReadOnlyList<StoredLayer> stored = container.IsByName
            ? KerasNamedLayers.Read(container)
            : KerasClassPaths.Read(container, info.Layers.Select(l => l.Type)).Where(l => l.Tensors.Count > 0).ToList();
        int unread = container.IsByName ? 0 : KerasClassPaths.CountOf(container) - stored.Sum(l => l.Tensors.Count);
        if (stored.Count != layers.Count || unread != 0)
            throw FileFault.Refused(SideBySide(info, layers, stored) + (unread > 0 ? $"\n  {unread} more tensors in the file belong to other layers" : ""));
        for (int i = 0; i < layers.Count; i++)
        {
            if (stored[i].Tensors.Count != layers[i].Variables.Count)
                throw FileFault.Refused(SideBySide(info, layers, stored));
            for (int j = 0; j < stored[i].Tensors.Count; j++)
            {
                if (!FillOne(stored[i].Tensors[j], layers[i].Variables[j], parameters))
                    throw FileFault.Refused(SideBySide(info, layers, stored));
            }
        }
    }

    /// <summary>Arrays of an <c>.npz</c>, as <c>np.savez(*model.get_weights())</c> writes them: arr_0, arr_1, … in the order of the weights.</summary>
    private static List<StoredTensor> ArraysOf(StoredZip zip)
    {
        var arrays = new List<StoredTensor>();
        foreach (string name in zip.Names)
        {
            if (!name.EndsWith(".npy", StringComparison.Ordinal))
                throw FileFault.Refused("a zip that is neither PyTorch's, nor Keras', nor an .npz");
            zip.TryGet(name, out ReadOnlyMemory<byte> entry);
            arrays.Add(NpyArray.Read(name[..^".npy".Length], entry));
        }

        return arrays;
    }

    private static void FillInOrder<T>(List<StoredTensor> arrays, List<(string Layer, List<VariableInfo> Variables)> layers, Span<T> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        List<VariableInfo> variables = layers.SelectMany(l => l.Variables).ToList();
        if (arrays.Count != variables.Count)
            throw FileFault.Refused($"{arrays.Count} arrays where the model has {variables.Count} variables");
        for (int i = 0; i < arrays.Count; i++)
        {
            if (!FillOne(arrays[i], variables[i], parameters))
                throw FileFault.Refused($"the array {FileFault.Quote(arrays[i].Name)} of the shape [{string.Join(", ", arrays[i].Shape)}] where '{variables[i].Path}' has [{string.Join(", ", variables[i].Shape)}]");
        }
    }

    /// <summary>Copies a tensor of the same shape; an axis of 1, which Keras 1's convolutions have more of, does not count.</summary>
    private static bool FillOne<T>(StoredTensor tensor, VariableInfo variable, Span<T> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!NumberTypes.IsFloatingPoint(tensor.Type))
            throw FileFault.Refused($"{FileFault.Quote(tensor.Name)} of the type {tensor.Type}: quantised weights");
        if (!tensor.Shape.Where(d => d != 1).SequenceEqual(variable.Shape.Where(d => d != 1).Select(d => (long)d)))
            return false;
        tensor.CopyTo(parameters.Slice(variable.Offset, variable.Length));
        return true;
    }

    /// <summary>What the model needs beside what the file has.</summary>
    private static string SideBySide(ModelInfo info, List<(string Layer, List<VariableInfo> Variables)> layers, IReadOnlyList<StoredLayer> stored)
    {
        var text = new StringBuilder($"other weights than the model '{info.Name}' has");
        for (int i = 0; i < Math.Max(layers.Count, stored.Count); i++)
        {
            string model = i < layers.Count ? layers[i].Layer + " " + string.Join(", ", layers[i].Variables.Select(v => Shape(v.Shape.Select(d => (long)d)))) : "nothing";
            string file = i < stored.Count ? FileFault.Quote(stored[i].Name) + " " + string.Join(", ", stored[i].Tensors.Select(t => Shape(t.Shape))) : "nothing";
            text.Append("\n  model: ").Append(model).Append("; file: ").Append(file);
        }

        return text.ToString();
    }

    private static string Shape(IEnumerable<long> shape) => "[" + string.Join(", ", shape) + "]";
}
