using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;
using GenRnn.EndToEnd.Tests.Compiling;
using GenRnn.TestModels;

namespace GenRnn.EndToEnd.Tests.Oracle;

/// <summary>Every model of the catalogue, as declared and (where it does not say its batch) for a batch of 4 as well: units in lanes. And those whose fused kernels read more than a product.</summary>
internal static class OracleModels
{
    private const int SmallBatch = 4;

    /// <summary>Specs by class name.</summary>
    public static IReadOnlyDictionary<string, ModelSpec> All { get; } = ModelCatalogue.All
        .Select(m => m.Spec)
        .Concat(ModelCatalogue.All.Where(NeedsSmallBatch).Select(m => InSmallBatch(m.Spec)))
        .Concat(ReaderModels.Of(1, 16).Concat(ReaderModels.Of(2, 5)).Select(m => m.Spec))
        .ToDictionary(s => s.Class.Name);

    private static readonly Lazy<ModelCompilation> LazyCompilation = new(() => ModelCompilation.Compile(
        "Oracle", All.Values.Select(s => new ModelSource(s.Class.Namespace, s.Class.Name, DeclarationText.WriteClass(s))).ToArray()));

    public static IModel<float> Create(string name) =>
        (IModel<float>)Activator.CreateInstance(LazyCompilation.Value.Find(All[name].Class.MetadataName), 1)!;

    public static bool IsTimeMajor(string name) => First(All[name]).GetText("Layout") == "TimeMajor";

    /// <summary>Compiling is most of the time here, and an activation is the same expression on either axis: two of them will do.</summary>
    private static bool NeedsSmallBatch(TestModel model) => First(model.Spec).Find("Batch") is null
        && (model.Name is "ActivationSoftmax" or "ActivationRelu" || !model.Name.StartsWith("Activation", StringComparison.Ordinal));

    private static ItemSpec First(ModelSpec spec) => spec.Items.First(i => i.Kind == "Input");

    private static ModelSpec InSmallBatch(ModelSpec spec)
    {
        string name = spec.Class.Name + "Of" + SmallBatch;
        ItemSpec first = First(spec);
        ItemSpec batched = first with { Flags = first.Flags.Append(new FlagSpec("Batch", FlagValue.Of(SmallBatch))).ToEquatableArray() };
        return new ModelSpec(
            spec.Class with { Name = name, MetadataName = spec.Class.Namespace + "." + name },
            spec.Items.Select(i => ReferenceEquals(i, first) ? batched : i).ToEquatableArray());
    }
}
