using System.Collections.Generic;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace GenRnn.Analyzers.Models;

/// <summary>GoBackwards with ReturnSequences outside a bidirectional layer: the outputs are in reversed time, and nothing turns them round.</summary>
internal sealed class ReversedSequence : IModelRule
{
    public IEnumerable<DiagnosticDescriptor> Descriptors { get; } = new[] { DiagnosticTable.Of(Rules.ReversedSequence) };

    public IEnumerable<Diagnostic> Check(AnalyzedModel model)
    {
        foreach ((ItemSpec item, int index) in model.UnderstoodItems)
        {
            if (item[TimeFlags.GoBackwards] && item[TimeFlags.ReturnSequences] && !IsInsideBidirectional(item))
                yield return Diagnostic.Create(DiagnosticTable.Of(Rules.ReversedSequence), model.Locate(index, TimeFlags.GoBackwards.Name), item.Describe());
        }
    }

    private static bool IsInsideBidirectional(ItemSpec item)
    {
        foreach (ModifierSpec modifier in item.Modifiers)
        {
            if (modifier.Kind == BackwardHalf.Kind || LayerRegistry.FindWrapper(modifier.Kind) is { SeesLaterSteps: true })
                return true;
        }

        return false;
    }
}
