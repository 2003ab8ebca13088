using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>
/// One layer of the language: its flags, its output shape, its weights and its forward equations. Nothing else in the compiler
/// knows a layer by name; its backward pass, its schedule and its code follow from the equations.
/// </summary>
public abstract class Layer
{
    /// <summary>The attribute and its flags.</summary>
    public abstract ItemDefinition Definition { get; }

    /// <summary>Keras' class name: <c>SimpleRNN</c>.</summary>
    public abstract string KerasClass { get; }

    /// <summary>Keras' default layer name: <c>simple_rnn</c>.</summary>
    public abstract string KerasName { get; }

    /// <summary>The layer inside a wrapper; null if this is none.</summary>
    public virtual Layer? Inner => null;

    /// <summary>What the layer's weights are called in code: <c>Lstm</c>, for <c>Weights.Lstm1</c>.</summary>
    public virtual string ViewKind => Definition.Kind;

    /// <summary>Whether a step of the output depends on the same step of the input alone.</summary>
    public virtual bool WorksStepByStep => false;

    /// <summary>Whether the output has no time axis, and no other flag would give it one.</summary>
    public virtual bool EndsSequence(ItemSpec item) => false;

    /// <summary>Whether it takes ids: what an input without features gives.</summary>
    public virtual bool TakesIds => false;

    /// <summary>Number of carried states, for initial states and return_state.</summary>
    public virtual int StateCount => 0;

    /// <summary>How many copies of a recurrent layer the states belong to, one direction of time each.</summary>
    public virtual int Directions => 1;

    /// <summary>Whether it does anything in inference: dropout does not.</summary>
    public virtual bool ComputesInInference => true;

    /// <summary>Whether penalties on what the layer gives are its parts' own: each has one on its own output.</summary>
    public virtual bool PenalizesParts => false;

    /// <summary>What the layer does with a mask.</summary>
    public virtual MaskUse Masks(ItemSpec item) => MaskUse.Ignores;

    /// <summary>Whether the output has a mask, by whether each operand has one.</summary>
    public virtual bool GivesMask(ItemSpec item, IReadOnlyList<bool> operands) => Masks(item) == MaskUse.Makes || (Masks(item) == MaskUse.Passes && operands.Any(isMasked => isMasked));

    /// <summary>Whether the layer can run at several places with the same weights: not if it keeps something of its own from call to call.</summary>
    public virtual bool CanBeShared(ItemSpec item) => !item[TimeFlags.Stateful];

    /// <summary>How many operands the layer has.</summary>
    public virtual (int Least, int Most) OperandCount => (1, 1);

    /// <summary>Whether the declaration does not say what the layer is: it runs a cell that has an error, which is said there.</summary>
    public virtual bool IsUnknown => false;

    /// <summary>The layer that an item is: most are the same for all, some depend on what the item names.</summary>
    public virtual Layer Of(ItemSpec item, ILayers layers) => this;

    /// <summary>Width of carried state <paramref name="index"/>.</summary>
    public virtual int StateWidth(ItemSpec item, int index) => 0;

    /// <summary>Why the layer cannot run one time step at a time (<c>runs backwards in time</c>), or null if it can.</summary>
    public virtual string? StreamingObstacle(ItemSpec item) => null;

    /// <summary>The activation whose values come out; empty where that is not known.</summary>
    public virtual string OutputActivation(ItemSpec item) => "";

    /// <summary>How many ids the layer tells apart; 0 if it takes none.</summary>
    public virtual int Vocabulary(ItemSpec item) => 0;

    /// <summary>The flag that lets it mask the id 0; null if it has none.</summary>
    public virtual Flag<bool>? ZeroMask => null;

    /// <summary>What Keras takes a penalty on the output of and drops it; empty where it applies it.</summary>
    public virtual string DroppedPenalty => "";

    /// <summary>The flag that decides whether a step of the output sees later ones of the input; null if none does.</summary>
    public virtual FlagDefinition? LaterStepsFlag => null;

    /// <summary>Whether that flag alone could make it run one time step at a time.</summary>
    public virtual bool CouldStream(ItemSpec item) => false;

    /// <summary>Whether a step of the output sees later ones of the input, where a flag decides it.</summary>
    public virtual LaterSteps LaterSteps(ItemSpec item) => Layers.LaterSteps.NoChoice;

    /// <summary>Number of axes of a weight, by the name that [Initialize] has for it: 2 of a matrix.</summary>
    public virtual int AxesOf(ItemSpec item, string weight) => Axes(weight);

    internal static int Axes(string weight) => weight is "Kernel" or "Recurrent" or "Embeddings" ? 2 : 1;

    /// <summary>Names of the states, each beginning with a capital: what outputs are called after, behind the layer's name.</summary>
    internal virtual IReadOnlyList<string> StateNames => Array.Empty<string>();

    /// <summary>Output shape of one row; reports what is wrong with the flags or the input. Never called with an unknown input.</summary>
    public abstract Shape Infer(ShapeContext context);

    /// <summary>Takes the names of the objects that were made by themselves and given to the layer, as Keras does when they are made.</summary>
    internal virtual void NameObjects(LayerNames names)
    {
    }

    /// <summary>Writes the layer's weights and equations. Called only for models without errors.</summary>
    public abstract void Lower(LoweringContext context);
}
