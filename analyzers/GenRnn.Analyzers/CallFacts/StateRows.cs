using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.CallFacts;

/// <summary>How many rows a State has, where the source shows how it was made: by <c>CreateState(rows)</c>, or <c>CreateState()</c> with the model's default.</summary>
internal static class StateRows
{
    /// <summary>Null if it is not known.</summary>
    public static int? Of(IOperation state, CancellationToken cancellationToken) =>
        Operations.Resolve(state, cancellationToken) is IInvocationOperation { TargetMethod.Name: "CreateState" } creation ? Asked(creation) : null;

    /// <summary>The rows that a call of CreateState asks for; null if they are no constant.</summary>
    public static int? Asked(IInvocationOperation creation) =>
        creation.Arguments.FirstOrDefault(a => a.Parameter?.Name == "rows")?.Value.ConstantValue is { HasValue: true, Value: int rows } ? rows : null;
}
