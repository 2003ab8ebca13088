using System;
using System.Collections.Generic;
using System.Globalization;
using GenRnn.Analyzers.CallFacts;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Registry;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.CallRules;

/// <summary>
/// Id 0 in the middle of a row that is written out, for a model whose Embedding masks it. Padding stands in front of the ids or behind them; what
/// stands between them was meant to be read.
/// </summary>
internal sealed class MaskedId : CallRule
{
    public override DiagnosticDescriptor Descriptor => DiagnosticTable.Of(Rules.MaskedId);

    public override void Check(IInvocationOperation invocation, CallContext context)
    {
        foreach ((ModelType model, string parameter, IOperation values) in ConstantIds.Of(invocation, context))
        {
            if (model.EmbeddingOf(parameter) is not { } embedding || LayerRegistry.Find(embedding.Kind)?.ZeroMask is not { } mask || !embedding[mask]
                || model.InputShape(parameter) is not { IsUnknown: false, TimeSteps: var steps and > 2 } || model.IsTimeMajor != false)
            {
                continue;
            }

            IReadOnlyList<(SyntaxNode Place, double? Value)> elements = ConstantIds.Elements(values, context.CancellationToken);
            for (int first = 0; first + steps <= elements.Count; first += steps)
            {
                foreach (int position in Between(elements, first, steps))
                {
                    context.ReportAt(
                        Descriptor, elements[position].Place, model.PlaceOf(embedding, mask.Name),
                        (position - first + 1).ToString(CultureInfo.InvariantCulture), model.Name);
                }
            }
        }
    }

    /// <summary>The zeros with an id somewhere in front of them and somewhere behind.</summary>
    private static IEnumerable<int> Between(IReadOnlyList<(SyntaxNode Place, double? Value)> elements, int first, int steps)
    {
        int start = first;
        int end = first + steps;
        while (start < end && IsZero(elements[start].Value))
            start++;
        while (end > start && IsZero(elements[end - 1].Value))
            end--;
        for (int i = start; i < end; i++)
        {
            if (IsZero(elements[i].Value))
                yield return i;
        }
    }

    private static bool IsZero(double? id) => id is { } value && Math.Truncate(value) == 0;
}
