using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Interop;

/// <summary>Makes a declaration of PyTorch modules that are called one after another.</summary>
public static class TorchChain
{
    /// <summary>The declaration that a person would have written for the modules.</summary>
    /// <param name="modules">The modules in the order of their calls, each with its class.</param>
    /// <param name="request">What the file does not say.</param>
    /// <exception cref="ForeignModelException">Gen does not have one of them; the message names the module and its argument.</exception>
    public static ImportedModel Read(IReadOnlyList<TorchModule> modules, ImportRequest request)
    {
        List<ImportedLayer> layers = new();
        List<string> notes = new();
        bool isSequence = modules.Any(m => m.Class is ImportedSequence.LastStep or ImportedSequence.FinalState || RowOf(m).Class is "Embedding" || IsRecurrent(m) || RowOf(m).Axes == TorchAxes.Channels);
        ItemSpec input = InputOf(modules, isSequence, request);
        TorchAxes axes = TorchAxes.Any;
        foreach (TorchModule module in modules)
        {
            if (module.Class is ImportedSequence.LastStep or ImportedSequence.FinalState)
            {
                ImportedSequence.TakeLastStep(input, layers, module.Class, request);
                isSequence = false;
                continue;
            }

            TorchModules row = RowOf(module);
            if (row.Axes != TorchAxes.Any)
                axes = row.Axes;
            TorchReading reading = new(module, row.Parameters);
            // Channels stand in front of the steps there, and so one behind the other.
            if (row.Class == "Flatten" && isSequence && axes == TorchAxes.Channels)
                reading.Add(", permute", "Permute", ("Dims", FlagValue.Of(new[] { "2", "1" })));
            row.Read(reading);
            reading.RequireNothingLeft();
            layers.AddRange(reading.Layers);
            notes.AddRange(reading.Notes);
            isSequence &= !reading.Layers.Any(l => LayerRegistry.Find(l.Item.Kind)!.EndsSequence(l.Item));
        }

        return ImportedModel.Of(input, layers, request) with { Notes = notes };
    }

    private static bool IsRecurrent(TorchModule module) => module.Class is "RNN" or "LSTM" or "GRU" or "RNNCell" or "LSTMCell" or "GRUCell";

    private static TorchModules RowOf(TorchModule module) => TorchModules.Find(module.Class)
        ?? throw new ForeignModelException("the module " + module.Title + " of the class " + (module.Class.Length == 0 ? "(not said)" : module.Class) + ", which Gen does not have");

    private static ItemSpec InputOf(IReadOnlyList<TorchModule> modules, bool isSequence, ImportRequest request)
    {
        TorchModule first = modules.FirstOrDefault(m => m.Shapes.Count > 0) ?? throw new ForeignModelException("none of the modules has weights, so nothing says how many features the input has");
        List<FlagSpec> flags = new();
        if (isSequence)
        {
            if (request.TimeSteps == 0)
                throw new ForeignModelException("the number of time steps is not in the file: say it with --time-steps N");
            flags.Add(new FlagSpec("TimeSteps", FlagValue.Of((double)request.TimeSteps)));
        }

        if (first.Class != "Embedding")
            flags.Add(new FlagSpec("Features", FlagValue.Of((double)TorchGuess.InputWidth(first))));
        if (request.IsDouble)
            flags.Add(new FlagSpec("Precision", FlagValue.Of("Double")));
        return new ItemSpec("Input", flags.ToEquatableArray(), default);
    }
}
