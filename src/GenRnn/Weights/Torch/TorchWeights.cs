using System;
using System.Collections.Generic;
using System.Linq;

namespace GenRnn;

/// <summary>
/// The weights of a saved object: a state dictionary, one under a key of a checkpoint, one a module, or those of a whole module. Optimiser state
/// holds tensors too, so tensors are never gathered wherever they stand.
/// </summary>
internal static class TorchWeights
{
    private const int MaximumDepth = 200;
    private const int LongestName = 4096;
    private static readonly string[] s_keys = ["model_state_dict", "state_dict", "model"];

    /// <summary>All weights, in the order of the file. Prefixes of their names (<c>module.</c>, <c>model.</c>) group them all the same.</summary>
    /// <exception cref="System.IO.InvalidDataException">There are none, or something else stands in place of one.</exception>
    public static IReadOnlyList<StoredTensor> Of(TorchArchive archive, long fileLength)
    {
        var tensors = new List<StoredTensor>();
        long letters = fileLength;
        void Add(string name, object? value)
        {
            letters -= name.Length;
            if (letters < 0 || name.Length > LongestName)
                throw FileFault.Refused("names of weights that are longer than the file");
            if (value is PickleRecord record)
                throw FileFault.Refused($"{FileFault.Quote((record.What as PickleName)?.Text ?? "an object")} in place of the weight {FileFault.Quote(name)}");
            if (value is TorchView view)
                tensors.Add(new TorchTensor(name, view));
        }

        switch (archive.Root)
        {
            case PickleDictionary dictionary when IsState(dictionary):
                AddAll(dictionary, "", Add);
                break;
            case PickleDictionary checkpoint:
                AddCheckpoint(checkpoint, Add);
                break;
            case PickleRecord { IsObject: true } module when PartsOf(module) is not null:
                AddModule(module, Add);
                break;
        }

        if (tensors.Count == 0)
            throw FileFault.Refused("a saved object without weights where a state_dict, a checkpoint or a module has them");
        return tensors;
    }

    /// <summary>A dictionary from names to tensors.</summary>
    private static bool IsState(PickleDictionary dictionary) =>
        dictionary.Pairs.Count > 0 && dictionary.Pairs.All(p => p.Key is string && p.Value is TorchView or PickleRecord { IsObject: false }) && dictionary.Pairs.Any(p => p.Value is TorchView);

    private static void AddAll(PickleDictionary dictionary, string prefix, Action<string, object?> add)
    {
        foreach (KeyValuePair<object?, object?> pair in dictionary.Pairs)
            add(prefix + (string)pair.Key!, pair.Value);
    }

    private static void AddCheckpoint(PickleDictionary checkpoint, Action<string, object?> add)
    {
        foreach (string key in s_keys)
        {
            if (checkpoint[key] is PickleDictionary state && IsState(state))
            {
                AddAll(state, "", add);
                return;
            }

            if (checkpoint[key] is PickleRecord { IsObject: true } module && PartsOf(module) is not null)
            {
                AddModule(module, add);
                return;
            }
        }

        // One a module: encoder, decoder.
        foreach (KeyValuePair<object?, object?> pair in checkpoint.Pairs)
        {
            if (pair is { Key: string name, Value: PickleDictionary state } && IsState(state))
                AddAll(state, name + ".", add);
        }
    }

    /// <summary>Parameters, buffers and modules of a pickled <c>nn.Module</c>; null if it is none.</summary>
    private static (PickleDictionary Parameters, PickleDictionary Buffers, PickleDictionary Modules)? PartsOf(PickleRecord record) =>
        record.State is PickleDictionary state
        && state["_parameters"] is PickleDictionary parameters && state["_buffers"] is PickleDictionary buffers && state["_modules"] is PickleDictionary modules
            ? (parameters, buffers, modules)
            : null;

    private static void AddModule(PickleRecord root, Action<string, object?> add)
    {
        var seen = new HashSet<PickleRecord>(ReferenceEqualityComparer.Instance);
        var open = new Stack<(string Path, PickleRecord Module, int Depth)>();
        open.Push(("", root, 0));
        while (open.TryPop(out (string Path, PickleRecord Module, int Depth) next))
        {
            if (next.Depth > MaximumDepth)
                throw FileFault.Damaged($"modules in modules, deeper than {MaximumDepth}");
            // A module that stands in two places is stored, and named, once.
            if (PartsOf(next.Module) is not { } parts || !seen.Add(next.Module))
                continue;
            foreach (KeyValuePair<object?, object?> pair in parts.Parameters.Pairs.Concat(parts.Buffers.Pairs))
            {
                if (pair.Key is string name)
                    add(next.Path + name, pair.Value);
            }

            foreach (KeyValuePair<object?, object?> pair in parts.Modules.Pairs.Reverse())
            {
                if (pair is not { Key: string name, Value: PickleRecord module })
                    continue;
                if (next.Path.Length + name.Length > LongestName)
                    throw FileFault.Refused("names of modules that are too long");
                open.Push((next.Path + name + ".", module, next.Depth + 1));
            }
        }
    }
}
