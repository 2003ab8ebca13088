using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.CallFacts;

/// <summary>A data set that a call is handed, where the source shows how it was made.</summary>
internal sealed class DataSetCreation
{
    private readonly IOperation _use;
    private readonly IObjectCreationOperation _creation;

    private DataSetCreation(IOperation use, IObjectCreationOperation creation, IOperation? lengths)
    {
        _use = use;
        _creation = creation;
        Lengths = lengths;
    }

    /// <summary>The array of inputs; null if they are several, whose parts have no length that shows.</summary>
    public IArgumentOperation? Inputs => IsOfArrays ? Argument("inputs") : null;

    /// <summary>The array of targets; null if they are several.</summary>
    public IArgumentOperation? Targets => IsOfArrays ? Argument("targets") : null;

    /// <summary>For how many outputs there is a target, were it an empty one; null if that does not show.</summary>
    public int? TargetCount => IsOfArrays ? 1 : Argument("targets")?.Value is { } targets ? CountOf(Operations.Unwrap(targets)) : null;

    /// <summary>The lengths of its rows; null if it has none.</summary>
    public IOperation? Lengths { get; }

    public IArgumentOperation? SampleWeights => Argument("sampleWeights");

    public static DataSetCreation? Of(IOperation use, RuntimeTypes types, CancellationToken cancellationToken)
    {
        IOperation made = Operations.Resolve(use, cancellationToken);
        IOperation? lengths = null;
        while (made is IInvocationOperation { TargetMethod.Name: "WithLengths" or "Slice", Instance: { } rows } call && RuntimeTypes.DerivesFrom(rows.Type, types.DataSet))
        {
            // The same rows with the number of their steps, or some of them.
            if (call.TargetMethod.Name == "WithLengths")
                lengths ??= call.Arguments.FirstOrDefault(a => a.Parameter?.Name == "lengths")?.Value;
            made = Operations.Resolve(rows, cancellationToken);
        }

        return made is IObjectCreationOperation { Constructor.Parameters.Length: > 0 } creation && RuntimeTypes.DerivesFrom(creation.Type, types.DataSet)
            ? new DataSetCreation(use, creation, lengths)
            : null;
    }

    /// <summary>Where to say something of all of it.</summary>
    public SyntaxNode Place => Operations.Unwrap(_use).Syntax;

    /// <summary>Where to say something of an argument: there, if the data set is made in the call, else where the call names the data set.</summary>
    public SyntaxNode PlaceOf(IArgumentOperation argument) =>
        Place.Span.Contains(argument.Syntax.Span) && Place.SyntaxTree == argument.Syntax.SyntaxTree ? argument.Syntax : Place;

    private bool IsOfArrays => _creation.Constructor!.Parameters[0].Type is IArrayTypeSymbol or { Name: "ReadOnlyMemory" };

    private static int? CountOf(IOperation collection) => collection.Syntax switch
    {
        CollectionExpressionSyntax expression => expression.Elements.All(e => e is ExpressionElementSyntax) ? expression.Elements.Count : null,
        _ => collection is IArrayCreationOperation { Initializer: { } initializer } ? initializer.ElementValues.Length : null,
    };

    private IArgumentOperation? Argument(string parameter) =>
        _creation.Arguments.FirstOrDefault(a => a.ArgumentKind == ArgumentKind.Explicit && a.Parameter?.Name == parameter);
}
