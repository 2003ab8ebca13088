using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.Calls;

/// <summary>A data set that a call is handed, where the source shows how it was made: of one array of inputs and one of targets.</summary>
internal sealed class DataSetCreation
{
    private readonly IOperation _use;
    private readonly IObjectCreationOperation _creation;

    private DataSetCreation(IOperation use, IObjectCreationOperation creation)
    {
        _use = use;
        _creation = creation;
    }

    public IArgumentOperation? Inputs => Argument("inputs");

    public IArgumentOperation? Targets => Argument("targets");

    public IArgumentOperation? SampleWeights => Argument("sampleWeights");

    public static DataSetCreation? Of(IOperation use, RuntimeTypes types, CancellationToken cancellationToken)
    {
        // The same rows with the number of their steps.
        if (Operations.Resolve(use, cancellationToken) is IInvocationOperation { TargetMethod.Name: "WithLengths", Instance: { } rows })
            return Of(rows, types, cancellationToken);

        // Several inputs or targets come as collections of memory, whose parts have no length that shows.
        return Operations.Resolve(use, cancellationToken) is IObjectCreationOperation { Constructor: { } constructor } creation
            && RuntimeTypes.DerivesFrom(creation.Type, types.DataSet)
            && constructor.Parameters[0].Type is IArrayTypeSymbol or { Name: "ReadOnlyMemory" }
            ? new DataSetCreation(use, creation)
            : null;
    }

    /// <summary>Where to say something of an argument: there, if the data set is made in the call, else where the call names the data set.</summary>
    public SyntaxNode PlaceOf(IArgumentOperation argument) =>
        Operations.Unwrap(_use) == _creation ? argument.Syntax : Operations.Unwrap(_use).Syntax;

    private IArgumentOperation? Argument(string parameter) =>
        _creation.Arguments.FirstOrDefault(a => a.ArgumentKind == ArgumentKind.Explicit && a.Parameter?.Name == parameter);
}
