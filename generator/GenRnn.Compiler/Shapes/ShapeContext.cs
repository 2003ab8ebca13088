using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Shapes;

/// <summary>What a layer sees when it infers its output shape: its flags, its input, and where to report.</summary>
public sealed class ShapeContext
{
    private readonly List<Finding> _findings;

    /// <summary>The item inside another one's modifier that is looked at; null for an item of the model.</summary>
    private ItemSpec? _half;
    private int _modifier = -1;

    internal ShapeContext(ModelSpec model, int itemIndex, Shape input, bool hasMask, string previousLayer, bool hasBatch, List<Finding> findings)
    {
        Model = model;
        ItemIndex = itemIndex;
        Input = input;
        HasMask = hasMask;
        PreviousLayer = previousLayer;
        HasBatch = hasBatch;
        _findings = findings;
    }

    public ModelSpec Model { get; }

    public int ItemIndex { get; }

    public ItemSpec Item => _half ?? Model.Items[ItemIndex];

    public Shape Input { get; }

    /// <summary>Whether steps of the input may be masked.</summary>
    public bool HasMask { get; }

    /// <summary>Whether a layer in front was reported to lose a mask (<see cref="MaskRules"/>).</summary>
    public bool HasLostMask => _findings.Any(f => f.Rule == Rules.LostMask && f.Place.Item > LastInput);

    private int LastInput => Model.Items.Take(ItemIndex).ToList().FindLastIndex(i => i.Kind == "Input");

    /// <summary>The item in front, as a message names it: <c>SimpleRnn(20)</c>.</summary>
    public string PreviousLayer { get; }

    /// <summary>Whether the model says its batch.</summary>
    public bool HasBatch { get; }

    /// <summary>The same place in the model, looked at by the layer in one of the item's modifiers.</summary>
    internal ShapeContext InHalf(ItemSpec half, int modifier) => new(Model, ItemIndex, Input, HasMask, PreviousLayer, HasBatch, _findings) { _half = half, _modifier = modifier };

    /// <summary>Reports on a flag of this item (empty: on the whole attribute).</summary>
    public void Report(Rule rule, string flag, string message) => _findings.Add(new Finding(rule, new Place(ItemIndex, _modifier, flag), message));

    /// <summary>Reports on a flag of a modifier of this item.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="modifier">Which modifier of the item.</param>
    /// <param name="flag">Its flag, or empty.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="suggestion">What to write instead of the flag's value; empty if that is not known.</param>
    public void ReportOnModifier(Rule rule, int modifier, string flag, string message, string suggestion = "") =>
        _findings.Add(new Finding(rule, new Place(ItemIndex, _half is null ? modifier : _modifier, flag), message) { Suggestion = suggestion });
}
