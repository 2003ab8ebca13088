using System.Collections.Generic;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace GenRnn.Analyzers.Models;

/// <summary>Stateful with GoBackwards: what is carried comes from the start of a window and goes into the end of the next.</summary>
internal sealed class StatefulBackwards : IModelRule
{
    public IEnumerable<DiagnosticDescriptor> Descriptors { get; } = new[] { DiagnosticTable.Of(Rules.StatefulBackwards) };

    public IEnumerable<Diagnostic> Check(AnalyzedModel model)
    {
        foreach ((ItemSpec item, int index) in model.UnderstoodItems)
        {
            if (item[TimeFlags.Stateful] && item[TimeFlags.GoBackwards])
                yield return Diagnostic.Create(DiagnosticTable.Of(Rules.StatefulBackwards), model.Locate(index, TimeFlags.GoBackwards.Name), item.Kind);
        }
    }
}
