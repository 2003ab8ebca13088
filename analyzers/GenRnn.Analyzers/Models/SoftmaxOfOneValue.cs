using System.Collections.Generic;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace GenRnn.Analyzers.Models;

/// <summary>A softmax over a last axis of width 1 is a constant; the network learns nothing.</summary>
internal sealed class SoftmaxOfOneValue : IModelRule
{
    public IEnumerable<DiagnosticDescriptor> Descriptors { get; } = new[] { DiagnosticTable.Of(Rules.SoftmaxOfOneValue) };

    public IEnumerable<Diagnostic> Check(AnalyzedModel model)
    {
        foreach ((ItemSpec item, int index) in model.UnderstoodItems)
        {
            if (model.Shapes.Items[index].Features != 1)
                continue;

            foreach (FlagSpec flag in item.Flags)
            {
                bool isActivation = Catalogue.Find(item.Kind)?.Find(flag.Name)?.EnumName == "Activation";
                if (isActivation && flag.Value.Text is "Softmax" or "LogSoftmax")
                {
                    string value = flag.Value.Text == "Softmax" ? "1" : "0";
                    yield return Diagnostic.Create(DiagnosticTable.Of(Rules.SoftmaxOfOneValue), model.Locate(index, flag.Name), flag.Value.Text, value);
                }
            }
        }
    }
}
