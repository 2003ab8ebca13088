using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.CallFacts;

/// <summary>A place where a model meets its options: <c>model.Fit(data, options)</c>, <c>new Trainer(model, options)</c>, <c>model.Evaluate(data, loss)</c>.</summary>
internal sealed class TrainingCall
{
    private TrainingCall(ModelType model, IObjectCreationOperation? options, IOperation? loss, IReadOnlyList<DataSetCreation> dataSets)
    {
        DataSets = dataSets;
        Model = model;
        Options = options;
        Loss = loss;
    }

    public ModelType Model { get; }

    /// <summary>The options, where the syntax shows how they were created.</summary>
    public IObjectCreationOperation? Options { get; }

    /// <summary>The loss, as written.</summary>
    public IOperation? Loss { get; }

    /// <summary>The data sets of the call, those for validation included, as far as the source shows how they were made.</summary>
    public IReadOnlyList<DataSetCreation> DataSets { get; }

    /// <summary>The loss, if it is one of Gen's and the source shows which.</summary>
    public LossUse? KnownLoss { get; private set; }

    public static TrainingCall? Of(IInvocationOperation invocation, CallContext context)
    {
        if (invocation.TargetMethod.Name is not ("Fit" or "Evaluate")
            || !SymbolEqualityComparer.Default.Equals(invocation.TargetMethod.ContainingType, context.Types.Training)
            || context.ModelOf(invocation.Arguments.FirstOrDefault()?.Value) is not { } model)
        {
            return null;
        }

        return Create(model, invocation.Arguments, context);
    }

    public static TrainingCall? Of(IObjectCreationOperation creation, CallContext context) =>
        RuntimeTypes.DerivesFrom(creation.Type, context.Types.Trainer) && context.ModelOf(creation.Arguments.FirstOrDefault()?.Value) is { } model
            ? Create(model, creation.Arguments, context)
            : null;

    private static TrainingCall Create(ModelType model, ImmutableArray<IArgumentOperation> arguments, CallContext context)
    {
        IOperation? written = Operations.ArgumentOfType(arguments, context.Types.FitOptions)?.Value;
        var options = written is null ? null : Operations.Resolve(written, context.CancellationToken) as IObjectCreationOperation;
        IOperation? loss = options is null
            ? Operations.ArgumentOfType(arguments, context.Types.Loss)?.Value
            : Operations.Initializer(options, "Loss");
        IEnumerable<IOperation> handed = arguments.Where(a => a.ArgumentKind == ArgumentKind.Explicit).Select(a => a.Value);
        if (options is not null && Operations.Initializer(options, "Validation") is { } validation)
            handed = handed.Append(validation);
        List<DataSetCreation> dataSets = handed
            .Select(v => DataSetCreation.Of(v, context.Types, context.CancellationToken))
            .OfType<DataSetCreation>()
            .ToList();
        return new TrainingCall(model, options, loss, dataSets) { KnownLoss = LossUse.Of(loss, context) };
    }
}
