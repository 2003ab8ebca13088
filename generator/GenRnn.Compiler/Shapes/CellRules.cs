using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Layers.Cells;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Shapes;

/// <summary>What may stand in a model and what in a cell.</summary>
internal static class CellRules
{
    /// <summary>The sizes of a cell that is stepped by hand.</summary>
    public static void StandsAlone(ShapeContext cell)
    {
        bool hasFeatures = cell.Item.Has(InputItem.Features);
        if (!hasFeatures && cell.Item.Has(InputItem.Batch))
            cell.Report(Rules.InvalidInput, InputItem.Batch, "Batch says how many rows Step takes; a cell that is stepped by hand needs Features too, which fix its kernels");
        else if (!hasFeatures && cell.Item.Has(InputItem.Precision))
            cell.Report(Rules.InvalidInput, InputItem.Precision, "a cell has the precision of the model that runs it; only one that is stepped by hand, with Features, has its own");
        ShapeInference.IsPositive(cell, InputItem.Features, required: false);
        ShapeInference.IsPositive(cell, InputItem.Batch, required: false);
    }

    /// <summary>An attribute of cells in a model.</summary>
    public static void NotInModel(ShapeContext context)
    {
        if (context.Item.Kind == CellItem.Kind)
        {
            context.Report(Rules.UnfitPart, "", "a class is a model, with [Input], or a cell, with [Cell]; not both");
        }
        else if (LayerRegistry.FindCell(context.Item.Kind) is { } cell)
        {
            context.Report(Rules.UnfitPart, "", LayerRules.Format(
                "{0} is a part of a class with [Cell]; a model has the layer, [{1}], or runs the cell's class by [Rnn]", context.Item.Kind, cell.Kind));
        }
    }

    /// <summary>An attribute of models in a cell.</summary>
    public static void NotInCell(ShapeContext context)
    {
        string kind = context.Item.Kind;
        string what = kind == InputItem.Kind ? "a class is a model, with [Input], or a cell, with [Cell]; not both"
            : kind == "Cell" ? "[Cell] stands once, in front of the parts of the cell"
            : LayerRegistry.FindCell(kind + LayerRegistry.CellSuffix) is not null ? LayerRules.Format(
                "{0} runs over time; a cell is one step: write [{0}{1}]", kind, LayerRegistry.CellSuffix)
            : LayerRules.Format("{0} does not work step by step, so it cannot be a part of a cell", kind);
        context.Report(Rules.UnfitPart, "", what);
    }

    /// <summary>A layer in front of all cells.</summary>
    public static void NeedsCell(ShapeContext context) => context.Report(Rules.UnfitPart, "", LayerRules.Format(
        "{0} works on the output of a cell: write [SimpleRnnCell], [LstmCell] or [GruCell] before it", context.Item.Kind));

    /// <summary>Modifiers that change more than a step.</summary>
    public static void ModifiersFit(ShapeContext context)
    {
        for (int index = 0; index < context.Item.Modifiers.Count; index++)
        {
            ModifierSpec modifier = context.Item.Modifiers[index];
            bool isDropout = modifier.Kind == DropoutWrapperCell.Modifier.Kind;
            if (isDropout && LayerRegistry.Find(context.Item.Kind) is StepLayer)
            {
                context.ReportOnModifier(Rules.UnfitWrapper, index, "", LayerRules.Format(
                    "DropoutWrapper wraps a cell with the layers after it; {0} is such a layer. Write it in front of the cell", context.Item.Kind));
            }
            else if (!isDropout && modifier.Kind is not (InitializeItem.Kind or RegularizerSpec.Kind or ConstraintSpec.Kind))
            {
                context.ReportOnModifier(Rules.UnfitPart, index, "", LayerRules.Format("{0} modifies a layer of a model, not a part of a cell; write it in front of [Rnn]", modifier.Kind));
            }
        }
    }

    /// <summary>The output that a cell carries on is as wide as the cell needs it.</summary>
    public static void OutputFits(ShapeContext cell, Cell kind, Shape output)
    {
        int width = kind.OutputWidth(cell.Item);
        if (!kind.TakesAnyOutput && !output.IsUnknown && output.Features != width)
        {
            cell.Report(Rules.UnfitPart, "", LayerRules.Format(
                "{0} blends its state with a new one of {1} values, so the layers after it must give as many; they give {2}",
                cell.Item.Describe(), width, output.Features));
        }
    }
}
