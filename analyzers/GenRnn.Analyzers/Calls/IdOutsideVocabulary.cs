using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.Calls;

/// <summary>An id, written out in an array or collection, that the Embedding behind an input does not know. The call throws.</summary>
internal sealed class IdOutsideVocabulary : CallRule
{
    public override DiagnosticDescriptor Descriptor => DiagnosticTable.IdOutsideVocabulary;

    public override void Check(IInvocationOperation invocation, CallContext context)
    {
        if (invocation.TargetMethod.Name is not ("Predict" or "Forward" or "Step") || context.ModelOf(invocation.Instance) is not { } model)
            return;

        foreach (IArgumentOperation argument in invocation.Arguments)
        {
            if (argument.Parameter is not { Type.Name: "ReadOnlySpan" } parameter || ModelType.HoldsLengths(parameter) || model.VocabularyOf(parameter.Name) is not { } ids)
                continue;
            foreach ((SyntaxNode place, double id) in Constants(Operations.Unwrap(argument.Value), context))
            {
                // As the model does: what is left of the point counts.
                if (!(Math.Truncate(id) >= 0 && Math.Truncate(id) < ids))
                    context.Report(Descriptor, place, id.ToString(CultureInfo.InvariantCulture), model.Name, ids, ids - 1);
            }
        }
    }

    private static IEnumerable<(SyntaxNode Place, double Value)> Constants(IOperation operation, CallContext context)
    {
        IEnumerable<SyntaxNode> elements = operation is IArrayCreationOperation { Initializer: { } initializer }
            ? initializer.ElementValues.Select(e => e.Syntax)
            : operation.Syntax is CollectionExpressionSyntax collection ? collection.Elements.OfType<ExpressionElementSyntax>().Select(e => (SyntaxNode)e.Expression)
            : Enumerable.Empty<SyntaxNode>();
        foreach (SyntaxNode element in elements)
        {
            if (operation.SemanticModel?.GetConstantValue(element, context.CancellationToken) is { HasValue: true, Value: int or float or double } constant)
                yield return (element, Convert.ToDouble(constant.Value, CultureInfo.InvariantCulture));
        }
    }
}
