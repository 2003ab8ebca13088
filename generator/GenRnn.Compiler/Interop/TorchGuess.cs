using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Compiler.Interop;

/// <summary>What modules are whose classes nobody says, by the names and shapes of their weights; and what a program most likely does between them.</summary>
public static class TorchGuess
{
    /// <summary>The modules, each with a class.</summary>
    /// <exception cref="ForeignModelException">The weights of one may be those of several classes.</exception>
    public static IReadOnlyList<TorchModule> Classified(IReadOnlyList<TorchModule> modules) =>
        modules.Select((m, i) => m.Class.Length > 0 ? m : m with { Class = ClassOf(m, i == 0 ? modules.Skip(1).FirstOrDefault(n => n.Shapes.Count > 0) : null, isFirst: i == 0) }).ToList();

    /// <summary>
    /// The modules as they are most likely called: in their order, each on what the one before gives, and a Linear behind a recurrent module on its last step.
    /// </summary>
    /// <exception cref="ForeignModelException">Something between them, or an argument, decides over the numbers and is not in the file.</exception>
    public static IReadOnlyList<TorchModule> Called(IReadOnlyList<TorchModule> modules)
    {
        if (modules.FirstOrDefault(m => m.Class == "Conv1d" && m.Arguments.Count == 0) is { } convolution)
            throw NotSaid("stride and padding of '" + convolution.Name + "' are not in the file", modules);
        for (int i = 1; i < modules.Count; i++)
        {
            if (modules[i - 1].Class is "Linear" or "Conv1d" && modules[i].Class == "Linear")
                throw NotSaid("what stands between '" + modules[i - 1].Name + "' and '" + modules[i].Name + "' is not in the file", modules);
        }

        List<TorchModule> called = modules.ToList();
        int last = called.FindLastIndex(m => m.Class is "RNN" or "LSTM" or "GRU" or "RNNCell" or "LSTMCell" or "GRUCell");
        if (last >= 0 && called.Skip(last + 1).Any(m => m.Class == "Linear"))
            called.Insert(last + 1, new TorchModule("", ImportedSequence.LastStep));
        return called;
    }

    /// <summary>As <c>--layers</c> takes it.</summary>
    public static string Text(IEnumerable<TorchModule> modules) => string.Join(", ", modules);

    /// <summary>How many features a module with weights takes.</summary>
    internal static long InputWidth(TorchModule module)
    {
        long[]? Shape(string weight) => module.Shapes.TryGetValue(weight, out IReadOnlyList<long>? shape) ? shape.ToArray() : null;
        long[] first = Shape("weight_ih_l0") ?? Shape("weight_ih") ?? Shape("weight") ?? Shape("running_mean")
            ?? throw new ForeignModelException("the weights of '" + module.Name + "' (" + string.Join(", ", module.Shapes.Keys.Take(4)) + ") are those of no module that Gen has");
        return first.Length == 1 ? first[0] : first[1];
    }

    /// <summary>How many features a module with weights gives.</summary>
    internal static long OutputWidth(TorchModule module)
    {
        IReadOnlyDictionary<string, IReadOnlyList<long>> shapes = module.Shapes;
        if (shapes.TryGetValue("weight_hh_l0", out IReadOnlyList<long>? recurrent))
            return shapes.ContainsKey("weight_hh_l0_reverse") ? 2 * recurrent[1] : recurrent[1];
        if (shapes.TryGetValue("weight_hh", out IReadOnlyList<long>? cell))
            return cell[1];
        return shapes.TryGetValue("weight", out IReadOnlyList<long>? weight) ? weight[module.Class == "Embedding" ? 1 : 0] : InputWidth(module);
    }

    private static string ClassOf(TorchModule module, TorchModule? next, bool isFirst)
    {
        IReadOnlyDictionary<string, IReadOnlyList<long>> shapes = module.Shapes;
        if (shapes.Count == 0)
            throw new ForeignModelException("the file has no weights called '" + module.Name + "'");
        if (shapes.TryGetValue("weight_hh_l0", out IReadOnlyList<long>? recurrent))
            return Gates(module, recurrent[0], shapes.TryGetValue("weight_hr_l0", out IReadOnlyList<long>? projection) ? projection[1] : recurrent[1]);
        if (shapes.TryGetValue("weight_hh", out IReadOnlyList<long>? cell))
            return Gates(module, cell[0], cell[1]) + "Cell";
        if (shapes.ContainsKey("running_mean"))
            return "BatchNorm1d";
        bool hasBias = shapes.ContainsKey("bias");
        if (!shapes.TryGetValue("weight", out IReadOnlyList<long>? weight))
            throw Unknown(module);
        return (weight.Count, hasBias) switch
        {
            (3, _) => "Conv1d",
            (2, true) => "Linear",
            // A table of ids and a product without a bias look alike, but for what the next module takes.
            (2, false) when isFirst && next is not null && weight[0] != weight[1] => InputWidth(next) == weight[1] ? "Embedding" : "Linear",
            (2, false) when !isFirst => "Linear",
            (1, true) => "LayerNorm",
            _ => throw Unknown(module),
        };
    }

    private static string Gates(TorchModule module, long rows, long units) => units > 0 && rows % units == 0
        ? (rows / units) switch { 1 => "RNN", 3 => "GRU", 4 => "LSTM", _ => throw Unknown(module) }
        : throw Unknown(module);

    private static ForeignModelException Unknown(TorchModule module) => new("what '" + module.Name + "' is, its weights do not say ("
        + string.Join(", ", module.Shapes.Take(4).Select(s => s.Key + " [" + string.Join(", ", s.Value) + "]")) + "): say it with --layers");

    private static ForeignModelException NotSaid(string what, IEnumerable<TorchModule> modules) => new(what + ": say it with --layers, beginning from \"" + Text(modules) + "\"");
}
