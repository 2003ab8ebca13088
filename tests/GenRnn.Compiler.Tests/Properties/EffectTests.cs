using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Spec;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Properties;

/// <summary>
/// Whatever a declaration says has an effect or a message: each flag of each attribute is set to other values, wherever the attribute can stand, and the emitted file or the findings
/// must change. (The hash of the declaration does not count: it would change for a flag that does nothing.)
/// </summary>
public sealed class EffectTests
{
    /// <summary>Attributes with a place in a model: what stands around them is what the flags need to mean something, or what takes their meaning.</summary>
    public static TheoryData<string> Kinds { get; } = new(Catalogue.Items.Select(i => i.Kind));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_flag_has_an_effect_or_a_message(string kind)
    {
        ItemDefinition definition = Catalogue.Find(kind)!;
        List<Place> places = Places(definition).ToList();
        Assert.NotEmpty(places);
        foreach (Place place in places)
        {
            (string plain, string said) = Outcome(place.Build([]));
            Parallel.ForEach(definition.Flags.Where(f => f.Type is not (FlagType.TextList or FlagType.TypeList or FlagType.IntegerList)), flag =>
            {
                // Of the values of a flag one may be what goes without saying; no two are the same.
                (object Value, string Source)[] silent = [.. Values(flag)
                    .Select(v => (Value: v, Outcome: Outcome(place.Build([(flag.Name, v)]))))
                    .Where(v => v.Outcome.Findings == said)
                    .Select(v => (v.Value, v.Outcome.Source))];
                object[] idle = [.. silent.Where(v => v.Source == plain).Select(v => v.Value)];
                int allowed = flag.Type is FlagType.Boolean or FlagType.Enum or FlagType.Integer ? 1 : 0;
                Assert.True(idle.Length <= allowed, $"{place.Name}: {flag.Name} = {string.Join(" or ", idle)} changes nothing, and nothing is said.");
                foreach (IGrouping<string, (object Value, string)> same in silent.GroupBy(v => v.Source).Where(g => g.Count() > 1))
                    Assert.Fail($"{place.Name}: {flag.Name} = {string.Join(" and ", same.Select(v => v.Value))} do the same.");
            });
        }
    }

    /// <summary>A modifier in front of any layer does something to it, or is refused.</summary>
    [Fact]
    public void Every_modifier_has_an_effect_or_a_message_in_front_of_every_layer()
    {
        (string Kind, (string, object)[] Flags)[] modifiers =
        [
            ("Bidirectional", []), ("TimeDistributed", []), ("DropoutWrapper", []), ("DropoutWrapper", [("OutputKeep", 0.5)]), ("InitialState", [("Sources", new[] { "Source" })]), ("Backward", []),
            .. new[] { "Kernel", "Recurrent", "Bias", "Gamma", "Beta", "MovingMean", "MovingVariance", "Embeddings" }.Select(w => ("Initialize", new (string, object)[] { ("Weight", w), ("Initializer", "Constant") })),
            .. new[] { "Kernel", "Recurrent", "Bias", "Gamma", "Beta", "MovingMean", "Embeddings", "Activity" }.Select(w => ("Regularize", new (string, object)[] { ("Weight", w), ("L2", 0.1) })),
            .. new[] { "Kernel", "Recurrent", "Bias", "Gamma", "Beta", "MovingMean", "Embeddings", "Activity" }.Select(w => ("Constrain", new (string, object)[] { ("Weight", w), ("Kind", "NonNegative") })),
        ];
        foreach (ItemDefinition layer in Catalogue.Items.Where(i => i.Role == ItemRole.Layer))
        {
            foreach (Place place in Places(layer).Where(p => !p.Name.Contains("cell", StringComparison.Ordinal)))
            {
                (string, string) plain = Outcome(place.Build([]));
                foreach ((string kind, (string, object)[] flags) in modifiers)
                    Assert.True(Outcome(place.Build([], b => b.Modifier(kind, flags))) != plain, $"{place.Name}: [{kind}] changes nothing, and nothing is said.");
            }
        }
    }

    /// <summary>The number of axes that an initialiser is checked against is that of the weight.</summary>
    [Fact]
    public void Weights_have_the_axes_that_initialisers_are_checked_against()
    {
        foreach (TestModel model in ModelCatalogue.All)
        {
            foreach (ItemSpec item in model.Spec.Items.Where(i => i.Kind is not ("Input" or "Shared")))
            {
                Layer layer = LayerRegistry.Find(item.Kind)!;
                foreach (string weight in new[] { "Kernel", "Recurrent", "Bias", "Gamma", "Beta", "Embeddings" }.Where(w => layer.Definition.Find(w + "Initializer") is not null))
                {
                    // What it can fill it fills with its own name, so the parameters are found by that.
                    ItemSpec marked = item with { Flags = item.Flags.Where(f => f.Name != weight + "Initializer").Append(new FlagSpec(weight + "Initializer", FlagValue.Of("LecunNormal"))).ToEquatableArray() };
                    ModelSpec spec = model.Spec with { Items = model.Spec.Items.Select(i => ReferenceEquals(i, item) ? marked : i).ToEquatableArray() };
                    GenRnn.Compiler.Shapes.ModelShapes shapes = GenRnn.Compiler.Shapes.ShapeInference.Infer(spec);
                    IEnumerable<GenRnn.Compiler.Ir.Parameter> parameters = ModelLowering.Lower(shapes).Parameters.Where(p => p.Initializer.Kind == "LecunNormal" && !p.Name.Contains("peephole", StringComparison.Ordinal));
                    Assert.All(parameters, p => Assert.Equal(layer.AxesOf(item, weight), p.Shape.Count));
                }
            }
        }
    }

    private static IEnumerable<Place> Places(ItemDefinition definition)
    {
        string kind = definition.Kind;
        (string, object)[] required = definition.Role == ItemRole.Modifier ? [] : [.. definition.Flags.Where(f => f.IsPositional && !f.IsOptional && f.Type is not (FlagType.TypeList or FlagType.TextList)).Select(f => (f.Name, Required(f)))];
        switch (definition.Role)
        {
            case ItemRole.Input:
                yield return new Place("the first [Input]", (b, flags) => b.Item(kind, Set([("TimeSteps", 70), ("Features", 3), ("Batch", 4)], flags)).SimpleRnn(4));
                yield return new Place("an [Input] of vectors", (b, flags) => b.Item(kind, Set([("Features", 3), ("Batch", 4)], flags)).Dense(4));
                yield return new Place("an [Input] for a state", (b, flags) => b.Sequence(5, 3, ("Batch", 4)).Item(kind, Set([("Features", 4), ("Name", "H")], flags)).InitialState("H").SimpleRnn(4));
                yield return new Place("the [Input] of a decoder", (b, flags) => b.Sequence(5, 3, ("Batch", 4)).Gru(4, ("Name", "E")).Item(kind, Set([("TimeSteps", 3), ("Features", 2), ("Name", "T")], flags)).InitialState("E").Gru(4));
                break;
            case ItemRole.Model:
                yield return new Place("[Budget]", (b, flags) => b.Sequence(5, 3).SimpleRnn(4)) { Budget = true };
                break;
            case ItemRole.Cell:
                yield return new Place("[Cell], stepped by hand", (b, flags) => b.Item(kind, Set([("Features", 3), ("Batch", 4)], flags)).Item("LstmCell", ("Units", 4)));
                break;
            case ItemRole.CellPart:
                yield return new Place(kind + " in a cell", (b, flags) => b.Item("Cell", ("Features", 3)).Item(kind, Set(required, flags)));
                break;
            case ItemRole.Modifier:
                foreach (Place place in ModifierPlaces(kind))
                    yield return place;
                break;
            default:
                foreach (Place place in LayerPlaces(kind, required))
                    yield return place;
                break;
        }
    }

    private static IEnumerable<Place> ModifierPlaces(string kind)
    {
        if (kind == "Initialize")
        {
            foreach (string initializer in new[] { "Zeros", "Constant", "Identity", "RandomNormal", "RandomUniform", "TruncatedNormal", "VarianceScaling", "GlorotUniform", "Orthogonal" })
                yield return new Place("[Initialize] by " + initializer, (b, flags) => b.Sequence(5, 3).Modifier(kind, Set([("Weight", "Kernel"), ("Initializer", initializer)], flags)).Gru(4));
            yield return new Place("[Initialize] in a cell", (b, flags) => b.Item("Cell", ("Features", 3)).Modifier(kind, Set([("Weight", "Kernel"), ("Initializer", "VarianceScaling")], flags)).Item("LstmCell", ("Units", 4)));
            yield return new Place("[Initialize] of a backward half", (b, flags) => b.Sequence(5, 3).Modifier("Bidirectional").Gru(4).Modifier("Backward").Modifier(kind, Set([("Weight", "Kernel"), ("Initializer", "RandomNormal")], flags)).Gru(4));
        }
        else if (kind == "Regularize")
        {
            foreach (string factor in new[] { "L1", "L2", "Orthogonal" })
                yield return new Place("[Regularize] by " + factor, (b, flags) => b.Sequence(5, 3).Modifier(kind, Set([("Weight", "Kernel"), (factor, 0.1)], flags)).Gru(4));
            yield return new Place("[Regularize] of what a layer gives", (b, flags) => b.Sequence(5, 3).Modifier(kind, Set([("Weight", "Activity"), ("L2", 0.1)], flags)).Gru(4));
            yield return new Place("[Regularize] in a cell", (b, flags) => b.Item("Cell", ("Features", 3)).Modifier(kind, Set([("Weight", "Recurrent"), ("L2", 0.1)], flags)).Item("LstmCell", ("Units", 4)));
            yield return new Place("[Regularize] of a backward half", (b, flags) => b.Sequence(5, 3).Modifier("Bidirectional").Gru(4).Modifier("Backward").Modifier(kind, Set([("Weight", "Kernel"), ("L1", 0.1)], flags)).Gru(4));
        }
        else if (kind == "Constrain")
        {
            foreach (string constraint in new[] { "MaxNorm", "UnitNorm", "NonNegative", "MinMaxNorm" })
                yield return new Place("[Constrain] by " + constraint, (b, flags) => b.Sequence(5, 3).Modifier(kind, Set([("Weight", "Kernel"), ("Kind", constraint)], flags)).Gru(4));
            yield return new Place("[Constrain] in a cell", (b, flags) => b.Item("Cell", ("Features", 3)).Modifier(kind, Set([("Weight", "Kernel"), ("Kind", "MaxNorm")], flags)).Item("LstmCell", ("Units", 4)));
        }
        else if (kind == "DropoutWrapper")
        {
            yield return new Place("[DropoutWrapper]", (b, flags) => b.Sequence(5, 3).Modifier(kind, Set([("InputKeep", 0.5)], flags)).Lstm(4));
            yield return new Place("[DropoutWrapper] in a cell", (b, flags) => b.Item("Cell", ("Features", 3)).Modifier(kind, Set([("InputKeep", 0.5)], flags)).Item("LstmCell", ("Units", 4)));
            yield return new Place("[DropoutWrapper] of a cell", (b, flags) => b.Modifier(kind, Set([("InputKeep", 0.5)], flags)).Item("Cell", ("Features", 3)).Item("LstmCell", ("Units", 4)));
        }
        else if (kind == "InitialState")
        {
            yield return new Place("[InitialState]", (b, flags) => b.Sequence(5, 3).Vector(4, ("Name", "H")).InitialState("H").Gru(4));
        }
        else
        {
            yield return new Place("[" + kind + "]", (b, flags) => kind == "Backward"
                ? b.Sequence(5, 3).Modifier("Bidirectional").Gru(4).Modifier(kind).Gru(4)
                : kind == "TimeDistributed" ? b.Sequence(5, 3).Modifier(kind).Dense(4) : b.Sequence(5, 3).Modifier(kind, flags).Gru(4));
        }
    }

    private static IEnumerable<Place> LayerPlaces(string kind, (string, object)[] required)
    {
        if (kind == "Rnn")
        {
            (string, Func<ModelBuilder, ModelBuilder>) cell = ("Own", c => c.Item("LstmCell", ("Units", 4)));
            yield return new Place("Rnn", (b, flags) => b.Sequence(70, 3, ("Batch", 4)).Rnn([cell], flags));
            yield return new Place("Rnn behind a mask", (b, flags) => b.Sequence(70, 3, ("Batch", 4)).Masking().Rnn([cell], flags));
        }
        else if (LayerRegistry.Find(kind) is { StateCount: > 0 })
        {
            yield return new Place(kind, (b, flags) => b.Sequence(70, 3, ("Batch", 4)).Item(kind, Set(required, flags)));
            yield return new Place(kind + " behind a mask", (b, flags) => b.Sequence(70, 3, ("Batch", 4)).Masking().Item(kind, Set(required, flags)));
            yield return new Place(kind + " without a bias", (b, flags) => b.Sequence(5, 3, ("Batch", 4)).Item(kind, Set([.. required, ("UseBias", false), ("Unroll", 4)], flags)));
            yield return new Place(kind + " in both directions", (b, flags) => b.Sequence(70, 3, ("Batch", 4)).Masking().Modifier("Bidirectional").Item(kind, Set(required, flags)));
            yield return new Place(kind + " in both directions, sequences", (b, flags) => b.Sequence(70, 3, ("Batch", 4)).Masking().Modifier("Bidirectional").Item(kind, Set([.. required, ("ReturnSequences", true)], flags)));
        }
        else if (kind is "Embedding")
        {
            yield return new Place(kind, (b, flags) => b.Ids(5).Item(kind, Set(required, flags)).SimpleRnn(4));
            yield return new Place(kind + " of one id", (b, flags) => b.Item("Input").Item(kind, Set(required, flags)).Dense(4));
        }
        else if (kind == "Shared")
        {
            yield return new Place(kind, (b, flags) => b.Sequence(5, 4, ("Name", "X"), ("Batch", 4)).Gru(4, ("ReturnSequences", true), ("ReturnState", true), ("Name", "A")).Item(kind, Set([("Source", "A")], flags)));
        }
        else if (LayerRegistry.Find(kind)?.OperandCount.Least > 1)
        {
            yield return new Place(kind, (b, flags) => b.Sequence(5, 4, ("Name", "A"), ("Batch", 4)).Dense(4).Item(kind, Set([.. required, ("Others", new[] { "A" })], flags)).Dense(3));
            yield return new Place(kind + " behind a mask", (b, flags) => b.Sequence(5, 4, ("Name", "A"), ("Batch", 4), ("Lengths", true)).Dense(4).Item(kind, Set([.. required, ("Others", new[] { "A" })], flags)).SimpleRnn(3));
            yield return new Place(kind + " that reads what is named", (b, flags) => b.Sequence(5, 4, ("Name", "A"), ("Batch", 4)).Dense(4, ("Name", "B")).From("A", "B").Item(kind, Set(required, flags)).Dense(3));
        }
        else if (kind is "RepeatVector")
        {
            yield return new Place(kind, (b, flags) => b.Vector(4).Item(kind, Set(required, flags)));
        }
        else
        {
            yield return new Place(kind, (b, flags) => b.Sequence(9, 4, ("Batch", 4)).Item(kind, Set(required, flags)).Dense(3));
            yield return new Place(kind + " behind a mask", (b, flags) => b.Sequence(9, 4, ("Batch", 4), ("Lengths", true)).Item(kind, Set(required, flags)).Dense(3));
            // One of them drops features of a sequence, and says so elsewhere.
            if (LayerRegistry.Find(kind) is not StepLayer || kind == "SpatialDropout1D")
                yield break;
            yield return new Place(kind + " of a vector", (b, flags) => b.Vector(4, ("Batch", 4)).Item(kind, Set(required, flags)));
            yield return new Place(kind + " in a cell", (b, flags) => b.Item("Cell", ("Features", 3)).Item("LstmCell", ("Units", 4)).Item(kind, Set(required, flags)));
        }
    }

    /// <summary>The flags, one of them with another value.</summary>
    private static (string, object)[] Set((string Flag, object Value)[] flags, (string Flag, object Value)[] set) =>
        [.. flags.Where(f => set.All(s => s.Flag != f.Flag)), .. set];

    private static object Required(FlagDefinition flag) => flag.Type switch
    {
        FlagType.Enum => flag.EnumName == "Activation" ? "Tanh" : throw new InvalidOperationException(flag.Name),
        FlagType.Number => 0.5,
        FlagType.IntegerList => flag.Name == "Dims" ? new[] { 2, 1 } : new[] { -1, 2 },
        _ => 2,
    };

    private static IEnumerable<object> Values(FlagDefinition flag) => flag.Type switch
    {
        FlagType.Boolean => [true, false],
        FlagType.Number => [0.35, 0.6],
        FlagType.Text => ["Other"],
        FlagType.Enum => Members(flag.EnumName),
        FlagType.LongInteger => [1],
        // Auto calls a method for each step up to 64 of them; the sequences here are longer, but where 4 is set already.
        _ when flag.Name == "Unroll" => [2, 3],
        _ => [1, 6],
    };

    private static string[] Members(string enumName) => Enum.GetNames(typeof(InputAttribute).Assembly.GetType("GenRnn." + enumName, throwOnError: true)!);

    private static (string Source, string Findings) Outcome(ModelSpec spec)
    {
        CompiledModel compiled = ModelCompiler.Compile(spec);
        return (
            // The declaration as text, and its hashes, are no effect.
            Regex.Replace(compiled.Source, "(Former)?ArchitectureHash = \"[-0-9a-f]*\",|Architecture = new string\\[\\]\\s*\\{[^}]*\\},", ""),
            string.Join("\n", compiled.Findings.Select(f => f.Id + " " + f.Place.Flag + ": " + string.Join(", ", f.Arguments))));
    }

    /// <summary>A model around an attribute, with some of its flags set.</summary>
    private sealed record Place(string Name, Func<ModelBuilder, (string, object)[], ModelBuilder> Declare)
    {
        public bool Budget { get; init; }

        public ModelSpec Build((string Flag, object Value)[] flags, Func<ModelBuilder, ModelBuilder>? modify = null)
        {
            if (Budget)
            {
                return Declare(new ModelBuilder("M"), []).Build() with
                {
                    Budget = flags.Select(f => new FlagSpec(f.Flag, FlagValue.Of((int)f.Value))).ToEquatableArray(),
                };
            }

            ModelSpec spec = Declare(new ModelBuilder("M"), flags).Build();
            return modify is null ? spec : Modify(spec, modify);
        }

        /// <summary>With a modifier in front of the layer that the place is of: the last but for what only follows it.</summary>
        private ModelSpec Modify(ModelSpec spec, Func<ModelBuilder, ModelBuilder> modify)
        {
            ModifierSpec modifier = modify(new ModelBuilder("M")).Item("Dense", ("Units", 1)).Build().Items[0].Modifiers[0];
            string kind = Name.Split(' ')[0];
            int index = spec.Items.ToList().FindLastIndex(i => i.Kind == kind);
            return spec with { Items = spec.Items.Select((item, i) => i == index ? item with { Modifiers = item.Modifiers.Prepend(modifier).ToEquatableArray() } : item).ToEquatableArray() };
        }
    }
}
