using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using GenRnn.Analyzers.Models;
using GenRnn.Compiler.Graph;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace GenRnn.Analyzers.CallFacts;

/// <summary>The model classes that a compilation uses, each looked at once.</summary>
internal sealed class ModelTypes
{
    private readonly Compilation _compilation;
    private readonly RuntimeTypes _types;
    private readonly ConcurrentDictionary<INamedTypeSymbol, ModelType?> _models = new(SymbolEqualityComparer.Default);

    public ModelTypes(Compilation compilation, RuntimeTypes types)
    {
        _compilation = compilation;
        _types = types;
    }

    /// <summary>
    /// Whether there can be a model at all: one that Gen wrote here, or one of an assembly that uses Gen. Where not, no operation
    /// of the project needs to be looked at.
    /// </summary>
    public static bool MayExist(Compilation compilation) =>
        compilation.SyntaxTrees.Any(ClassDeclarations.IsGenerated)
        || compilation.SourceModule.ReferencedAssemblySymbols.Any(RuntimeTypes.IsUsedBy);

    /// <summary>Null for other types, and for broken models: what is wrong with those is said at their declaration.</summary>
    public ModelType? Find(ITypeSymbol? type, CancellationToken cancellationToken)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class } named)
            return null;
        named = named.OriginalDefinition;
        if (_models.TryGetValue(named, out ModelType? model))
            return model;

        model = Look(named, cancellationToken);
        _models.TryAdd(named, model);
        return model;
    }

    private ModelType? Look(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (!type.AllInterfaces.Any(i => SymbolEqualityComparer.Default.Equals(i.OriginalDefinition, _types.Model)))
            return null;
        if (type.DeclaringSyntaxReferences.IsEmpty)
            return new ModelType(type, null);
        return AnalyzedModel.Create(type, _compilation, isStopped: false, cancellationToken) is { HasErrors: false } model ? new ModelType(type, model) : null;
    }
}

/// <summary>A model class as its callers see it.</summary>
internal sealed class ModelType
{
    private readonly AnalyzedModel? _declaration;

    public ModelType(INamedTypeSymbol symbol, AnalyzedModel? declaration)
    {
        Symbol = symbol;
        _declaration = declaration;
    }

    public INamedTypeSymbol Symbol { get; }

    public string Name => Symbol.Name;

    /// <summary>What was declared; null for a model of another assembly, of which only the constants are known.</summary>
    public ModelSpec? Spec => _declaration?.Spec;

    public int? Batch => Constant("Batch");

    public bool IsStateful => Spec?.Items.Any(i => i[TimeFlags.Stateful]) ?? false;

    /// <summary>Whether sequences have time first; null if that is not known.</summary>
    public bool? IsTimeMajor => Spec?.Items.FirstOrDefault(i => i.IsInput) is { } input ? input[InputItem.Layout] == "TimeMajor" : null;

    /// <summary>Shape of one row of an input; unknown if that is not known.</summary>
    /// <param name="parameter">The name of its parameter.</param>
    public Shape InputShape(string parameter)
    {
        return InputOf(parameter) is { } input ? _declaration!.Shapes.Items[input.Index] : Shape.Unknown;
    }

    /// <summary>How many ids the Embedding behind an input knows; null if there is none.</summary>
    public int? VocabularyOf(string parameter) => EmbeddingOf(parameter) is { } embedding ? LayerRegistry.Find(embedding.Kind)!.Vocabulary(embedding) : null;

    /// <summary>The Embedding behind an input; null if there is none.</summary>
    /// <param name="parameter">The name of its parameter.</param>
    public ItemSpec? EmbeddingOf(string parameter) =>
        InputOf(parameter)?.Readers.Select(r => r.Item).FirstOrDefault(i => LayerRegistry.Find(i.Kind)?.Vocabulary(i) > 0);

    /// <summary>The input behind a parameter; null if that is not known.</summary>
    private GraphNode? InputOf(string parameter)
    {
        List<GraphNode> inputs = _declaration?.Shapes.Graph.Inputs.ToList() ?? new List<GraphNode>();
        return inputs.Count == 1 ? inputs[0] : inputs.Find(i => StateNames.Normalize(i.Item.NameOr("input")) == StateNames.Normalize(parameter));
    }

    /// <summary>The layer that gives the main output; null if that is not known.</summary>
    private GraphNode? Output => _declaration?.Shapes.Graph.Outputs.FirstOrDefault();

    /// <summary>Shape of one row of the main output; unknown if that is not known.</summary>
    public Shape OutputShape => Output is { } output ? _declaration!.Shapes.Items[output.Index] : Shape.Unknown;

    /// <summary>Values of a row of all inputs.</summary>
    public int? InputLength => Constant("InputLength");

    /// <summary>Why the model has no Step; empty if it has one, or if that is not known.</summary>
    public string StreamingObstacle => _declaration is { } declaration ? Streaming.Obstacle(declaration.Shapes) : "";

    /// <summary>The attribute of the layer that keeps the model from streaming, if it is one that could be causal; null otherwise.</summary>
    public Location? PlaceOfLookAhead => _declaration is { } declaration && Streaming.FirstObstacle(declaration.Shapes.Graph) is { Item: var layer } at
        && LayerRegistry.Find(layer.Kind)?.CouldStream(layer) is true
            ? declaration.Locate(at.Index, "")
            : null;

    /// <summary>The argument that sets a flag of a layer; null if that is not known.</summary>
    public Location? PlaceOf(ItemSpec layer, string flag) => _declaration?.Locate(_declaration.Spec.Items.ToList().IndexOf(layer), flag);

    /// <summary>The activation whose values come out; empty if that is not known.</summary>
    public string LastActivation => Output?.Item is { } last ? LayerRegistry.Of(last)?.OutputActivation(last) ?? "" : "";

    /// <summary>Values per row of a parameter of Predict, Forward or Backward. The constants say it, for models of other assemblies too.</summary>
    /// <param name="parameter">Its name.</param>
    /// <param name="siblings">How many inputs (outputs) there are, itself included.</param>
    /// <param name="isInput">Whether it is an input rather than an output.</param>
    public int? LengthPerRow(string parameter, int siblings, bool isInput)
    {
        string sum = isInput ? "InputLength" : "OutputLength";
        if (siblings == 1)
            return Constant(sum);

        // An unnamed input and the first output have no constant of their own beside the sum.
        string own = char.ToUpperInvariant(parameter[0]).ToString(CultureInfo.InvariantCulture) + parameter.Substring(1) + "Length";
        if (own != sum)
            return Constant(own);

        string span = isInput ? "ReadOnlySpan" : "Span";
        return Symbol.GetMembers("Predict").OfType<IMethodSymbol>()
            .Select(m => m.Parameters.Where(p => p.Type.Name == span && !HoldsLengths(p)).ToList())
            .FirstOrDefault(p => p.Count == siblings)?
            .Where(p => p.Name != parameter)
            .Aggregate(Constant(sum), (rest, p) => rest - LengthPerRow(p.Name, siblings, isInput));
    }

    /// <summary>The constant of the class that says the same; null if there is none.</summary>
    /// <param name="parameter">Its name.</param>
    /// <param name="siblings">How many inputs (outputs) there are, itself included.</param>
    /// <param name="isInput">Whether it is an input rather than an output.</param>
    /// <param name="type">What the class is called where the constant is to be written.</param>
    public string? LengthConstant(string parameter, int siblings, bool isInput, string type)
    {
        string sum = isInput ? "InputLength" : "OutputLength";
        string own = char.ToUpperInvariant(parameter[0]).ToString(CultureInfo.InvariantCulture) + parameter.Substring(1) + "Length";
        return siblings == 1 ? type + "." + sum : own != sum && Constant(own) is not null ? type + "." + own : null;
    }

    /// <summary>Whether a span holds the number of time steps of each row, not values.</summary>
    public static bool HoldsLengths(IParameterSymbol parameter) =>
        parameter.Type is INamedTypeSymbol { TypeArguments: { Length: 1 } element } && element[0].SpecialType == SpecialType.System_Int32;

    /// <summary>How many inputs have rows of lengths of their own.</summary>
    public int LengthCount => FullPredict?.Parameters.Count(HoldsLengths) ?? 0;

    /// <summary>Names of the inputs, lengths not counted, and of the outputs: the parameters of Predict. Empty if they are not known.</summary>
    public IReadOnlyList<string> Inputs => Parameters("ReadOnlySpan");

    /// <inheritdoc cref="Inputs"/>
    public IReadOnlyList<string> Outputs => Parameters("Span");

    /// <summary>Time steps of the input in front of a parameter for lengths; null if they are not known.</summary>
    public int? TimeStepsOf(IParameterSymbol lengths) =>
        lengths is { Ordinal: > 0, ContainingSymbol: IMethodSymbol method } && InputShape(method.Parameters[lengths.Ordinal - 1].Name) is { IsUnknown: false, IsVector: false } shape
            ? shape.TimeSteps
            : OnlyTimeSteps;

    /// <summary>Time steps of the model's only input; null if it has several, or no time.</summary>
    public int? OnlyTimeSteps => Constant("TimeSteps");

    /// <summary>The Predict that takes all inputs and outputs one by one.</summary>
    private IMethodSymbol? FullPredict => Symbol.GetMembers("Predict").OfType<IMethodSymbol>()
        .Where(m => m.DeclaredAccessibility == Accessibility.Public)
        .OrderByDescending(m => m.Parameters.Count(p => p.Type.Name is "Span" or "ReadOnlySpan"))
        .FirstOrDefault();

    private IReadOnlyList<string> Parameters(string span) =>
        FullPredict?.Parameters.Where(p => p.Type.Name == span && !HoldsLengths(p)).Select(p => p.Name).ToList() ?? new List<string>();

    public int? StepInputLength => Constant("StepInputLength");

    public int? StepOutputLength => Constant("StepOutputLength");

    private int? Constant(string name) => Symbol.GetMembers(name).OfType<IFieldSymbol>()
        .FirstOrDefault(f => f is { HasConstantValue: true, ConstantValue: int })?.ConstantValue is { } value
        ? Convert.ToInt32(value, CultureInfo.InvariantCulture)
        : null;
}
