using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Interop;

/// <summary>Makes a declaration of PyTorch modules that are called one after another.</summary>
public static class TorchChain
{
    /// <summary>Stands among the modules for <c>output[:, -1]</c>: the last time step alone goes on.</summary>
    public const string LastStep = "LastStep";

    /// <summary>Stands behind a recurrent module for what its states are at its end, <c>h_n</c>: of two directions the backward one's is that of the first time step.</summary>
    public const string FinalState = "FinalState";

    /// <summary>The declaration that a person would have written for the modules.</summary>
    /// <param name="modules">The modules in the order of their calls, each with its class.</param>
    /// <param name="request">What the file does not say.</param>
    /// <exception cref="ForeignModelException">Gen does not have one of them; the message names the module and its argument.</exception>
    public static ImportedModel Read(IReadOnlyList<TorchModule> modules, ImportRequest request)
    {
        List<ImportedLayer> layers = new();
        List<string> notes = new();
        bool isSequence = modules.Any(m => m.Class is LastStep or FinalState || RowOf(m).Class is "Embedding" || IsRecurrent(m) || RowOf(m).Axes == TorchAxes.Channels);
        ItemSpec input = InputOf(modules, isSequence, request);
        TorchAxes axes = TorchAxes.Any;
        foreach (TorchModule module in modules)
        {
            if (module.Class is LastStep or FinalState)
            {
                TakeLastStep(input, layers, module.Class, request);
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

    /// <summary>
    /// Lets the recurrent layer return its last step alone. Layers behind it that work step by step give the same of it, whether the step is taken in
    /// front of them or behind. Of a backward direction, and of what is not recurrent, the last step is cut out.
    /// </summary>
    private static void TakeLastStep(ItemSpec input, List<ImportedLayer> layers, string word, ImportRequest request)
    {
        int index = layers.Count - 1;
        while (index >= 0 && word == LastStep && LayerRegistry.Find(layers[index].Item.Kind) is { WorksStepByStep: true, StateCount: 0 })
            index--;
        bool isRecurrent = index >= 0 && LayerRegistry.Find(layers[index].Item.Kind)!.StateCount > 0;
        if (word == FinalState && !isRecurrent)
            throw new ForeignModelException(word + (index < 0 ? " in front of every layer" : " behind '" + layers[index].Name + "' of the class " + layers[index].Class) + ", which has no state");
        if (isRecurrent && (word == FinalState || layers[index].Item.Modifiers.Count == 0))
        {
            ItemSpec item = layers[index].Item;
            layers[index] = layers[index] with { Item = item with { Flags = item.Flags.Where(f => f.Name != "ReturnSequences").ToEquatableArray() } };
            return;
        }

        int steps = layers.Count == 0 ? request.TimeSteps : ImportedModel.Of(input, layers, request).OutputShape.TimeSteps;
        if (steps == 0)
            throw new ForeignModelException(word + " behind '" + layers[index].Name + "', which gives no time steps");
        FlagSpec[] cut = { new("Front", FlagValue.Of((double)(steps - 1))), new("Back", FlagValue.Of(0.0)) };
        if (steps > 1)
            layers.Add(new ImportedLayer(word, word, new ItemSpec("Cropping1D", cut.ToEquatableArray(), default)));
        layers.Add(new ImportedLayer(word, word, new ItemSpec("Flatten", default, default)));
    }
}
