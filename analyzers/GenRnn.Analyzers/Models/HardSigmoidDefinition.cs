using System.Collections.Generic;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace GenRnn.Analyzers.Models;

/// <summary>HardSigmoid is one function in Keras 2 and another in Keras 3. Off by default: it matters to who brings old weights along.</summary>
internal sealed class HardSigmoidDefinition : IModelRule
{
    public IEnumerable<DiagnosticDescriptor> Descriptors { get; } = new[] { DiagnosticTable.Of(Rules.HardSigmoidDefinition) };

    public IEnumerable<Diagnostic> Check(AnalyzedModel model)
    {
        foreach ((ItemSpec item, int index) in model.UnderstoodItems)
        {
            foreach ((ItemSpec layer, int modifier) in AnalyzedModel.LayersOf(item))
            {
                foreach (FlagSpec flag in layer.Flags)
                {
                    if (flag.Value.Text == "HardSigmoid" && Catalogue.Find(layer.Kind)?.Find(flag.Name)?.EnumName == "Activation")
                        yield return Diagnostic.Create(DiagnosticTable.Of(Rules.HardSigmoidDefinition), model.Locate(index, modifier, flag.Name));
                }
            }
        }
    }
}
