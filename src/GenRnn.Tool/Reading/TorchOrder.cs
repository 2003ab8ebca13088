using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Interop;

namespace GenRnn.Tool.Reading;

/// <summary>The order of modules whose file is sorted by name: the one in which each takes what the one before gives, if there is one alone.</summary>
internal static class TorchOrder
{
    // Chains that anybody writes have a dozen modules; a file could make very many orders to try.
    private const int MostModules = 64;
    private const int MaximumTrials = 100_000;

    /// <exception cref="ForeignModelException">There are several, or none.</exception>
    public static IReadOnlyList<TorchModule> Of(IReadOnlyList<TorchModule> modules)
    {
        var orders = new List<TorchModule[]>();
        int trials = 0;
        if (modules.Count <= MostModules)
            Search([], [.. modules]);
        return orders.Count == 1 && trials <= MaximumTrials
            ? orders[0]
            : throw new ForeignModelException($"the file is sorted by name, and {(orders.Count == 0 ? "no order" : "several orders")} of its modules {(orders.Count == 0 ? "fits" : "fit")}: say it with --layers, beginning from \"{TorchGuess.Text(modules)}\"");

        void Search(TorchModule[] taken, TorchModule[] left)
        {
            if (left.Length == 0)
                orders.Add(taken);
            foreach (TorchModule next in left)
            {
                if (orders.Count > 1 || ++trials > MaximumTrials)
                    return;
                if (taken.Length == 0 || (TorchGuess.InputWidth(next) == TorchGuess.OutputWidth(taken[^1]) && (Rank(next) == 0 || Rank(next) >= taken.Max(Rank))))
                    Search([.. taken, next], [.. left.Where(m => m != next)]);
            }
        }
    }

    /// <summary>Tables of ids stand in front, then convolutions, recurrent modules, products; norms anywhere.</summary>
    private static int Rank(TorchModule module) => module.Class switch
    {
        "Embedding" => 1,
        "Conv1d" => 2,
        "RNN" or "LSTM" or "GRU" or "RNNCell" or "LSTMCell" or "GRUCell" => 3,
        "Linear" => 4,
        _ => 0,
    };
}
