using System.Globalization;
using System.Linq;
using System.Threading;
using GenRnn.Compiler.Layers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.CallFacts;

/// <summary>
/// What the source shows of the order of an array's axes. A span carries no shape, so this takes what somebody wrote down: the loops that
/// fill the array, the axes of an array of three dimensions, a name that says it.
/// </summary>
internal static class LayoutEvidence
{
    /// <summary>Why the data has time first (or, asked for the other, rows first), as the beginning of a sentence; null if nothing shows it.</summary>
    public static string? Find(IOperation data, Shape shape, bool timeFirst, CancellationToken cancellationToken)
    {
        // A single step, and a single row, look the same in both orders.
        if (shape.TimeSteps <= 1 || KnownLength.Of(data, cancellationToken) == shape.Length)
            return null;

        IOperation whole = Whole(data);
        return FromDimensions(whole, shape, timeFirst, cancellationToken)
            ?? FromLoops(whole, shape, timeFirst, cancellationToken)
            ?? FromName(whole, timeFirst);
    }

    /// <summary>The variable behind a span over all of it.</summary>
    public static IOperation Whole(IOperation data)
    {
        IOperation operation = Operations.Unwrap(data);
        return operation switch
        {
            // x.AsSpan(), of whatever part; x.Cast<float>().ToArray(), the usual way to flatten an array.
            IInvocationOperation { TargetMethod.Name: "AsSpan" or "AsMemory" or "Cast" or "ToArray" } call when (call.Instance ?? call.Arguments.FirstOrDefault()?.Value) is { } source => Whole(source),

            // MemoryMarshal.CreateSpan(ref x[0, 0, 0], x.Length), the one without a copy.
            IInvocationOperation { TargetMethod: { Name: "CreateSpan" or "CreateReadOnlySpan", ContainingType.Name: "MemoryMarshal" } } call
                when Operations.Unwrap(call.Arguments[0].Value) is IArrayElementReferenceOperation element => Whole(element.ArrayReference),
            _ => operation,
        };
    }

    private static string? FromDimensions(IOperation whole, Shape shape, bool timeFirst, CancellationToken cancellationToken)
    {
        if (Operations.Resolve(whole, cancellationToken) is not IArrayCreationOperation { DimensionSizes.Length: 3 } array)
            return null;

        int?[] sizes = array.DimensionSizes
            .Select(s => IndexPolynomial.Of(s, cancellationToken)?.Constant is { } size and >= 0 and <= int.MaxValue ? (int?)size : null)
            .ToArray();
        (int? time, int? rows) = timeFirst ? (sizes[0], sizes[1]) : (sizes[1], sizes[0]);
        bool isCertain = time == shape.TimeSteps && rows != shape.TimeSteps && rows is > 1 && sizes[2] == shape.Features;
        return isCertain
            ? string.Format(CultureInfo.InvariantCulture, "'{0}' has the axes [{1}, {2}, {3}], {4}", Quote(whole.Syntax), sizes[0], sizes[1], sizes[2], Order(timeFirst))
            : null;
    }

    private static string? FromLoops(IOperation whole, Shape shape, bool timeFirst, CancellationToken cancellationToken)
    {
        ISymbol? symbol = whole switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            IFieldReferenceOperation field => field.Field,
            _ => null,
        };
        return symbol is not null && whole.SemanticModel is { } semanticModel
            && FillLoops.FindIndex(symbol, whole.Syntax, semanticModel, shape, timeFirst, cancellationToken) is { } index
            ? "'" + symbol.Name + "' is filled at [" + Quote(index) + "], " + Order(timeFirst)
            : null;
    }

    private static string? FromName(IOperation whole, bool timeFirst)
    {
        string? name = whole.Syntax switch
        {
            IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            _ => null,
        };
        if (name is null)
            return null;

        // What was made of time-major data is not.
        if (StateNames.Words(name).Any(w => w is "from" or "not" or "non" or "was" or "to"))
            return null;
        string plain = StateNames.Normalize(name);
        string[] words = timeFirst ? new[] { "timemajor", "timefirst" } : new[] { "batchmajor", "batchfirst" };
        return words.Any(plain.Contains) ? "'" + name + "' is called " + Order(timeFirst) : null;
    }

    private static string Order(bool timeFirst) => timeFirst ? "time first" : "rows first";

    private static string Quote(SyntaxNode syntax) => string.Join(" ", syntax.ToString().Split((char[]?)null, System.StringSplitOptions.RemoveEmptyEntries));
}
