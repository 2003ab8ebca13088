using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using GenRnn.Compiler.Interop;

namespace GenRnn.Tool.Reading;

/// <summary>The modules of a whole pickled network, read as data: classes are names, and what their objects hold says their arguments.</summary>
internal static class TorchModuleTree
{
    private const int MaximumDepth = 200;
    private const string Package = "torch.nn.modules.";

    /// <summary>The modules that compute, in the order of their declaration; containers and classes of one's own are what is in them.</summary>
    /// <exception cref="ForeignModelException">One of the network's own classes has weights of its own, or nothing in it.</exception>
    public static IReadOnlyList<TorchModule> Read(PickleRecord root)
    {
        var modules = new List<TorchModule>();
        var seen = new HashSet<PickleRecord>(ReferenceEqualityComparer.Instance);
        var open = new Stack<(string Path, PickleRecord Module, int Depth)>();
        open.Push(("", root, 0));
        while (open.TryPop(out (string Path, PickleRecord Module, int Depth) next))
        {
            if (next.Depth > MaximumDepth)
                throw new InvalidDataException($"The file is damaged: modules in modules, deeper than {MaximumDepth}.");
            if (!seen.Add(next.Module))
                throw new ForeignModelException($"the module '{next.Path}' stands in the network twice: shared weights");
            string type = (next.Module.What as PickleName)?.Text ?? "";
            var state = next.Module.State as PickleDictionary;
            var parts = state?["_modules"] as PickleDictionary;
            string name = type[(type.LastIndexOf('.') + 1)..];
            if (type.StartsWith(Package, StringComparison.Ordinal) && name is not ("Sequential" or "ModuleList" or "ModuleDict"))
            {
                modules.Add(new TorchModule(next.Path, name) { Arguments = [.. ArgumentsOf(name, state)] });
                continue;
            }

            if (parts is null || parts.Pairs.Count == 0 || state!["_parameters"] is PickleDictionary { Pairs.Count: > 0 })
                throw new ForeignModelException($"the module '{(next.Path.Length > 0 ? next.Path : "(the network)")}' of the class {type}: what it computes is Python code, which is not in the file");
            foreach (KeyValuePair<object?, object?> pair in parts.Pairs.Reverse())
            {
                if (pair is { Key: string key, Value: PickleRecord module })
                    open.Push((next.Path.Length > 0 ? next.Path + "." + key : key, module, next.Depth + 1));
            }
        }

        return modules;
    }

    /// <summary>Losses are modules too, and stand in many networks.</summary>
    public static bool IsLoss(string name) => name.EndsWith("Loss", StringComparison.Ordinal);

    /// <summary>Whether a class never is without weights.</summary>
    public static bool NeedsWeights(string name) => name is "RNN" or "LSTM" or "GRU" or "RNNCell" or "LSTMCell" or "GRUCell" or "Linear" or "Embedding" or "Conv1d";

    /// <summary>What an object holds under the names of its constructor's parameters.</summary>
    private static IEnumerable<KeyValuePair<string, KerasValue>> ArgumentsOf(string name, PickleDictionary? state)
    {
        if (state is null || TorchModules.Find(name) is not { } row)
            yield break;
        foreach (string parameter in row.Parameters.Where(p => p is not ("device" or "dtype")))
        {
            if (ValueOf(state[parameter]) is { IsNull: false } value)
                yield return new(parameter, value);
        }

        // Before 1.11 nn.RNN said its function in its mode alone.
        if (state["nonlinearity"] is null && state["mode"] is "RNN_RELU")
            yield return new("nonlinearity", KerasValue.Of("relu"));
    }

    private static KerasValue? ValueOf(object? value) => value switch
    {
        bool flag => KerasValue.Of(flag),
        long number => KerasValue.Of((double)number),
        double number => KerasValue.Of(number),
        string text => KerasValue.Of(text),
        object?[] items when items.All(i => i is long or double) => KerasValue.Of(items.Select(i => ValueOf(i)!).ToList()),
        _ => null,
    };
}
