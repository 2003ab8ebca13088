using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Shapes;

/// <summary>What the shape pass found out: the output shape of every item, and everything that is wrong.</summary>
public sealed record ModelShapes(IReadOnlyList<Shape> Items, IReadOnlyList<Finding> Findings)
{
    public bool HasErrors => Findings.Any(f => f.IsError);
}

/// <summary>Walks a declaration from input to output, once, and infers every shape.</summary>
public static class ShapeInference
{
    public static ModelShapes Infer(ModelSpec spec)
    {
        if (spec.IsCell)
            return CellInference.Infer(spec);
        List<Shape> shapes = new();
        List<Finding> findings = new();
        bool hasBatch = spec.Items.FirstOrDefault(i => i.Kind == "Input")?.Find("Batch") is not null;
        Shape current = Shape.Unknown;
        bool isMasked = false;
        string previous = "";
        int layers = 0;
        int overflowed = -1;
        for (int index = 0; index < spec.Items.Count; index++)
        {
            ItemSpec item = spec.Items[index];
            ShapeContext context = new(spec, index, current, isMasked, previous, hasBatch, findings);
            if (item.Kind == "Input")
            {
                shapes.Add(InferInput(context));
                if (previous.Length > 0 && !Branches.StartsChain(spec, index))
                    continue;
                if (previous.Length > 0 && (Branches.MayBeInitialState(spec, index) || UnreadItems.IsDoubtful(spec, index)))
                {
                    current = Shape.Unknown;
                    continue;
                }

                isMasked = item.GetBoolean("Lengths");
            }
            else
            {
                layers++;
                Layer? layer = LayerRegistry.Of(item);
                shapes.Add(!BidirectionalRules.HasForward(context) || layer is null || layer.IsUnknown || current.IsUnknown ? Shape.Unknown : InferLayer(layer, context, ref overflowed));
                if (layer is not null)
                {
                    InitialStateRules.Check(context, layer);
                    CheckWeights(context);
                }
                else
                {
                    CellRules.NotInModel(context);
                }

                isMasked = MaskRules.Pass(context, layer);
            }

            current = shapes[index];
            previous = Describe(item);
        }

        if (layers == 0 && spec.Items.Count > 0)
            findings.Add(new Finding(Rules.NoInput, Place.Class, "a model needs at least one layer after [Input]"));
        NameRules.Check(spec, findings);
        UnreadItems.Check(spec, shapes, findings);
        ModelSize.Check(spec, shapes, findings);
        if (overflowed >= 0 && findings.All(f => f.Rule != Rules.ModelBeyondBudget))
            findings.Add(SizeOverflow.Of(spec, overflowed));
        return new ModelShapes(shapes, findings);
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

    /// <summary>An item as messages name it: <c>SimpleRnn(20)</c>.</summary>
    public static string Describe(ItemSpec item)
    {
        string? name = item.Find("Name")?.Text;
        string text = (item.Find("Units") ?? item.Find("Filters")) is { } width ? string.Format(CultureInfo.InvariantCulture, "{0}({1})", item.Kind, width.Number)
            : item.Cells.Count > 0 ? item.Kind + "(" + string.Join(", ", item.Cells.Select(c => c.Name)) + ")"
            : item.Kind;
        return name is null ? text : text + " '" + name + "'";
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
        bool isValid = IsPositive(context, "TimeSteps", required: false);
        // Without features it is ids, if that is what the next layer takes.
        bool isIds = item.Find("Features") is null && context.ItemIndex + 1 < context.Model.Items.Count
            && LayerRegistry.Of(context.Model.Items[context.ItemIndex + 1]) is { TakesIds: true };
        isValid &= isIds || IsPositive(context, "Features", required: true);
        if (!IsPositive(context, "Batch", required: false))
            isValid = false;
        else if (context.ItemIndex > 0 && item.Find("Batch") is not null)
            context.Report(Rules.InvalidInput, "Batch", "Batch stands on the first [Input] only");

        if (item.GetBoolean("Lengths"))
            CheckLengths(context);
        if (context.ItemIndex > 0 && item.Find("Precision") is not null)
            context.Report(Rules.InvalidInput, "Precision", "Precision stands on the first [Input] only");
        if (context.ItemIndex > 0 && item.Find("Layout") is not null)
            context.Report(Rules.InvalidInput, "Layout", "Layout stands on the first [Input] only");
        else if (item.GetText("Layout") == "TimeMajor" && context.Model.Items.All(i => i.Kind != "Input" || i.Find("TimeSteps") is null))
            LayerRules.ChangesNothing(context, "Layout", "no [Input] has time steps");
        return isValid ? new Shape(item.GetInteger("TimeSteps"), item.GetInteger("Features", 1)) { IsIds = isIds } : Shape.Unknown;
    }

    private static void CheckLengths(ShapeContext context)
    {
        string name = RowLengths.NameOf(context.Item);
        if (context.Item.Find("TimeSteps") is null)
            context.Report(Rules.InvalidInput, "Lengths", "Lengths counts the time steps of each row, and a vector has none: set TimeSteps, or remove Lengths");
        else if (context.Model.Items.Any(i => i.Kind == "Input" && string.Equals(i.GetText("Name"), name, StringComparison.OrdinalIgnoreCase)))
            context.Report(Rules.InvalidInput, "Lengths", "the lengths would be called '" + name + "', as another input is; rename one of the inputs");
    }

    internal static bool IsPositive(ShapeContext context, string flag, bool required)
    {
        FlagValue? value = context.Item.Find(flag);
        if (value is null)
        {
            if (required)
                context.Report(Rules.InvalidInput, "", "[Input] needs " + flag);
            return !required;
        }

        if (value.Number > 0)
            return true;
        context.Report(Rules.InvalidInput, flag, string.Format(CultureInfo.InvariantCulture, "{0} must be positive; got {1}", flag, value.Number));
        return false;
    }
}
