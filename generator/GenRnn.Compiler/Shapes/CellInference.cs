using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Graph;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Layers.Cells;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Shapes;

/// <summary>Checks a class with <c>[Cell]</c>: cells, each followed by the layers that its output goes through. How many features there are is a model's business.</summary>
internal static class CellInference
{
    public static ModelShapes Infer(ModelGraph graph)
    {
        ModelSpec spec = graph.Spec;
        List<Shape> shapes = new() { Shape.Unknown };
        List<Finding> findings = new();
        ShapeContext whole = new(graph, graph.Nodes[0], new OperandShape[0], hasBatch: false, findings);
        CellRules.StandsAlone(whole);
        for (int index = 0; index < whole.Item.Modifiers.Count; index++)
            DropoutWrapperCell.Check(whole, whole.Item.Modifiers[index], index);
        Shape current = Shape.Unknown;
        (ShapeContext Context, Cell Cell)? open = null;
        bool hasHole = false;
        foreach (GraphNode node in graph.Nodes.Skip(1))
        {
            OperandShape[] operands = node.Operands.Select(o => new OperandShape(current, IsMasked: false, o.Item.Describe())).ToArray();
            ShapeContext context = new(graph, node, operands, hasBatch: false, findings);
            CellRules.ModifiersFit(context);
            Layer? layer = LayerRegistry.Find(context.Item.Kind);
            if (LayerRegistry.FindCell(context.Item.Kind) is { } kind)
            {
                Cell cell = DropoutWrapperCell.Wrap(kind, context.Item.Modifiers);
                Close(open, current);
                open = (context, cell);
                cell.Check(context);
                ShapeInference.CheckWeights(context, kind.AxesOf, isPart: true);
                current = cell.OutputWidth(context.Item) is > 0 and int width ? new Shape(0, width) : Shape.Unknown;
            }
            else if (layer is not StepLayer)
            {
                CellRules.NotInCell(context);
                current = Shape.Unknown;
                hasHole = true;
            }
            else if (open is null)
            {
                // What stands for a cell and is none was said to be none.
                if (!hasHole)
                    CellRules.NeedsCell(context);
                hasHole = true;
            }
            else
            {
                // What the cell gives is bounded by the layers after it, if at all.
                findings.RemoveAll(f => f.Place.Item == open.Value.Context.ItemIndex && f.Rule == Rules.NonSaturatingActivation);
                current = current.IsUnknown ? current : layer.Infer(context);
                ShapeInference.CheckWeights(context, layer.AxesOf, isPart: true);
                if (context.Item.Has(ItemFlags.Name))
                    LayerRules.ChangesNothing(context, ItemFlags.Name, "inside a cell weights are called after the kinds of their layers");
            }

            shapes.Add(current);
        }

        Close(open, current);
        // A cell with widths has a method, which the parser has looked for.
        if (spec.Items.Count == 1 && spec.Body is null && spec.Items[0].Find(CellItem.StateWidths) is null)
            findings.Add(new Finding(Rules.UnfitPart, new Place(0), "a cell needs a part after [Cell]: [SimpleRnnCell], [LstmCell] or [GruCell]; or the widths of its states, [Cell(16)], and a method Step"));
        return new ModelShapes(graph, shapes, findings);
    }

    private static void Close((ShapeContext Context, Cell Cell)? open, Shape output)
    {
        if (open is var (context, cell))
            CellRules.OutputFits(context, cell, output);
    }
}
