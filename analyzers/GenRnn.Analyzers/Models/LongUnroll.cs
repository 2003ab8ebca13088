using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace GenRnn.Analyzers.Models;

/// <summary>A loop written out beyond the length up to which that pays. Beyond the method budget it is an error, which the compiler finds.</summary>
internal sealed class LongUnroll : IModelRule
{
    private const int UsefulSteps = 64;

    public IEnumerable<DiagnosticDescriptor> Descriptors { get; } = new[] { DiagnosticTable.Of(Rules.LongUnroll) };

    public IEnumerable<Diagnostic> Check(AnalyzedModel model)
    {
        if (model.HasErrors)
            yield break;

        foreach ((ItemSpec item, int index) in model.UnderstoodItems)
        {
            int steps = model.Shapes.Graph.Nodes[index].Operands.Select(o => model.Shapes.Items[o.Index].TimeSteps).FirstOrDefault();
            foreach ((ItemSpec layer, int modifier) in AnalyzedModel.LayersOf(item))
            {
                int unroll = layer[TimeFlags.Unroll];
                int written = unroll == -1 ? steps : Math.Min(unroll, steps);
                if (written > UsefulSteps)
                    yield return Diagnostic.Create(DiagnosticTable.Of(Rules.LongUnroll), model.Locate(index, modifier, TimeFlags.Unroll.Name), written);
            }
        }
    }
}
