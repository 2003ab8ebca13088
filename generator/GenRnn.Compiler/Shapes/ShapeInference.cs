using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Graph;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Shapes;

/// <summary>What the shape pass found out: the output shape of every item, and everything that is wrong.</summary>
/// <param name="Graph">The model.</param>
/// <param name="Items">A shape for each of its nodes.</param>
/// <param name="Findings">What is wrong, in the order in which it was found.</param>
public sealed record ModelShapes(ModelGraph Graph, IReadOnlyList<Shape> Items, IReadOnlyList<Finding> Findings)
{
    public bool HasErrors => Findings.Any(f => f.IsError);
}

/// <summary>Walks a model from its inputs to its outputs, once, and infers every shape.</summary>
public static class ShapeInference
{
    public static ModelShapes Infer(ModelSpec spec) => Infer(ModelGraph.Of(spec));

    public static ModelShapes Infer(ModelGraph graph)
    {
        ModelSpec spec = graph.Spec;
        if (spec.IsCell)
            return CellInference.Infer(graph);
        List<Shape> shapes = new();
        List<Finding> findings = new();
        bool hasBatch = spec.Items.FirstOrDefault(i => i.IsInput)?.Has(InputItem.Batch) is true;
        // What a reader of each node sees.
        List<OperandShape> seen = new();
        int overflowed = -1;
        foreach (GraphNode node in graph.Nodes)
        {
            ShapeContext context = new(graph, node, node.Operands.Select(o => seen[o.Index]).ToList(), hasBatch, findings);
            bool isMasked;
            if (node.IsInput)
            {
                shapes.Add(InferInput(context));
                isMasked = node.Item[InputItem.Lengths];
            }
            else
            {
                Layer? layer = LayerRegistry.Of(node.Item);
                bool isUnknown = !OperandRules.Check(context, layer) || !BidirectionalRules.HasForward(context) || layer is null || layer.IsUnknown || context.Operands.Count == 0 || context.Operands.Any(o => o.Shape.IsUnknown);
                isUnknown |= !SharedRules.Check(context, layer, seen);
                int said = findings.Count;
                shapes.Add(isUnknown ? Shape.Unknown : InferLayer(layer!, context, ref overflowed));
                SharedRules.RemoveRepeated(node, findings, said);
                if (layer is not null)
                {
                    InitialStateRules.Check(context, layer);
                    if (node.SharedWith is null)
                        CheckWeights(context);
                }
                else if (node.Item.Kind != SharedItem.Kind)
                {
                    CellRules.NotInModel(context);
                }

                isMasked = MaskRules.Pass(context, layer);
            }

            (GraphNode? dropped, GraphNode? ended) = TimeAxis.Follow(node, context.Operands);
            Shape given = UnreadItems.IsDoubtful(graph, node) ? Shape.Unknown : shapes[node.Index];
            seen.Add(new OperandShape(given, isMasked, node.Item.Describe()) { Dropped = dropped, Ended = ended });
        }

        if (!graph.Layers.Any() && spec.Items.Count > 0)
            findings.Add(new Finding(Rules.NoInput, Place.Class, "a model needs at least one layer after [Input]"));
        OutputRules.Check(graph, seen, findings);
        NameRules.Check(spec, findings);
        UnreadItems.Check(graph, shapes, findings);
        ModelSize.Check(spec, shapes, findings);
        if (overflowed >= 0 && findings.All(f => f.Rule != Rules.ModelBeyondBudget))
            findings.Add(SizeOverflow.Of(spec, overflowed));
        return new ModelShapes(graph, shapes, findings);
    }

    /// <summary>What is said about the weights of the layer, and of the one that runs backwards in it.</summary>
    private static void CheckWeights(ShapeContext context)
    {
        CheckWeights(context, LayerRegistry.Find(context.Item.Kind)!.AxesOf, isPart: false);
        if (BackwardHalf.Of(context.Item) is { } half && LayerRegistry.Find(half.Kind) is { } layer)
            CheckWeights(context.InHalf(half, BackwardHalf.IndexOf(context.Item)), layer.AxesOf, isPart: false);
    }

    /// <summary>What is said about the weights of a layer, or of a part of a cell.</summary>
    internal static void CheckWeights(ShapeContext context, Func<ItemSpec, string, int> axesOf, bool isPart)
    {
        InitializerRules.Check(context, axesOf);
        RegularizerRules.Check(context, axesOf, isPart);
        ConstraintRules.Check(context, axesOf);
    }

    private static Shape InferLayer(Layer layer, ShapeContext context, ref int overflowed)
    {
        try
        {
            return layer.Infer(context);
        }
        catch (OverflowException)
        {
            overflowed = context.ItemIndex;
            return Shape.Unknown;
        }
    }

    private static Shape InferInput(ShapeContext context)
    {
        ItemSpec item = context.Item;
        bool isValid = IsPositive(context, InputItem.TimeSteps, required: false);
        // Without features it is ids, if that is what the layer that reads it takes.
        bool isIds = item.Find(InputItem.Features) is null && context.Node.Readers.Any(r => LayerRegistry.Of(r.Item) is { TakesIds: true });
        isValid &= isIds || IsPositive(context, InputItem.Features, required: true);
        if (!IsPositive(context, InputItem.Batch, required: false))
            isValid = false;
        else if (context.ItemIndex > 0 && item.Has(InputItem.Batch))
            context.Report(Rules.InvalidInput, InputItem.Batch, "Batch stands on the first [Input] only");

        if (item[InputItem.Lengths])
            CheckLengths(context);
        if (context.ItemIndex > 0 && item.Has(InputItem.Precision))
            context.Report(Rules.InvalidInput, InputItem.Precision, "Precision stands on the first [Input] only");
        if (context.ItemIndex > 0 && item.Has(InputItem.Layout))
            context.Report(Rules.InvalidInput, InputItem.Layout, "Layout stands on the first [Input] only");
        else if (item[InputItem.Layout] == "TimeMajor" && context.Model.Items.All(i => !i.IsInput || i.Find(InputItem.TimeSteps) is null))
            LayerRules.ChangesNothing(context, InputItem.Layout, "no [Input] has time steps");
        return isValid ? new Shape(item[InputItem.TimeSteps], (isIds ? 1 : item[InputItem.Features])) { IsIds = isIds } : Shape.Unknown;
    }

    private static void CheckLengths(ShapeContext context)
    {
        string name = RowLengths.NameOf(context.Item);
        if (context.Item.Find(InputItem.TimeSteps) is null)
            context.Report(Rules.InvalidInput, InputItem.Lengths, "Lengths counts the time steps of each row, and a vector has none: set TimeSteps, or remove Lengths");
        else if (context.Model.Items.Any(i => i.IsInput && string.Equals(i[ItemFlags.Name], name, StringComparison.OrdinalIgnoreCase)))
            context.Report(Rules.InvalidInput, InputItem.Lengths, "the lengths would be called '" + name + "', as another input is; rename one of the inputs");
    }

    internal static bool IsPositive(ShapeContext context, Flag<int> flag, bool required)
    {
        FlagValue? value = context.Item.Find(flag);
        if (value is null)
        {
            if (required)
                context.Report(Rules.InvalidInput, "", "[Input] needs " + flag.Name);
            return !required;
        }

        if (value.Number > 0)
            return true;
        context.Report(Rules.InvalidInput, flag, string.Format(CultureInfo.InvariantCulture, "{0} must be positive; got {1}", flag.Name, value.Number));
        return false;
    }
}
