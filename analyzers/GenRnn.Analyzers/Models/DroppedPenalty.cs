using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace GenRnn.Analyzers.Models;

/// <summary>A penalty on what a layer gives, where Keras takes one and does not apply it: of SimpleRNN, and of what TimeDistributed runs.</summary>
internal sealed class DroppedPenalty : IModelRule
{
    public IEnumerable<DiagnosticDescriptor> Descriptors { get; } = new[] { DiagnosticTable.Of(Rules.DroppedPenalty) };

    public IEnumerable<Diagnostic> Check(AnalyzedModel model)
    {
        foreach ((ItemSpec item, int index) in model.UnderstoodItems)
        {
            foreach ((ItemSpec layer, int half) in AnalyzedModel.LayersOf(item))
            {
                string dropped = LayerRegistry.Of(half < 0 ? item : layer)?.DroppedPenalty ?? "";
                for (int m = 0; dropped.Length > 0 && m < layer.Modifiers.Count; m++)
                {
                    ModifierSpec modifier = layer.Modifiers[m];
                    if (modifier.Kind == RegularizerSpec.Kind && modifier[RegularizerSpec.Weight] == RegularizerSpec.Activity)
                        yield return Diagnostic.Create(DiagnosticTable.Of(Rules.DroppedPenalty), model.Locate(index, half < 0 ? m : half, half < 0 ? RegularizerSpec.Weight.Name : ""), dropped);
                }
            }
        }
    }
}
