using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Spec;
using GenRnn.Compiler.Targets;

namespace GenRnn.Compiler.Shapes;

/// <summary>
/// Refuses models whose buffers would not fit one array, as early as it shows: a single layer's values here, all weights when the model is lowered. Arena and packed weights are
/// counted where they are planned.
/// </summary>
internal static class ModelSize
{
    /// <summary>Adds a finding for the first item whose values alone are too many.</summary>
    public static void Check(ModelSpec spec, IReadOnlyList<Shape> shapes, ICollection<Finding> findings)
    {
        int batch = Math.Max(1, spec.Items.Count == 0 ? 1 : spec.Items[0][InputItem.Batch]);
        for (int index = 0; index < shapes.Count; index++)
        {
            if (shapes[index].IsUnknown)
                return;

            long elements = ValuesOfARow(spec.Items[index], shapes[index]);
            if (SizeLimit.Product(elements, batch) <= SizeLimit.Elements)
                continue;
            findings.Add(new Finding(Rules.ModelBeyondBudget, new Place(index), string.Format(
                    CultureInfo.InvariantCulture,
                    "{0} has {1:N0} values for each of {2} row{3}, and {4:N0} in all is the limit, because they lie in one array; use smaller sizes or a smaller Batch",
                    spec.Items[index].Describe(), elements, batch, batch == 1 ? "" : "s", SizeLimit.Elements)));
            return;
        }
    }

    /// <summary>Counts the weights of a model that was lowered.</summary>
    /// <exception cref="SizeLimitException">They do not fit one array.</exception>
    public static void CheckParameters(Program program)
    {
        IEnumerable<string> layers = program.Parameters
            .GroupBy(p => p.Layer)
            .Select(g => string.Format(CultureInfo.InvariantCulture, "{0} {1:N0}", program.Layers[g.Key].Name, g.Sum(p => (decimal)p.Count)));
        SizeLimit.Check(program.ParameterCount, "the weights (" + string.Join(" + ", layers) + ")");
    }

    /// <summary>What is said of a model with a buffer that was found too large where it was planned.</summary>
    public static Finding Describe(SizeLimitException tooLarge) => new(Rules.ModelBeyondBudget, Place.Class, tooLarge.Message);

    /// <summary>Of the output, or of the widest state, whose gates lie side by side.</summary>
    private static long ValuesOfARow(ItemSpec item, Shape shape)
    {
        long output = Math.Max(1, shape.TimeSteps) * (long)shape.Features;
        return !item.IsInput && LayerRegistry.Of(item) is { StateCount: > 0 } layer
            ? Math.Max(output, CellGates * Enumerable.Range(0, layer.StateCount).Max(i => (long)layer.StateWidth(item, i)))
            : output;
    }

    private const int CellGates = 4;
}
