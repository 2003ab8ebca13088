using System;
using System.Collections.Generic;
using System.Globalization;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Shapes;

/// <summary>Refuses models whose buffers would not fit one array: offsets and lengths are 32-bit constants of the emitted code.</summary>
internal static class ModelSize
{
    /// <summary>Values and weights together. Training keeps several buffers of each, which must stay below 2^31 elements.</summary>
    public const long MaximumElements = 1L << 27;

    /// <summary>Adds GEN0502 for the first item at which the model outgrows the limit.</summary>
    public static void Check(ModelSpec spec, IReadOnlyList<Shape> shapes, ICollection<Finding> findings)
    {
        decimal batch = Math.Max(1, spec.Items.Count == 0 ? 1 : spec.Items[0].GetInteger("Batch", absent: 32));
        decimal elements = 0;
        int features = 0;
        for (int index = 0; index < shapes.Count; index++)
        {
            Shape shape = shapes[index];
            if (shape.IsUnknown)
                return;

            elements += batch * Math.Max(1, shape.TimeSteps) * shape.Features;
            if (spec.Items[index].Kind != "Input")
                elements += LayerRegistry.Of(spec.Items[index])?.Elements(spec.Items[index], features, shape, batch) ?? 0;
            features = shape.Features;
            if (elements <= MaximumElements)
                continue;

            string message = string.Format(
                CultureInfo.InvariantCulture,
                "up to {0} the model needs about {1:0.#E0} values and weights, and {2} is the limit: its buffers would not fit one array; use smaller sizes or a smaller Batch",
                ShapeInference.Describe(spec.Items[index]), elements, MaximumElements);
            findings.Add(new Finding("GEN0502", index, -1, "", new EquatableArray<string>(new[] { message })));
            return;
        }
    }
}
