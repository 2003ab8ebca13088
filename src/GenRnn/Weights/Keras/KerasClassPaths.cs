using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace GenRnn;

/// <summary>
/// Weights of <c>.keras</c> and <c>.weights.h5</c>: a layer stands at <c>layers/</c> and its class in snake case, the second of a class with <c>_1</c>;
/// names of layers play no part.
/// </summary>
internal static class KerasClassPaths
{
    /// <summary>The weights of a chain of layers.</summary>
    /// <param name="container">The file.</param>
    /// <param name="classes">Keras' classes of all layers of the model, in order, those without weights included.</param>
    /// <returns>A layer for each class; empty where the file has no weights for it.</returns>
    public static IReadOnlyList<StoredLayer> Read(KerasContainer container, IEnumerable<string> classes)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var layers = new List<StoredLayer>();
        foreach (string name in classes)
        {
            string group = SnakeCase(name);
            counts.TryGetValue(group, out int number);
            counts[group] = number + 1;
            string path = "layers/" + group + (number == 0 ? "" : "_" + number.ToString(CultureInfo.InvariantCulture));
            var tensors = new List<StoredTensor>();
            if (container.Root.Find(path) is { } found)
                Gather(found, path, tensors);
            layers.Add(new StoredLayer(path, tensors));
        }

        return layers;
    }

    /// <summary>How many tensors the file has below its layers, to see that none was left.</summary>
    public static int CountOf(KerasContainer container)
    {
        var tensors = new List<StoredTensor>();
        if (container.Root.Members.TryGetValue("layers", out Hdf5Object? layers))
            Gather(layers, "layers", tensors);
        return tensors.Count;
    }

    /// <summary>Keras' own rule: <c>SimpleRNN</c> is <c>simple_rnn</c>, <c>Conv1D</c> <c>conv1d</c>, <c>GlobalAveragePooling1D</c> <c>global_average_pooling1d</c>.</summary>
    public static string SnakeCase(string name)
    {
        // An underscore goes in front of a capital that a small letter follows, where anything stands before; and between a small letter and a capital.
        var text = new StringBuilder();
        string plain = string.Concat(name.Where(c => char.IsAsciiLetterOrDigit(c) || c == '_'));
        bool wasSplit = false;
        for (int i = 0; i < plain.Length; i++)
        {
            bool beginsWord = i > 0 && !wasSplit && char.IsAsciiLetterUpper(plain[i]) && i + 1 < plain.Length && char.IsAsciiLetterLower(plain[i + 1]);
            bool followsWord = i > 0 && char.IsAsciiLetterUpper(plain[i]) && char.IsAsciiLetterLower(plain[i - 1]);
            if (beginsWord || followsWord)
                text.Append('_');
            text.Append(char.ToLowerInvariant(plain[i]));
        }

        return text.ToString();
    }

    /// <summary>A layer's own values, then those of what it is made of.</summary>
    private static void Gather(Hdf5Object group, string path, List<StoredTensor> tensors)
    {
        if (group.Members.TryGetValue("vars", out Hdf5Object? own))
        {
            // Numbers as text: "10" stands before "2".
            for (int i = 0; i < own.Members.Count; i++)
            {
                string number = i.ToString(CultureInfo.InvariantCulture);
                if (!own.Members.TryGetValue(number, out Hdf5Object? dataset))
                    throw FileFault.Damaged($"{FileFault.Quote(path + "/vars")} has {own.Members.Count} values and none called {number}");
                tensors.Add(new Hdf5Tensor(path + "/vars/" + number, dataset));
            }
        }

        foreach ((string name, Hdf5Object part) in group.Members.Where(m => m.Key != "vars").OrderBy(m => Rank(m.Key)).ThenBy(m => Stem(m.Key), StringComparer.Ordinal).ThenBy(m => Number(m.Key)))
        {
            if (part.Value is null)
                Gather(part, path + "/" + name, tensors);
        }
    }

    /// <summary>Forward before backward, and query, key, value, output: the order of the weights, not of the letters.</summary>
    private static int Rank(string part) => part.TrimStart('_') switch
    {
        "forward_layer" or "query_dense" => 0,
        "backward_layer" or "key_dense" => 1,
        "value_dense" => 2,
        "output_dense" => 3,
        _ => 4,
    };

    private static string Stem(string part)
    {
        int cut = part.LastIndexOf('_');
        return cut > 0 && int.TryParse(part.AsSpan(cut + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _) ? part[..cut] : part;
    }

    private static int Number(string part)
    {
        string stem = Stem(part);
        return stem.Length == part.Length ? 0 : int.Parse(part.AsSpan(stem.Length + 1), CultureInfo.InvariantCulture);
    }
}
