using System;
using System.Globalization;
using GenRnn.Analyzers.CallFacts;
using GenRnn.Compiler.Findings;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.CallRules;

/// <summary>An id, written out in an array or collection, that the Embedding behind an input does not know. The call throws.</summary>
internal sealed class IdOutsideVocabulary : CallRule
{
    public override DiagnosticDescriptor Descriptor => DiagnosticTable.Of(Rules.IdOutsideVocabulary);

    public override void Check(IInvocationOperation invocation, CallContext context)
    {
        foreach ((ModelType model, string parameter, IOperation values) in ConstantIds.Of(invocation, context))
        {
            int ids = model.VocabularyOf(parameter)!.Value;
            foreach ((SyntaxNode place, double? id) in ConstantIds.Elements(values, context.CancellationToken))
            {
                // As the model does: what is left of the point counts.
                if (id is { } value && !(Math.Truncate(value) >= 0 && Math.Truncate(value) < ids))
                    context.Report(Descriptor, place, value.ToString(CultureInfo.InvariantCulture), model.Name, ids, ids - 1);
            }
        }
    }
}
