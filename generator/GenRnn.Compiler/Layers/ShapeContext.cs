using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Graph;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>What a layer sees when it infers its output shape: its flags, its input, and where to report.</summary>
public sealed class ShapeContext
{
    private readonly List<Finding> _findings;

    /// <summary>The item inside another one's modifier that is looked at; null for an item of the model.</summary>
    private ItemSpec? _half;
    private int _modifier = -1;

    internal ShapeContext(ModelGraph graph, GraphNode node, IReadOnlyList<OperandShape> operands, bool hasBatch, List<Finding> findings)
    {
        Graph = graph;
        Node = node;
        Operands = operands;
        HasBatch = hasBatch;
        _findings = findings;
    }

    /// <summary>The model that the layer is in, with what each layer reads.</summary>
    public ModelGraph Graph { get; }

    public ModelSpec Model => Graph.Spec;

    /// <summary>The layer among the others.</summary>
    public GraphNode Node { get; }

    public int ItemIndex => Node.Index;

    public ItemSpec Item => _half ?? Node.Item;

    /// <summary>What the layer reads, in order; empty where nothing stands in front of it.</summary>
    public IReadOnlyList<OperandShape> Operands { get; }

    /// <summary>Shape of the only operand, or of the first.</summary>
    public Shape Input => Operands.Count == 0 ? Shape.Unknown : Operands[0].Shape;

    /// <summary>Whether steps of the only operand, or of the first, may be masked.</summary>
    public bool HasMask => Operands.Count > 0 && Operands[0].IsMasked;

    /// <summary>Whether a layer in front was reported to lose a mask.</summary>
    public bool HasLostMask => _findings.Any(f => f.Rule == Rules.LostMask && Node.Ancestors().Any(a => a.Index == f.Place.Item));

    /// <summary>What the layer reads, as a message names it: <c>SimpleRnn(20)</c>.</summary>
    public string PreviousLayer => Operands.Count == 0 ? "" : Operands[0].Name;

    /// <summary>Whether the model says its batch.</summary>
    public bool HasBatch { get; }

    /// <summary>The same place in the model, looked at by the layer in one of the item's modifiers.</summary>
    internal ShapeContext InHalf(ItemSpec half, int modifier) => new(Graph, Node, Operands, HasBatch, _findings) { _half = half, _modifier = modifier };

    /// <summary>Reports on a flag of this item (empty: on the whole attribute).</summary>
    public void Report(Rule rule, string flag, string message) => _findings.Add(new Finding(rule, new Place(ItemIndex, _modifier, flag), message));

    /// <summary>Reports where an operand is named; on the item, for what stands in front of it.</summary>
    public void ReportOnOperand(Rule rule, int operand, string message) => _findings.Add(new Finding(rule, Node.OperandPlaces[operand], message));

    /// <summary>Reports a finding with its place.</summary>
    internal void Report(Finding finding) => _findings.Add(finding);

    /// <summary>Reports on a flag of this item.</summary>
    public void Report(Rule rule, FlagDefinition flag, string message) => Report(rule, flag.Name, message);

    /// <inheritdoc cref="ReportOnModifier(Rule, int, string, string, string)"/>
    public void ReportOnModifier(Rule rule, int modifier, FlagDefinition flag, string message, string suggestion = "") => ReportOnModifier(rule, modifier, flag.Name, message, suggestion);

    /// <summary>Reports on a flag of a modifier of this item.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="modifier">Which modifier of the item.</param>
    /// <param name="flag">Its flag, or empty.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="suggestion">What to write instead of the flag's value; empty if that is not known.</param>
    public void ReportOnModifier(Rule rule, int modifier, string flag, string message, string suggestion = "") =>
        _findings.Add(new Finding(rule, new Place(ItemIndex, _half is null ? modifier : _modifier, flag), message) { Suggestion = suggestion });
}
