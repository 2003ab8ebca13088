using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Layers.Cells;
using GenRnn.Compiler.Layers.Merges;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>A modifier that makes another layer of the one after it.</summary>
/// <param name="Definition">The attribute and its flags.</param>
/// <param name="Wrap">Makes the layer, of the layer inside, the item and the index of the modifier among the item's.</param>
public sealed record Wrapper(ItemDefinition Definition, Func<Layer, ItemSpec, int, Layer> Wrap)
{
    /// <summary>Whether it changes what the layer inside computes in inference.</summary>
    public bool ComputesInInference { get; init; }

    /// <summary>Whether a step of a sequence that comes out sees later ones of the input.</summary>
    public bool SeesLaterSteps { get; init; }
}

/// <summary>All layers. A new layer is a line here.</summary>
public static class LayerRegistry
{
    /// <summary>What the attribute of a cell is called, after the layer that runs it: <c>LstmCell</c>.</summary>
    public const string CellSuffix = "Cell";

    /// <summary>Recurrent cells that a class with <c>[Cell]</c> may be made of. A new one is a line here, and one among the layers.</summary>
    public static IReadOnlyList<Cell> Cells { get; } = new Cell[] { new SimpleRnnCell(), new LstmCell(), new GruCell() };

    public static IReadOnlyList<Layer> All { get; } = new Layer[]
    {
        new RecurrentLayer(new SimpleRnnCell()),
        new RecurrentLayer(new LstmCell()),
        new RecurrentLayer(new GruCell()),
        new RecurrentLayer(CellStack.Unknown),
        new DenseLayer(),
        new EmbeddingLayer(),
        new Conv1DLayer(),
        new ActivationLayer(),
        new LayerNormalizationLayer(),
        new BatchNormalizationLayer(),
        new MaskingLayer(),
        new DropoutLayer(),
        new SpatialDropout1DLayer(),
        new GaussianNoiseLayer(),
        new RepeatVectorLayer(),
        new FlattenLayer(),
        new GlobalAveragePooling1DLayer(),
        new GlobalMaxPooling1DLayer(),
        new MaxPooling1DLayer(),
        new AveragePooling1DLayer(),
        new ReshapeLayer(),
        new PermuteLayer(),
        new ZeroPadding1DLayer(),
        new Cropping1DLayer(),
        new UpSampling1DLayer(),
        new SeparableConv1DLayer(),
        new DepthwiseConv1DLayer(),
        new Conv1DTransposeLayer(),
        new ReluLayer(),
        new LeakyReluLayer(),
        new EluLayer(),
        new PReluLayer(),
        new SoftmaxLayer(),
        new UnitNormalizationLayer(),
        new RmsNormalizationLayer(),
        new GroupNormalizationLayer(),
        new RescalingLayer(),
        new NormalizationLayer(),
        new ActivityRegularizationLayer(),
        new SumMerge("Add", "add", isMean: false),
        new SubtractLayer(),
        new MultiplyLayer(),
        new SumMerge("Average", "average", isMean: true),
        new ExtremeMerge("Maximum", "maximum", isMaximum: true),
        new ExtremeMerge("Minimum", "minimum", isMaximum: false),
        new ConcatenateLayer(),
    };

    public static IReadOnlyList<Wrapper> Wrappers { get; } = new[]
    {
        new Wrapper(BidirectionalLayer.Modifier, (inner, item, index) => new BidirectionalLayer(inner, item, index)) { ComputesInInference = true, SeesLaterSteps = true },
        new Wrapper(TimeDistributedLayer.Modifier, (inner, _, index) => new TimeDistributedLayer(inner, index)),
        new Wrapper(DropoutWrapperCell.Modifier, DropoutWrapperCell.Wrap),
    };

    /// <summary>The cell that an attribute of a cell class names.</summary>
    public static Cell? FindCell(string kind) => Cells.FirstOrDefault(cell => cell.Kind + CellSuffix == kind);

    /// <summary>The layer that an attribute names by itself.</summary>
    public static Layer? Find(string kind) => All.FirstOrDefault(layer => layer.Definition.Kind == kind);

    /// <summary>The layer that an item is, inside the wrappers in front of it; the first one written is the outermost.</summary>
    public static Layer? Of(ItemSpec item)
    {
        Layer? layer = Find(item.Kind)?.Of(item);
        for (int index = item.Modifiers.Count - 1; index >= 0 && layer is not null; index--)
        {
            if (FindWrapper(item.Modifiers[index].Kind) is { } wrapper)
                layer = wrapper.Wrap(layer, item, index);
        }

        return layer;
    }

    /// <summary>Whether a modifier may stand in front of a cell as well.</summary>
    public static bool WrapsCells(string kind) => kind == DropoutWrapperCell.Modifier.Kind;

    public static Wrapper? FindWrapper(string kind) => Wrappers.FirstOrDefault(wrapper => wrapper.Definition.Kind == kind);
}
