using System.Collections.Generic;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Shapes;
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
            if (item.GetBoolean("GoBackwards") && item.GetBoolean("ReturnSequences") && !IsInsideBidirectional(item))
                yield return Diagnostic.Create(DiagnosticTable.Of(Rules.ReversedSequence), model.Locate(index, "GoBackwards"), ShapeInference.Describe(item));
        }
    }

    private static bool IsInsideBidirectional(ItemSpec item)
    {
        foreach (ModifierSpec modifier in item.Modifiers)
        {
            if (modifier.Kind is "Bidirectional" or "Backward")
                return true;
        }

        return false;
    }
}
