using System.Collections.Generic;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace GenRnn.Analyzers.Models;

/// <summary>[TimeDistributed] around a layer that works on each step by itself, which is every layer that it accepts.</summary>
internal sealed class RedundantTimeDistributed : IModelRule
{
    public IEnumerable<DiagnosticDescriptor> Descriptors { get; } = new[] { DiagnosticTable.Of(Rules.RedundantTimeDistributed) };

    public IEnumerable<Diagnostic> Check(AnalyzedModel model)
    {
        if (model.HasErrors)
            yield break;
        foreach ((ItemSpec item, int index) in model.UnderstoodItems)
        {
            for (int m = 0; m < item.Modifiers.Count; m++)
            {
                if (LayerRegistry.FindWrapper(item.Modifiers[m].Kind) is { RunsStepByStep: true } && LayerRegistry.Find(item.Kind) is { WorksStepByStep: true }
                    && model.Parsed.FindAttribute(index, m) is { } attribute)
                {
                    yield return Diagnostic.Create(DiagnosticTable.Of(Rules.RedundantTimeDistributed), attribute.GetLocation(), item.Kind);
                }
            }
        }
    }
}
