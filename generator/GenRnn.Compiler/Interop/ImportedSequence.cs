using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Interop;

/// <summary>How a chain of layers goes from all time steps to one, where the other tool does it between the layers.</summary>
public static class ImportedSequence
{
    /// <summary><c>output[:, -1]</c>: the last time step alone goes on.</summary>
    public const string LastStep = "LastStep";

    /// <summary>What the states of a recurrent layer are at its end: of two directions the backward one's is that of the first time step.</summary>
    public const string FinalState = "FinalState";

    /// <summary>
    /// Lets the recurrent layer return its last step alone. Layers behind it that work step by step give the same of it, whether the step is taken in
    /// front of them or behind. Of a backward direction, and of what is not recurrent, the last step is cut out.
    /// </summary>
    internal static void TakeLastStep(ItemSpec input, List<ImportedLayer> layers, string word, ImportRequest request)
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
