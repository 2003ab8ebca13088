using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.CallFacts;

/// <summary>The ids that a call hands to a model, where they are written out in it, or in the data set that it is handed.</summary>
internal static class ConstantIds
{
    /// <summary>Arguments of ids, with the parameter of the model's that they are for.</summary>
    public static IEnumerable<(ModelType Model, string Parameter, IOperation Values)> Of(IInvocationOperation invocation, CallContext context)
    {
        if (invocation.TargetMethod.Name is "Predict" or "Forward" or "Step" && context.ModelOf(invocation.Instance) is { } model)
        {
            foreach (IArgumentOperation argument in invocation.Arguments)
            {
                if (argument.Parameter is { Type.Name: "ReadOnlySpan" } parameter && !ModelType.HoldsLengths(parameter) && model.VocabularyOf(parameter.Name) is not null)
                    yield return (model, parameter.Name, Operations.Unwrap(argument.Value));
            }
        }

        if (TrainingCall.Of(invocation, context) is not { } training || training.Model.VocabularyOf("input") is null)
            yield break;
        foreach (DataSetCreation data in training.DataSets)
        {
            // Said where the ids stand, if that is the call; elsewhere a variable may have other uses.
            if (data.Inputs is { } inputs && data.PlaceOf(inputs) == inputs.Syntax)
                yield return (training.Model, "input", Operations.Unwrap(inputs.Value));
        }
    }

    /// <summary>The elements with their values, null where one is no constant; nothing for what is not written out.</summary>
    public static IReadOnlyList<(SyntaxNode Place, double? Value)> Elements(IOperation values, CancellationToken cancellationToken)
    {
        IEnumerable<SyntaxNode> elements = values is IArrayCreationOperation { Initializer: { } initializer }
            ? initializer.ElementValues.Select(e => e.Syntax)
            : values.Syntax is CollectionExpressionSyntax collection
                // Nobody knows how many elements another collection brings along, so those behind it have no place.
                ? collection.Elements.TakeWhile(e => e is ExpressionElementSyntax).Select(e => (SyntaxNode)((ExpressionElementSyntax)e).Expression)
                : Enumerable.Empty<SyntaxNode>();
        return elements.Select(e => (e, Value(values.SemanticModel, e, cancellationToken))).ToList();
    }

    private static double? Value(SemanticModel? semanticModel, SyntaxNode element, CancellationToken cancellationToken) =>
        semanticModel?.GetConstantValue(element, cancellationToken) is { HasValue: true, Value: int or float or double } constant
            ? Convert.ToDouble(constant.Value, CultureInfo.InvariantCulture)
            : null;
}
